// While a resident is helped to write on the office's device (帮他写): nothing of one person is left on it for the next. Drafts are kept by
// say.js, which the door does not wake then.

// A page that the browser put by with everything typed in it: after the end it would show the words to the next person.
addEventListener("pageshow", (event) => event.persisted && location.reload());

// A copy of a door that opens without signal knows of no help and would keep what is written. The next visit by oneself keeps it anew.
if (typeof caches === "object") {
  for (const name of await caches.keys()) {
    const house = await caches.open(name);
    for (const page of await house.keys()) if (new URL(page.url).pathname.startsWith("/s/")) await house.delete(page);
  }
}
