// The desk: keys for those who want them, and the pane that follows the list. Every link works without this.

const help = document.getElementById("keys"); // only there for who has not switched the keys off
const main = document.getElementById("main");
const rows = () => [...main.querySelectorAll(".q tbody tr")].filter((row) => row.querySelector("a.t"));
let byKey = false;

document.addEventListener("keydown", (event) => {
  if (!help || help.open || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const way = document.querySelector(`#pane [data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  const ways = { j: () => step(1), k: () => step(-1), "/": find, o: open, x: choose, "?": () => help.showModal() };
  const deed = ways[event.key.toLowerCase()] ?? (way && (() => way.click()));
  if (!deed) return;
  event.preventDefault();
  deed();
});

function step(by) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(document.activeElement?.closest("tr"));
  const chosen = all.findIndex((row) => row.getAttribute("aria-selected") === "true" || row.classList.contains("sel"));
  const from = at >= 0 ? at : chosen;
  const next = all[Math.min(all.length - 1, Math.max(0, from + by))];
  next.querySelector("a.t").focus();
  next.scrollIntoView({ block: "nearest" });
}

function open() {
  document.activeElement?.closest("tr")?.querySelector("a.t")?.click();
}

function choose() {
  document.activeElement?.closest("tr")?.querySelector("input[type=checkbox]")?.click();
}

// How many are ticked stands on the button; without this it says so on the next page.
document.addEventListener("change", (event) => {
  const list = event.target.closest?.("form[data-many]");
  const said = list?.querySelector("[data-ticked]");
  if (said) said.textContent = list.querySelectorAll("input[name=pick]:checked").length || "";
});

function find() {
  main.querySelector("input[type=search]")?.focus();
}

// A way at the pane's foot opens its form in place; without this it is a link that draws the page with the form open.
document.addEventListener("click", (event) => {
  const way = event.target.closest?.("[data-open]");
  const form = way && document.getElementById(way.dataset.open);
  if (!form) return;
  event.preventDefault();
  if (form.tagName === "DETAILS") form.open = true;
  form.scrollIntoView({ block: "start" });
  if (!enter(form)) form.addEventListener("htmx:load", () => enter(form), { once: true }); // it is fetched now
});

function enter(form) {
  const field = form.querySelector("input:not([type=hidden]), select, textarea, button");
  field?.focus({ preventScroll: true });
  return field;
}

// Signed out meanwhile: what comes is a page of its own, no pane.
document.body.addEventListener("htmx:beforeSwap", (event) => {
  if (!/^\s*<!doctype/i.test(event.detail.serverResponse ?? "")) return;
  event.detail.shouldSwap = false;
  window.location.assign(event.detail.pathInfo.finalRequestPath ?? event.detail.pathInfo.requestPath);
});

// A part that comes by itself takes the link in its place away, and moves what is below it: whoever goes by Tab keeps
// their place, in what came or where they were.
let held = null;

document.body.addEventListener("htmx:beforeSwap", (event) => {
  const at = document.activeElement;
  held = event.detail.target.matches(".apart, .alike") && at !== document.body ? at : null;
});

document.body.addEventListener("htmx:afterSwap", (event) => {
  if (!held) return;
  if (!held.isConnected) {
    event.target.tabIndex = -1;
    event.target.focus();
  } else if (held.matches(":focus-visible")) {
    held.scrollIntoView({ block: "nearest" });
  }
  held = null;
});

// A row's link opens in the pane; the address follows. The row is marked at once.
document.body.addEventListener("htmx:beforeRequest", (event) => {
  const row = event.target.closest?.(".q tr");
  if (!row) return;
  byKey = event.detail.requestConfig?.triggeringEvent?.detail === 0; // Enter, not the mouse
  for (const other of rows()) mark(other, other === row);
});

document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id !== "pane") return;
  event.target.querySelector(".pb")?.scrollTo(0, 0);
  event.target.closest(".desk")?.classList.add("picked"); // on a phone the pane now comes first
  if (!byKey && matchMedia("(min-width: 901px)").matches) return;
  const head = event.target.querySelector("h2");
  if (!head) return;
  head.tabIndex = -1;
  head.focus();
});

// A refusal (403, 409, 422) is a page of its own: go there rather than swallow it.
document.body.addEventListener("htmx:responseError", (event) => {
  const row = event.target.closest?.("a[href]");
  if (row) window.location.assign(row.href);
});

function mark(row, chosen) {
  row.classList.toggle("sel", chosen);
  if (chosen) row.setAttribute("aria-selected", "true");
  else row.removeAttribute("aria-selected");
}

// A form sent once is sent once: its button says so until the answer comes.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button || event.defaultPrevented) return;
  button.setAttribute("aria-busy", "true");
  setTimeout(() => button.removeAttribute("aria-busy"), 8000);
});
