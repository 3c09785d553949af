// Photos are shrunk on the phone before they are sent: 4 MB become half of one. When anything fails, the plain input does the work.

const LONGEST = 1600;
const QUALITY = 0.82;
const SMALL = 600 * 1024; // not worth another pass
const MOST_TRIES = 60_000_000; // pixels; beyond that old phones die, the server will do it

for (const box of document.querySelectorAll("[data-photos]")) start(box);

function start(box) {
  const input = box.querySelector("input[type=file]");
  const list = box.querySelector("[data-photos-list]");
  const pick = box.querySelector("[data-photos-pick]");
  if (!input || typeof DataTransfer === "undefined" || !settable(input)) return;
  const most = Number(input.dataset.most || 9);
  let kept = [];
  let busy = Promise.resolve();
  box.classList.add("ready");
  pick.hidden = false;

  input.addEventListener("change", () => {
    const fresh = [...input.files].filter((file) => !kept.some((row) => row.print === print(file)));
    const room = Math.max(0, most - kept.length);
    for (const file of fresh.slice(0, room)) add(file);
    hand();
    if (fresh.length > room) said(list.dataset.over);
  });

  // A form sent while a photo is still being shrunk waits for it, then goes on by itself.
  input.form?.addEventListener("submit", (event) => {
    if (!kept.some((row) => row.working) || event.defaultPrevented) return;
    event.preventDefault();
    const { submitter } = event;
    busy.finally(() => input.form.requestSubmit(submitter ?? undefined));
  });

  function add(file) {
    const row = { file, print: print(file), working: true, item: line(file.name, list.dataset.shrinking) };
    kept.push(row);
    row.item.querySelector("button").addEventListener("click", () => {
      kept = kept.filter((other) => other !== row);
      row.item.remove();
      hand();
      pick.focus();
    });
    busy = busy.then(async () => {
      row.file = await shrink(file).catch(() => file);
      row.working = false;
      thumbnail(row.item, row.file);
      note(row.item, `${list.dataset.ready} · ${size(row.file.size)}`);
      hand();
    });
  }

  // Puts what is kept into the input, so that the form is an ordinary one.
  function hand() {
    const tray = new DataTransfer();
    for (const row of kept) tray.items.add(row.file);
    input.files = tray.files;
  }

  function line(name, state) {
    const item = document.createElement("li");
    const place = document.createElement("span");
    place.className = "none";
    const words = document.createElement("div");
    words.textContent = name;
    const small = document.createElement("small");
    small.textContent = state;
    words.append(small);
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "btn btn-3 btn-s";
    remove.textContent = list.dataset.remove;
    remove.setAttribute("aria-label", `${list.dataset.remove}：${name}`);
    item.append(place, words, remove);
    list.append(item);
    return item;
  }

  function said(words) {
    const item = document.createElement("li");
    item.textContent = words;
    list.append(item);
    setTimeout(() => item.remove(), 8000);
  }
}

function settable(input) {
  try {
    input.files = new DataTransfer().files;
    return true;
  } catch {
    return false;
  }
}

// The same photo chosen twice is one photo.
function print(file) {
  return [file.name, file.size, file.lastModified].join("/");
}

async function shrink(file) {
  if (file.size <= SMALL || !file.type.startsWith("image/")) return file;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const { width, height } = picture;
  if (width * height > MOST_TRIES) return file;
  const ratio = Math.min(1, LONGEST / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  canvas.width = 0; // old iPhones give the memory back only so
  if (!blob || blob.size >= file.size) return file;
  return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
}

function thumbnail(item, file) {
  const image = new Image();
  image.alt = "";
  image.addEventListener("load", () => URL.revokeObjectURL(image.src));
  image.addEventListener("error", () => image.replaceWith(blank)); // HEIC where the browser cannot show it
  const blank = item.querySelector(".none");
  image.src = URL.createObjectURL(file);
  blank.replaceWith(image);
}

function note(item, words) {
  item.querySelector("small").textContent = words;
}

function size(bytes) {
  return bytes > 1024 * 1024 ? `${(bytes / 1024 / 1024).toFixed(1)} MB` : `${Math.ceil(bytes / 1024)} kB`;
}
