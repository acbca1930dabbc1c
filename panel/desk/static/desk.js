// What a browser adds to the desk: keys, forms that save themselves, a word before words are lost.
// Every page works without it; nothing here is the only way to do anything.
"use strict";

(() => {
  const KEYS_OFF = "desk.keys";
  const TYPING = "input, textarea, select, [contenteditable]";
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  const one = (query, root = document) => root.querySelector(query);

  const announce = (words) => {
    const live = document.getElementById("live");
    if (live) live.textContent = words;
  };

  // --- Keys -------------------------------------------------------------------------------------
  const keysAreOn = () => {
    try { return localStorage.getItem(KEYS_OFF) !== "off"; } catch { return true; }
  };
  const switchKeys = () => {
    try { localStorage.setItem(KEYS_OFF, keysAreOn() ? "off" : "on"); } catch { return; }
    showSwitch();
    announce(keysAreOn() ? "Keyboard shortcuts are on." : "Keyboard shortcuts are off.");
  };
  const showSwitch = () => {
    for (const button of all("[data-keys-switch]")) {
      button.hidden = false;
      button.textContent = `Switch keyboard shortcuts ${keysAreOn() ? "off" : "on"}`;
    }
  };

  const items = () => all("[data-item]").filter((item) => item.offsetParent !== null);
  const current = () => items().find((item) => item.classList.contains("at"));
  const goTo = (item) => {
    if (!item) return;
    for (const other of items()) other.classList.toggle("at", other === item);
    if (!item.matches("a, button, [tabindex]")) item.tabIndex = -1;
    (one("[data-open]", item) ?? item).focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  };
  const move = (by) => {
    const found = items();
    const at = found.findIndex((item) => item.classList.contains("at") || item.contains(document.activeElement));
    goTo(at < 0 ? found[by > 0 ? 0 : found.length - 1] : found[at + by]);
  };
  const openItem = (item) => {
    if (!item) return;
    goTo(item);
    (one("[data-open]", item) ?? one("a[href]", item))?.click();
  };
  // Forms are only ever sent with a modifier held; a single key follows a link or opens a field.
  const send = (query) => {
    const form = document.activeElement?.closest(query) ?? one(query);
    if (!form) return false;
    form.requestSubmit(one("[data-submit]", form) ?? undefined);
    return true;
  };
  // A key that stands on every item means the one of the current item.
  const keyed = (key) => {
    const found = all("[data-key]").filter((element) => element.dataset.key === key);
    const here = current() ?? document.activeElement?.closest("[data-item]");
    return found.find((element) => here?.contains(element)) ?? found[0];
  };
  const press = (key) => {
    const target = keyed(key);
    if (!target || target.matches("[type=submit]")) return false;
    const unfolds = target.matches("summary") && one("textarea", target.parentElement);
    if (unfolds) {
      target.parentElement.open = true;
      unfolds.focus();
    } else if (target.matches("a, button, summary")) target.click();
    else target.focus();
    return true;
  };

  const map = () => {
    const rows = [];
    if (items().length) {
      rows.push(["↓ ↑ or j k", "next, previous"], ["1 to 9", "open that one"]);
    }
    for (const key of new Set(all("[data-key]").map((element) => element.dataset.key))) {
      rows.push([key, keyed(key).dataset.keyLabel ?? keyed(key).textContent.trim()]);
    }
    if (one("[data-save]")) rows.push(["Ctrl S", one("[data-save]").dataset.save || "save"]);
    if (one("[data-send]")) rows.push(["Ctrl Enter", one("[data-send]").dataset.send || "send"]);
    rows.push(["?", "this map"], ["Esc", "close"]);
    return rows;
  };
  const element = (name, words = "", attributes = {}) => {
    const made = document.createElement(name);
    made.textContent = words;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const showMap = () => {
    one("dialog[data-keys]")?.remove();
    const dialog = element("dialog", "", { "data-keys": "", "aria-labelledby": "keys-title" });
    const list = element("dl", "", { class: "keys" });
    for (const [key, words] of map()) {
      const term = element("dt");
      term.append(element("kbd", key));
      list.append(term, element("dd", words));
    }
    const actions = element("div", "", { class: "actions" });
    const close = element("button", "Close", { type: "button", class: "button" });
    const off = element("button", "", { type: "button", class: "button quiet", "data-keys-switch": "" });
    close.addEventListener("click", () => dialog.close());
    off.addEventListener("click", switchKeys);
    actions.append(close, off);
    dialog.append(element("h2", "Keys on this page", { id: "keys-title" }), list, actions);
    document.body.append(dialog);
    showSwitch();
    dialog.showModal();
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.(TYPING);
    const modified = event.ctrlKey || event.metaKey;
    if (modified && !event.altKey && !event.repeat) {
      const query = { s: "form[data-save]", Enter: "form[data-send]" }[event.key];
      if (query && one(query)) {
        event.preventDefault();
        send(query);
      }
      return;
    }
    if (typing || event.altKey || modified || one("dialog[open]") || !keysAreOn()) return;
    const moves = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };
    let done = true;
    if (event.key === "?") showMap();
    else if (event.key in moves && items().length) move(moves[event.key]);
    else if (/^[1-9]$/.test(event.key)) openItem(items()[Number(event.key) - 1]);
    else if (event.key === "Enter" && event.target === current()) openItem(current());
    else done = press(event.key);
    if (done) event.preventDefault();
  });

  // --- Forms that save themselves ------------------------------------------------------------------
  const clock = () => new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const written = (form) => new URLSearchParams(new FormData(form));

  class Autosave {
    // One request at a time; what is typed meanwhile is sent right after it.
    constructor(form) {
      this.form = form;
      this.saved = written(form).toString();
      this.status = one("[data-save-status]", form) ?? one("[data-save-status]");
      this.tries = 0;
      form.addEventListener("input", () => this.later(800));
      form.addEventListener("change", () => this.later(800));
      form.addEventListener("submit", () => this.stop());
      window.addEventListener("online", () => this.isDirty() && this.later(0));
    }
    isDirty() { return written(this.form).toString() !== this.saved; }
    stop() {
      clearTimeout(this.timer);
      this.stopped = true;
      this.saved = written(this.form).toString();
    }
    later(wait) {
      this.stopped = false;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), wait);
    }
    tell(words, failing = false) {
      if (!this.status) return announce(words);
      this.status.textContent = words;
      this.status.classList.toggle("failing", failing);
    }
    async save() {
      if (this.busy || this.stopped || !this.isDirty()) return;
      this.busy = true;
      const body = written(this.form);
      let again = 0;
      let kept = false;
      try {
        const answer = await fetch(this.form.dataset.autosave, {
          method: "POST", body, headers: { accept: "application/json" }, signal: AbortSignal.timeout(15000),
        });
        const told = await answer.json().catch(() => ({}));
        if (answer.ok) {
          this.saved = body.toString();
          this.keep(told);
          this.tries = 0;
          kept = true;
          this.tell(`saved ${clock()}`);
        } else if (answer.status >= 500 || answer.status === 429) {
          again = this.backOff();
        } else {
          this.tell(`not saved: ${told.detail ?? told.title ?? "reload the page"}`, true);
        }
      } catch {
        again = this.backOff();
      }
      this.busy = false;
      if (again) this.later(again);
      else if (kept && this.isDirty()) this.later(800);
    }
    // The answer may name values for hidden fields, e.g. {"fields": {"nth": "3"}}.
    keep(told) {
      for (const [name, value] of Object.entries(told.fields ?? {})) {
        const field = one(`input[type=hidden][name="${CSS.escape(name)}"]`, this.form);
        if (field) field.value = value;
      }
      if (told.fields) {
        const now = new URLSearchParams(this.saved);
        for (const [name, value] of Object.entries(told.fields)) now.set(name, value);
        this.saved = now.toString();
      }
      this.form.dispatchEvent(new CustomEvent("desk:saved", { detail: told }));
    }
    backOff() {
      this.tell("not saved, retrying", true);
      this.tries += 1;
      return Math.min(30000, 1000 * 2 ** (this.tries - 1));
    }
  }

  // --- A word before words are lost ------------------------------------------------------------------
  const guard = (form) => {
    const before = written(form).toString();
    let leaving = false;
    form.addEventListener("submit", () => { leaving = true; });
    return { isDirty: () => !leaving && written(form).toString() !== before };
  };

  const undoBars = () => {
    for (const bar of all("[data-undo]")) {
      setTimeout(() => {
        if (bar.contains(document.activeElement)) document.getElementById("main").focus();
        bar.remove();
      }, Number(bar.dataset.undo) * 1000);
    }
  };

  const begin = () => {
    const watched = [
      ...all("form[data-autosave]").map((form) => new Autosave(form)),
      ...all("form[data-guard]:not([data-autosave])").map(guard),
    ];
    window.addEventListener("beforeunload", (event) => {
      if (watched.some((form) => form.isDirty())) event.preventDefault();
    });
    for (const button of all("[data-show-keys]")) {
      button.hidden = false;
      button.addEventListener("click", showMap);
    }
    for (const button of all("[data-keys-switch]")) button.addEventListener("click", switchKeys);
    showSwitch();
    undoBars();
  };
  begin();
})();

// --- Many at once, and pages that follow what goes on -------------------------------------------------
(() => {
  for (const label of document.querySelectorAll("[data-check-all]")) {
    const whole = label.querySelector("input");
    const boxes = [...label.closest("form").querySelectorAll(`input[name="${label.dataset.checkAll}"]`)];
    label.hidden = !boxes.length;
    whole.addEventListener("change", () => { for (const box of boxes) box.checked = whole.checked; });
    label.closest("form").addEventListener("change", () => { whole.checked = boxes.every((box) => box.checked); });
  }

  // [data-live="SECONDS"] is fetched anew and replaced, as long as the answer has one again.
  const follow = (part) => {
    const wait = Number(part.dataset.live) * 1000;
    setTimeout(async () => {
      let next = null;
      try {
        const answer = await fetch(location.href, { headers: { accept: "text/html" } });
        if (answer.redirected) return location.reload();
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        next = answer.ok ? page.getElementById(part.id) : null;
      } catch { /* the desk is away for a moment */ }
      if (!next) return follow(part);
      const open = [...part.querySelectorAll("details[open]")].map((one) => one.id);
      const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
      part.replaceWith(next);
      for (const id of open) if (id) document.getElementById(id)?.setAttribute("open", "");
      if (focused) document.getElementById(focused)?.focus();
      if (next.dataset.live) return follow(next);
      const live = document.getElementById("live");
      if (live) live.textContent = next.dataset.ended ?? "";
    }, wait);
  };
  for (const part of document.querySelectorAll("[data-live]")) follow(part);
})();
