// A member's check-in where there is no signal. The code was scanned, the page can't come: the phone keeps the code with its moment
// and hands it in by itself, once, when the signal is back. The server takes it within a day, and knows it again.
//
// It goes only under the account of whoever used this phone last: a phone may have several people.

import { draw, forget, keep, waits } from "./drafts.js";

const EVERY = 20_000;
const PLACE = /^\/work\/activities\/[^/]+\/here\/$/;
const WHO = "shangliang-who";
const page = document.querySelector("[data-scan]");
let going;

if (page && typeof fetch === "function") void start();

async function start() {
  if (page.dataset.who) remember(page.dataset.who);
  if (page.dataset.scan === "offline") await noted();
  if (page.dataset.worker) void stay();
  addEventListener("online", () => again());
  document.addEventListener("visibilitychange", () => document.hidden || again());
  setInterval(() => document.hidden || again(), EVERY);
  again();
}

// This page stands in the place of the one that could not come: what it was asked for is what was scanned.
async function noted() {
  const token = new URLSearchParams(location.search).get("c") ?? "";
  if (!PLACE.test(location.pathname) || !/^[0-9a-f]{16}$/.test(token)) return tell("none");
  const known = (await waits("here ")).find(({ where }) => where === location.pathname);
  if (known?.token === token) return tell("kept"); // the page was only loaded anew: the first moment is that of the scan
  const moment = Math.floor(Date.now() / 1000);
  const scan = { id: `here ${location.pathname}`, where: location.pathname, state: "waiting", at: Date.now() };
  const { kept } = await keep({ ...scan, token, moment, key: draw(), who: whose() });
  tell(kept ? "kept" : "lost");
}

function again() {
  if (going || navigator.onLine === false) return;
  const run = () => handAllIn().catch(() => {}); // no signal after all: it waits
  going = (navigator.locks ? navigator.locks.request("scan", run) : run()).finally(() => (going = null));
}

async function handAllIn() {
  for (const scan of await waits("here ")) {
    const where = `${scan.where}?c=${scan.token}&at=${scan.moment}`;
    const opened = await fetch(where, { cache: "no-store", credentials: "same-origin", redirect: "manual" });
    if (opened.type === "opaqueredirect") return tell("signed-out");
    const drawn = new DOMParser().parseFromString(await opened.text(), "text/html");
    const who = drawn.querySelector("[data-who]")?.dataset.who;
    if (opened.status >= 500 || opened.status === 429) return;
    if (!who || (scan.who && scan.who !== who)) continue; // not our page (a hotel's sign-in), or somebody else's phone by now
    const form = drawn.querySelector("form[data-here]");
    let taken = !form; // without a form it is refused for good, or was taken before: the page says which
    if (form) {
      const said = new FormData(form);
      said.set("key", scan.key);
      const answer = await fetch(scan.where, { method: "POST", body: said, credentials: "same-origin", redirect: "manual" });
      taken = answer.type === "opaqueredirect"; // anything else may yet be mended, what was to be studied first
    }
    if (taken) await forget(scan.id);
    if (location.pathname === scan.where && (taken || page.dataset.scan === "offline")) location.replace(where);
  }
}

function tell(what) {
  for (const one of page.querySelectorAll("[data-said]")) one.hidden = one.dataset.said !== what;
}

function remember(who) {
  try {
    localStorage.setItem(WHO, who);
  } catch {
    // a private window: it goes under whoever is signed in
  }
}

function whose() {
  try {
    return localStorage.getItem(WHO) ?? "";
  } catch {
    return "";
  }
}

// That a scanned code opens without signal.
async function stay() {
  try {
    await navigator.serviceWorker.register(page.dataset.worker, { scope: "/work/activities/" });
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ keep: page.dataset.offline });
  } catch {
    // an old browser: the list is ticked by hand
  }
}
