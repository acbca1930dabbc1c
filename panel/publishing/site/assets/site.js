// Search for a model from any page. Without this script the lists and their links do the same.
"use strict";

(() => {
  const place = document.querySelector("[data-search]");
  if (!place) return;
  const root = place.dataset.root || "./";
  const MOST = 12;
  const OUTCOMES = { ship: "Ship", skip: "Skip", split: "Split", no_quorum: "No quorum" };
  const files = new Map();

  const made = (tag, set = {}, text = "") => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(set)) node.setAttribute(name, value);
    node.textContent = text;
    return node;
  };

  // As the index spells words: without accents, in small letters.
  const folded = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const words = (text) => folded(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const fileOf = (word) => (/^[a-z0-9]/.test(word) ? word[0] : "_");

  const rowsOf = (name) => {
    if (!files.has(name)) {
      const asked = fetch(`${root}search/${name}.json`)
        .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error("no index"))))
        .catch((error) => {
          files.delete(name);
          throw error;
        });
      files.set(name, asked);
    }
    return files.get(name);
  };

  const form = made("form", { role: "search", action: `${root}leaderboard/` });
  const label = made("label", { for: "search-words", class: "vh" }, "Find a model");
  const input = made("input", {
    id: "search-words",
    type: "search",
    autocomplete: "off",
    placeholder: "Find a model",
    "aria-controls": "search-found",
  });
  const told = made("p", { role: "status", class: "vh" });
  const list = made("ul", { id: "search-found", class: "found" });
  list.hidden = true;
  form.append(label, input, told, list);
  place.append(form);

  const close = () => {
    list.hidden = true;
    list.replaceChildren();
  };

  const rank = (row, asked) => {
    const name = folded(row[1]);
    if (name.startsWith(asked.join(" "))) return 0;
    return words(row[1]).some((word) => word.startsWith(asked[0])) ? 1 : 2;
  };

  const show = (rows, asked) => {
    const found = rows
      .filter((row) => {
        const own = words(`${row[1]} ${row[2]} ${row[3]} ${row[0]}`);
        return asked.every((word) => own.some((one) => one.startsWith(word)));
      })
      .map((row) => [rank(row, asked), row])
      .sort((a, b) => a[0] - b[0] || (a[1][1] < b[1][1] ? -1 : 1))
      .map(([, row]) => row);
    list.replaceChildren(
      ...found.slice(0, MOST).map(([slug, name, vendor, , outcome, votes]) => {
        const link = made("a", { href: `${root}models/${encodeURIComponent(slug)}/` });
        const verdict = `${OUTCOMES[outcome] || outcome}: ${votes}`;
        link.append(made("strong", {}, name), " ", made("span", {}, `${vendor} \u00b7 ${verdict}`));
        const item = made("li");
        item.append(link);
        return item;
      }),
    );
    list.hidden = found.length === 0;
    const more = found.length > MOST ? `, the first ${MOST} are listed` : "";
    const count = found.length === 1 ? "1 model" : `${found.length} models`;
    told.textContent = found.length ? `${count} found${more}` : "No model found";
  };

  let asking = 0;
  const search = async () => {
    const asked = words(input.value);
    const mine = (asking += 1);
    if (!asked.length) {
      told.textContent = "";
      close();
      return;
    }
    try {
      const rows = await rowsOf(fileOf(asked[0]));
      if (mine === asking) show(rows, asked);
    } catch {
      if (mine === asking) {
        close();
        told.textContent = "The search is not available; use the leaderboard";
      }
    }
  };

  const step = (by) => {
    const stops = [input, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    if (at >= 0) stops[(at + by + stops.length) % stops.length].focus();
  };

  input.addEventListener("input", search);
  form.addEventListener("submit", (event) => {
    const first = list.querySelector("a");
    if (!first) return;
    event.preventDefault();
    first.click();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      close();
      input.focus();
    }
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) close();
  });
})();
