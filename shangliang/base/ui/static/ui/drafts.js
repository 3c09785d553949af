// What somebody writes lies on their own phone until it is sent: one record a draft, in IndexedDB. In private windows that allow no
// storage every call answers as if there were nothing, and the page holds the draft for as long as it stands open.

const NAME = "shangliang-drafts";
const HOUR = 3600 * 1000;
// Then nobody remembers it, or it is somebody else's phone by now. The server knows a form again for 48 hours.
const GOOD_FOR = { writing: 24 * HOUR, waiting: 47 * HOUR, taken: HOUR };
const MOST = 6;

function open() {
  return new Promise((yes, no) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("drafts", { keyPath: "id" });
    asked.onsuccess = () => yes(asked.result);
    asked.onerror = asked.onblocked = () => no(asked.error);
  });
}

async function run(mode, act) {
  const database = await open();
  try {
    return await new Promise((yes, no) => {
      const change = database.transaction("drafts", mode, { durability: "strict" });
      const asked = act(change.objectStore("drafts"));
      change.oncomplete = () => yes(asked?.result);
      change.onerror = change.onabort = () => no(change.error);
    });
  } finally {
    database.close();
  }
}

// Answers whether it lies on the phone now, and whether its photos do.
export async function keep(draft) {
  try {
    await run("readwrite", (store) => store.put(draft));
    return { kept: true, photos: true };
  } catch {
    // Photos are the large part, and some browsers keep no files at all: the words come first.
    if (!draft.photos?.length) return { kept: false, photos: false };
    const { kept } = await keep({ ...draft, photos: [] });
    return { kept, photos: false };
  }
}

// The drafts of a page, the newest first. What is too old goes, wherever it was written.
export async function drafts(where) {
  try {
    const found = (await run("readonly", (store) => store.getAll())).sort((one, other) => other.at - one.at);
    const writing = found.filter(({ state }) => state === "writing"); // what waits to be handed in gives way to none
    const old = found.filter((draft) => writing.indexOf(draft) >= MOST || Date.now() - draft.at > GOOD_FOR[draft.state]);
    for (const draft of old) await forget(draft.id);
    return found.filter((draft) => draft.where === where && !old.includes(draft));
  } catch {
    return [];
  }
}

// Those that wait to be handed in and whose name begins so, the oldest first; what is too old goes.
export async function waits(start) {
  try {
    const found = (await run("readonly", (store) => store.getAll())).filter(({ id, state }) => id.startsWith(start) && state === "waiting");
    const old = found.filter((draft) => Date.now() - draft.at > GOOD_FOR.waiting);
    for (const draft of old) await forget(draft.id);
    return found.filter((draft) => !old.includes(draft)).sort((one, other) => one.at - other.at);
  } catch {
    return [];
  }
}

export async function forget(id) {
  try {
    await run("readwrite", (store) => store.delete(id));
  } catch {
    // nothing was kept
  }
}

export function draw() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
