// The phone's own copy of the doors somebody has opened, so that one opens without signal. Copies are fetched as a stranger, without
// cookies: nobody's page is ever kept. What there is signal for comes from the network.
const HOUSE = {{ house|tojson }};
const NAMES = {{ names|tojson }};

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(HOUSE).then((house) => house.addAll(NAMES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const gone = (name) => name.startsWith("shangliang-") && name !== HOUSE;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(gone).map((name) => caches.delete(name)))));
});

self.addEventListener("message", (event) => {
  const page = new URL(event.data?.keep ?? "", location.origin);
  if (page.origin === location.origin && /^\/(s\/[^/]+(\/m\/[^/]+)?|activities\/scan)\/$/.test(page.pathname)) event.waitUntil(keep(page));
});

async function keep(page) {
  const answer = await fetch(page, { credentials: "omit", cache: "no-store" });
  if (answer.ok && !answer.redirected) await (await caches.open(HOUSE)).put(page.pathname, answer);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return; // a form is never answered from a copy
  // A code that was scanned without signal: the page that keeps it stands in the place of the check-in.
  const scanned = /^\/work\/activities\/[^/]+\/here\/$/.test(pathname);
  const name = request.mode !== "navigate" ? request.url : scanned ? "/activities/scan/" : pathname;
  if (request.mode === "navigate" || pathname.startsWith("/static/")) event.respondWith(fetch(request).catch((fault) => copy(name, fault)));
});

async function copy(name, fault) {
  const found = await (await caches.open(HOUSE)).match(name);
  if (!found) throw fault;
  return found;
}
