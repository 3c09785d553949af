// The form at a studio's door, on a phone whose signal comes and goes. What is written is kept on the phone; what is sent without
// signal waits and goes by itself, once. Without this file the form is an ordinary one.
//
// A draft bears the key of its form: sent again after the server took it, it gives the same receipt. A draft goes by itself only from
// the page it was written in. Whoever opens the page anew is asked, and sees no word of it before: a phone may have several people.

import { draw, drafts, forget, keep } from "./drafts.js";
import { trays } from "./photos.js";

const EVERY = 20_000;
const SOON = 600;
const LATER = new Set([401, 408, 429]); // and 5xx: nothing was refused, only not now
const FIELDS = ["words", "kind", "place", "phone", "audience"];

const form = document.querySelector("form[data-draft]");
if (form && typeof fetch === "function") start();

function start() {
  const where = location.pathname;
  const here = (name) => document.querySelector(`[data-say=${name}]`);
  const tray = trays.get(form);
  const button = form.querySelector("button[type=submit]:not([formaction])");
  const label = button.textContent;
  const mine = { id: ownId(where), where, state: "writing", key: draw(), at: 0, photos: [] };
  let token = form.elements.csrfmiddlewaretoken.value;
  let typing, sending, shut;

  form.elements.key.value = mine.key; // a page kept for hours without signal has handed out its own before
  form.addEventListener("input", () => soon());
  form.addEventListener("change", () => soon());
  form.addEventListener("photos", () => soon());
  form.addEventListener("submit", (event) => void submitted(event));
  addEventListener("pagehide", () => mine.state === "writing" && typing && void now());
  addEventListener("pageshow", (event) => event.persisted && mine.state === "taken" && location.reload());
  addEventListener("online", () => again());
  document.addEventListener("visibilitychange", () => document.hidden || again());
  setInterval(() => document.hidden || again(), EVERY);
  press(here("kept"), "[data-forget]", drop);
  press(here("waiting"), "[data-forget]", drop);
  press(here("waiting"), "[data-try]", () => again(true));
  void offer();
  void stay();

  // ── While it is written ──
  function soon() {
    if (mine.state !== "writing") return;
    clearTimeout(typing);
    typing = setTimeout(now, SOON);
  }

  async function now() {
    clearTimeout(typing);
    typing = 0;
    if (mine.state !== "writing") return;
    const said = read();
    if (!said.words.trim() && !tray?.rows().length) return void (await forget(mine.id));
    // A number is nobody else's business: it is kept only for this tab, and with what waits to be sent.
    inTab(`phone ${where}`, said.phone);
    const { kept, photos } = await store({ fields: { ...said, phone: "" }, photos: tray?.rows() ?? [] });
    here("kept").hidden = !kept;
    here("kept").querySelector("[data-no-photos]").hidden = photos;
  }

  async function drop() {
    clearTimeout(typing);
    mine.state = "gone";
    inTab(`phone ${where}`, "");
    await forget(mine.id);
    form.reset();
    location.replace(where);
  }

  function read() {
    const said = new FormData(form);
    return Object.fromEntries(FIELDS.map((name) => [name, String(said.get(name) ?? "")]));
  }

  function write({ fields, photos }) {
    for (const [name, value] of Object.entries(fields)) {
      const field = form.elements[name];
      if (value && field) field.value = value; // of radios too
    }
    tray?.bring(photos);
  }

  function store(more) {
    Object.assign(mine, more, { at: Date.now() });
    return keep({ ...mine });
  }

  // ── When it is sent ──
  async function submitted(event) {
    if (event.defaultPrevented || event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    if (sending) return;
    button.textContent = button.dataset.busy;
    clearTimeout(typing);
    typing = 0;
    await tray?.settled();
    await store({ state: "waiting", fields: read(), photos: tray?.rows() ?? [] });
    await go();
  }

  // By itself, or pressed. A closed door is not knocked at by itself: by now it may have been said elsewhere.
  function again(pressed) {
    if (mine.state === "waiting" && !sending && (pressed || !shut)) void go();
  }

  function go() {
    sending = (navigator.locks ? navigator.locks.request(`say ${mine.id}`, send) : send()).finally(() => (sending = null));
    return sending;
  }

  async function send() {
    const before = mine.tried;
    let status = await hand();
    if (status === 403) status = await renewed(hand); // the page was an old copy: its token is of no use
    if (status === 422 && before) status = await hand(); // what may have been taken is asked for once more before it is altered
    if (status === "taken") {
      await store({ state: "taken" }); // until the receipt stands on the screen
      return location.assign(form.dataset.receipt);
    }
    if (status === 404) return closed();
    if (!status || LATER.has(status) || status >= 500) return wait(status ? "busy" : "signal");
    // Refused. The server says why best itself, on a page that keeps what was written.
    if (status === 422 && tray?.rows().some((row) => row.voucher && row.file) && !mine.renewed) {
      await tray.renew(); // photos that waited too long are sent anew, once
      await store({ photos: tray.rows(), renewed: true, tried: false });
      return send();
    }
    await store({ state: "writing", tried: false, fields: { ...mine.fields, phone: "" } });
    show(false);
    form.submit();
  }

  async function hand() {
    if (!mine.tried) {
      await goUp();
      const status = missing() ? await renewed(goUp) : "up";
      if (!status || status === 404) return status;
      // From here on it may have arrived: whatever is sent again is the same to the letter, also of photos that go up meanwhile.
      await store({ tried: true, photos: tray?.rows() ?? [] });
    }
    const said = new FormData();
    said.set("csrfmiddlewaretoken", token);
    said.set("key", mine.key);
    for (const [name, value] of Object.entries(mine.fields)) if (value || name === "words") said.set(name, value);
    for (const { voucher, file } of mine.photos) voucher ? said.append("voucher", voucher) : said.append("photos", file);
    try {
      const answer = await fetch(where, { method: "POST", body: said, redirect: "manual", credentials: "same-origin" });
      return answer.type === "opaqueredirect" ? "taken" : answer.status;
    } catch {
      return 0;
    }
  }

  function missing() {
    return tray?.rows().some((row) => !row.voucher);
  }

  async function goUp() {
    await tray?.send();
    return "up";
  }

  // What follows with a fresh token; 404 where the door is closed, 0 without signal.
  async function renewed(then) {
    try {
      const answer = await fetch(where, { cache: "no-store", credentials: "same-origin" });
      if (answer.status === 404) return 404;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      token = form.elements.csrfmiddlewaretoken.value = page.querySelector("form[data-draft] [name=csrfmiddlewaretoken]").value;
    } catch {
      return 0;
    }
    return then();
  }

  // Nothing was taken. What was just written stays on the screen; what waited goes on waiting.
  async function closed() {
    shut = true;
    if (form.hidden) return wait("closed");
    inTab(`phone ${where}`, mine.fields.phone);
    const { kept } = await store({ state: "writing", tried: false, fields: { ...mine.fields, phone: "" } });
    show(false);
    here("kept").hidden = !kept;
    here("closed").hidden = false;
    here("closed").focus();
  }

  function wait(why) {
    const panel = here("waiting");
    for (const one of panel.querySelectorAll("[data-why]")) one.hidden = !one.dataset.why.split(" ").includes(why);
    show(true);
  }

  function show(waiting) {
    button.textContent = label;
    form.hidden = waiting;
    here("waiting").hidden = !waiting;
    here("closed").hidden = true;
    here("kept").hidden = here("kept").hidden || waiting;
    if (waiting) here("waiting").focus();
  }

  // ── When the page is opened ──
  async function offer() {
    if ("bound" in form.dataset) return; // it came back with everything in it
    const found = await drafts(where);
    const own = found.find((draft) => draft.id === mine.id);
    if (own) return resume({ ...own, fields: { ...own.fields, phone: own.fields.phone || inTab(`phone ${where}`) } });
    ask(found);
  }

  function ask([other]) {
    const panel = here("offer");
    panel.hidden = !other;
    if (!other) return;
    const waits = other.state !== "writing";
    panel.querySelector("[data-when]").textContent = new Intl.DateTimeFormat(document.documentElement.lang, {
      month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit",
    }).format(other.at);
    for (const one of panel.querySelectorAll("[data-if]")) one.hidden = (one.dataset.if === "waiting") !== waits;
    press(panel, "[data-take]", async () => {
      panel.hidden = true;
      await forget(mine.id);
      await resume(other);
    });
    press(panel, "[data-forget]", async () => {
      await forget(other.id);
      ask((await drafts(where)).filter((draft) => draft.id !== mine.id)); // by now something else may be written here
    });
  }

  async function resume(draft) {
    Object.assign(mine, draft);
    ownId(where, draft.id);
    form.elements.key.value = mine.key;
    write(mine);
    if (mine.state !== "writing") await go();
    else here("kept").hidden = false;
  }

  // ── That the page opens without signal ──
  async function stay() {
    try {
      const asked = new URLSearchParams({ lang: document.documentElement.lang === "en" ? "en" : "zh-hans" });
      if (document.documentElement.dataset.mode === "elder") asked.set("elder", "1");
      await navigator.serviceWorker.register(form.dataset.draft, { scope: "/s/" });
      const { active } = await navigator.serviceWorker.ready;
      active.postMessage({ keep: `${where}?${asked}` });
    } catch {
      // an old browser or a private window: the page has to be open already
    }
  }
}

// One name for this page in this tab, also after it was loaded again. Another tab, and another day, has another.
function ownId(where, id) {
  const known = id ?? (inTab(`draft ${where}`) || draw());
  inTab(`draft ${where}`, known);
  return known;
}

function inTab(name, value) {
  try {
    if (value !== undefined) sessionStorage.setItem(name, value);
    return sessionStorage.getItem(name) ?? "";
  } catch {
    return "";
  }
}

function press(place, which, deed) {
  const old = place.querySelector(which);
  const sure = old.dataset.sure; // asks once more before it deletes
  old.onclick = () => {
    if (sure && !old.asked) {
      [old.asked, old.textContent] = [old.textContent, sure];
      setTimeout(() => ([old.textContent, old.asked] = [old.asked, ""]), 6000);
    } else void deed();
  };
}
