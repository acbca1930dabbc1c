// What a browser adds to editing: the checks run as one types, a fact is cited at a click, a page
// that waits for a seat tells when it has answered. Every page works without it.
"use strict";

(() => {
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  const one = (query, root = document) => root.querySelector(query);
  const announce = (words) => {
    const live = document.getElementById("live");
    if (live) live.textContent = words;
  };
  const written = (form) => new URLSearchParams(new FormData(form));

  const checking = (form) => {
    const said = one("[data-check-said]");
    const found = one("[data-checked]");
    let timer = 0;
    let asked = 0;
    const check = async () => {
      const turn = (asked += 1);
      try {
        const answer = await fetch(form.dataset.check, {
          method: "POST", body: written(form), headers: { accept: "application/json" },
        });
        if (!answer.ok || turn !== asked) return;
        const told = await answer.json();
        found.innerHTML = told.html; // made and escaped by the same template as the page itself
        if (said.textContent !== told.said) said.textContent = told.said;
      } catch { /* the next word asks again */ }
    };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(check, 500);
    });
    form.addEventListener("desk:saved", ({ detail }) => {
      one("[data-typing]", form).textContent = detail.typing ?? "";
    });
  };
  const citing = () => {
    let field = null;
    document.addEventListener("focusin", ({ target }) => {
      if (target.matches("[data-cites]")) field = target;
    });
    for (const button of all("[data-cite]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        const into = field ?? all("[data-cites]").find((other) => !other.value);
        if (!into) return;
        into.value = `${into.value} ${button.dataset.cite}`.trim();
        into.dispatchEvent(new Event("input", { bubbles: true }));
        announce(`${button.dataset.cite} is cited in ${into.labels[0]?.textContent ?? "the field"}`);
      });
    }
  };
  const watching = (notice) => {
    const timer = setInterval(async () => {
      const answer = await fetch(notice.dataset.watch).then((it) => it.json()).catch(() => null);
      if (!answer || answer.asking) return;
      clearInterval(timer);
      one("p", notice).textContent = "The seat has answered. ";
      one("p", notice).append(element("a", "Show it", { href: location.pathname }));
      announce("The seat has answered.");
    }, 2500);
  };
  const picking = (text) => text.addEventListener("input", () => {
    document.getElementById(text.dataset.picks).checked = true;
  });

  all("form[data-check]").forEach(checking);
  all("[data-watch]").forEach(watching);
  all("[data-picks]").forEach(picking);
  citing();
})();
