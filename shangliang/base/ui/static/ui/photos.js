// Photos are shrunk on the phone: 4 MB become half of one. Where the form says so they go up one by one as they are chosen, so that a
// broken connection costs one photo. When anything fails, the plain input does the work.

const LONGEST = 1600;
const QUALITY = 0.82;
const SMALL = 600 * 1024; // not worth another pass
const MOST_TRIES = 60_000_000; // pixels; beyond that old phones die, the server will do it

const PAUSES = [0, 1000, 3000]; // before each try; then a photo waits for signal, or for somebody to press
const PATIENCE = 120_000;

// form → its tray: `rows()` to keep in a draft, `bring(rows)` back, `settled()` once nothing is under way, `send()` what waits.
export const trays = new Map();

for (const box of document.querySelectorAll("[data-photos]")) start(box);

function start(box) {
  const input = box.querySelector("input[type=file]");
  const list = box.querySelector("[data-photos-list]");
  const pick = box.querySelector("[data-photos-pick]");
  const { ahead } = box.dataset;
  if (!input || typeof DataTransfer === "undefined" || !settable(input)) return;
  const most = Number(input.dataset.most || 9);
  let kept = [];
  let busy = Promise.resolve();
  let under = 0;
  box.classList.add("ready");
  pick.hidden = false;

  // Photos that came up with a form that was sent back.
  for (const voucher of input.form?.querySelectorAll("input[name=voucher]") ?? []) {
    const row = put({ print: voucher.value, voucher: voucher.value }, `${box.dataset.known} ${kept.length + 1}`, box.dataset.sent);
    voucher.remove();
    row.state = "sent";
  }
  hand();

  input.addEventListener("change", () => {
    const fresh = [...input.files].filter((file) => !kept.some((row) => row.print === print(file)));
    const room = Math.max(0, most - kept.length);
    for (const file of fresh.slice(0, room)) {
      work(put({ file, print: print(file), state: "shrinking" }, file.name, list.dataset.shrinking));
    }
    hand();
    if (fresh.length > room) said(list.dataset.over);
  });

  // A form sent while a photo is under way waits for it, then goes on by itself. What found no signal goes with the form. A form
  // that is kept as a draft waits by its own script.
  input.form?.addEventListener("submit", (event) => {
    if (!under || event.defaultPrevented || "draft" in input.form.dataset) return;
    event.preventDefault();
    const { submitter } = event;
    settled().finally(() => input.form.requestSubmit(submitter ?? undefined));
  });

  addEventListener("online", () => void send());

  function put(row, name, state) {
    row.item = line(name, state);
    kept.push(row);
    row.item.querySelector("button").addEventListener("click", () => {
      kept = kept.filter((other) => other !== row);
      row.asked?.abort();
      row.item.remove();
      hand();
      pick.focus();
    });
    return row;
  }

  function work(row) {
    under += 1;
    busy = busy
      .then(async () => {
        if (!row.file || !kept.includes(row)) return;
        if (row.state === "shrinking") row.file = await shrink(row.file).catch(() => row.file);
        if (row.item.querySelector(".none")) thumbnail(row.item, row.file);
        row.state = "ready";
        note(row.item, `${list.dataset.ready} · ${size(row.file.size)}`);
        hand();
        if (ahead) await goUp(row);
      })
      .finally(() => {
        under -= 1;
        hand();
      });
    return busy;
  }

  async function goUp(row) {
    const bar = row.item.querySelector("progress") ?? document.createElement("progress");
    row.item.querySelector("small").after(bar);
    bar.max = 1;
    for (const pause of PAUSES) {
      await new Promise((done) => setTimeout(done, pause));
      if (!kept.includes(row)) return;
      const answer = await post(ahead, row, input.form, (part) => {
        bar.value = part;
        note(row.item, `${box.dataset.sending} ${Math.round(part * 100)}%`);
      });
      if (answer?.voucher) {
        row.voucher = answer.voucher;
        row.state = "sent";
        note(row.item, `${box.dataset.sent} · ${size(row.file.size)}`);
      } else if (answer?.said) {
        row.state = "refused";
        note(row.item, answer.said);
      }
      if (row.state !== "ready") break;
    }
    bar.remove();
    if (row.state === "ready") {
      row.state = "waits";
      note(row.item, box.dataset.waits);
    }
  }

  // Send what waits. Resolves once nothing is under way.
  function send() {
    for (const row of kept) if (ahead && row.state === "waits" && (row.state = "ready")) work(row);
    return settled();
  }

  async function settled() {
    while (under) await busy;
  }

  // Puts what has no voucher into the input, so that the form is an ordinary one, and the vouchers beside it.
  function hand() {
    const tray = new DataTransfer();
    for (const old of box.querySelectorAll("input[name=voucher]")) old.remove();
    for (const row of kept) {
      if (row.voucher) box.append(hidden(row.voucher));
      else if (row.state !== "refused") tray.items.add(row.file);
    }
    input.files = tray.files;
    box.dispatchEvent(new CustomEvent("photos", { bubbles: true }));
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

  trays.set(input.form, {
    rows: () => kept.filter((row) => row.state !== "refused").map(({ file, voucher = "", print }) => ({ file, voucher, print })),
    bring(rows) {
      for (const { file, voucher, print } of rows) {
        const state = voucher ? "sent" : "ready";
        const row = put({ file, voucher, print, state }, file?.name ?? box.dataset.known, voucher ? box.dataset.sent : "");
        if (voucher && file) thumbnail(row.item, file);
        else if (file) work(row);
      }
      hand();
    },
    renew() {
      for (const row of kept) if (row.file && row.voucher) [row.voucher, row.state] = ["", "waits"];
      return send();
    },
    send,
    settled,
  });
}

// One photo by itself: {voucher}, {said} when it is refused, nothing when there was no signal or no time for it.
function post(to, row, form, tell) {
  return new Promise((done) => {
    const asked = (row.asked = new XMLHttpRequest()); // fetch tells no progress
    asked.open("POST", to);
    asked.timeout = PATIENCE;
    asked.responseType = "json";
    asked.setRequestHeader("X-CSRFToken", form.elements.csrfmiddlewaretoken.value);
    asked.upload.onprogress = (event) => event.lengthComputable && tell(event.loaded / event.total);
    asked.onload = () => done([201, 422].includes(asked.status) ? asked.response : null);
    asked.onerror = asked.ontimeout = asked.onabort = () => done(null);
    const said = new FormData();
    said.set("photo", row.file, row.file.name);
    asked.send(said);
  });
}

function hidden(value) {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "voucher";
  field.value = value;
  return field;
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
