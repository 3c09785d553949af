// A draft is kept while it is written: some seconds after the last key, and when the page is left. It goes the form's ordinary way, with
// the version that the page holds; the answer says which version that is now. The button stays, and is all there is without scripts.
//
// Nothing typed is ever taken off the page. Where somebody kept another text meanwhile, on another device, saving stops and says so.

import { draw } from "./drafts.js";

const PAUSE = 5_000; // after the last key
const APART = 20_000; // two savings: each is a step of the draft's record
const NOT_SAID = new Set(["key", "seen", "csrfmiddlewaretoken"]);

for (const form of document.querySelectorAll("form[data-autosave]")) if (typeof fetch === "function") start(form);

function start(form) {
  const line = form.querySelector("[data-autosave-line]");
  let kept = said();
  let held; // what was sent and not answered: it goes again under its own key, so that it is taken once
  let going; // a saving on its way
  let waits;
  let last = 0;
  let refused = false; // the text as it stands has a fault
  let over = false; // another text was kept elsewhere, or the page is being left by a button

  form.addEventListener("input", () => later());
  addEventListener("online", () => later());
  addEventListener("pagehide", () => void save());
  document.addEventListener("visibilitychange", () => document.hidden && void save());
  document.addEventListener("submit", (event) => pressed(event));

  function said() {
    return JSON.stringify([...new FormData(form)].filter(([name]) => !NOT_SAID.has(name)));
  }

  function later() {
    clearTimeout(waits);
    waits = setTimeout(() => void save(), Math.max(PAUSE, last + APART - Date.now()));
  }

  function save() {
    clearTimeout(waits);
    if (over || going || said() === kept || !form.elements.title.value.trim()) return going;
    going = send().finally(() => {
      going = null;
      last = Date.now();
      if (!over && said() !== kept) later();
    });
    return going;
  }

  async function send() {
    const sending = held ?? { where: form.dataset.autosave, body: new FormData(form), said: said() };
    if (!held) sending.body.set("key", draw());
    held = sending;
    try {
      const asked = { method: "POST", body: sending.body, headers: { "X-Quiet": "1" }, credentials: "same-origin", keepalive: true };
      const answer = await fetch(sending.where, asked);
      if (answer.status >= 500 || answer.status === 429) return tell("failed");
      held = null;
      refused = answer.status === 422;
      if (answer.status === 204) return taken(new URL(answer.headers.get("Location"), location.href), sending.said);
      over = answer.status === 409;
      if (over) return tell("stale");
      kept = sending.said; // not until something else is written: the same would be refused again
      tell("failed", answer.status === 422 ? first(await answer.text()) : "");
    } catch {
      tell("failed"); // no signal: what was written stands on the page
    }
  }

  function taken(where, what) {
    kept = what;
    const version = where.searchParams.get("seen");
    const own = `${where.pathname}redraft/`;
    if (form.dataset.autosave !== own) begun(where.pathname, own);
    for (const one of document.querySelectorAll("form")) {
      if (new URL(one.action).pathname.startsWith(where.pathname) && one.elements.seen) one.elements.seen.value = version;
    }
    tell("kept");
    form.dispatchEvent(new Event("kept", { bubbles: true })); // for parts that go by what is kept
  }

  // The first saving of a new one made the draft: from now on the page is that draft's.
  function begun(page, own) {
    const seen = document.createElement("input");
    Object.assign(seen, { type: "hidden", name: "seen" });
    form.append(seen);
    form.action = form.dataset.autosave = own;
    history.replaceState(null, "", page);
    for (const one of document.querySelectorAll("[data-of-kept]")) {
      one.setAttribute("hx-get", page + one.dataset.ofKept);
      globalThis.htmx?.process(one);
    }
  }

  function tell(what, why = "") {
    const told = line.querySelector("[data-autosave-said]");
    const words = why ? `${line.dataset[what]}${why}` : line.dataset[what];
    if (told.textContent !== words) told.textContent = words; // read aloud when it changes, not with every saving
    const at = new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" });
    line.querySelector("time").textContent = what === "kept" ? at : "";
    line.classList.toggle("bad", what !== "kept");
    line.querySelector("a").hidden = what !== "stale";
  }

  // What is pressed carries the version that the page holds: a saving on its way comes first. Another form's step is about what is kept,
  // so what is written is kept before it.
  async function pressed(event) {
    if (event.defaultPrevented || over) return;
    const own = event.target === form;
    const coming = own && !held ? going : save();
    if (!coming) return void (over = true);
    event.preventDefault();
    const { target, submitter } = event;
    await coming;
    if (!own && said() !== kept) await save(); // what was typed while the first was on its way
    if (held || (!own && (refused || over || said() !== kept))) return void (over || tell("failed"));
    over = true;
    target.requestSubmit(submitter);
  }
}

// What a refused form says first.
function first(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  return page.querySelector(".err-sum li")?.textContent ?? "";
}
