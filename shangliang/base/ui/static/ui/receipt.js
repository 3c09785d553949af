// Buttons that only a script can serve: copy, print, save as a picture. Without it they stay hidden and nothing is missed.

const deeds = { copy, "copy-typed": copyTyped, print, picture };

for (const button of document.querySelectorAll("[data-does]")) {
  const deed = deeds[button.dataset.does];
  if (!deed) continue;
  button.hidden = false;
  button.addEventListener("click", () => deed(button));
}

function target(button) {
  return document.getElementById(button.dataset.target);
}

async function copy(button) {
  const place = target(button);
  await put(button, place.dataset.code || place.value || place.textContent.trim());
}

async function copyTyped(button) {
  const pieces = [...document.querySelectorAll("textarea[readonly]")];
  await put(button, pieces.map((piece) => `${piece.labels[0]?.textContent ?? ""}\n${piece.value}`).join("\n\n"));
}

async function put(button, text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    byHand(text); // old WebViews and pages without HTTPS
  }
  tell(button, document.documentElement.lang === "en" ? "Copied" : "复制好了");
}

function byHand(text) {
  const box = document.createElement("textarea");
  box.value = text;
  box.className = "vh";
  document.body.append(box);
  box.select();
  document.execCommand("copy");
  box.remove();
}

// The button's own words change and change back: seen where one looks, and read aloud.
function tell(button, words) {
  button.setAttribute("aria-live", "polite");
  const label = [...button.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  if (!label || label.kept) return;
  label.kept = label.data;
  label.data = words;
  setTimeout(() => {
    label.data = label.kept;
    label.kept = "";
  }, 2500);
}

function print() {
  window.print();
}

// A picture for the phone's album: the slip's words and its QR, drawn from what stands on the page.
async function picture(button) {
  const slip = target(button);
  const canvas = document.createElement("canvas");
  const scale = 3;
  const [width, height] = [360, 300];
  canvas.width = width * scale;
  canvas.height = height * scale;
  const pen = canvas.getContext("2d");
  const tokens = getComputedStyle(document.documentElement);
  const token = (name) => tokens.getPropertyValue(name).trim();
  pen.scale(scale, scale);
  pen.fillStyle = token("--white");
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = token("--black");
  const lines = [...slip.querySelectorAll("p")].map((line) => line.innerText.trim()).filter(Boolean);
  let y = 36;
  for (const line of lines) {
    const code = line === slip.querySelector(".c").innerText.trim();
    pen.font = code ? `600 24px ${token("--serif")}` : `14px ${token("--sans")}`;
    y += code ? 10 : 0;
    for (const piece of wrapped(pen, line, code ? width - 40 : width - 160)) {
      pen.fillText(piece, 20, y);
      y += code ? 36 : 22;
    }
  }
  const qr = slip.querySelector("svg.qr path");
  if (qr) {
    const side = slip.querySelector("svg.qr").viewBox.baseVal.width;
    pen.translate(width - 132, 104);
    pen.scale(112 / side, 112 / side);
    pen.fill(new Path2D(qr.getAttribute("d")));
  }
  const link = document.createElement("a");
  link.download = `${slip.dataset.name || "shangliang"}.png`;
  link.href = canvas.toDataURL("image/png");
  link.click();
  tell(button, document.documentElement.lang === "en" ? "Saved" : "存好了");
}

function wrapped(pen, text, width) {
  const rows = [];
  for (const paragraph of text.split("\n")) {
    let row = "";
    for (const sign of paragraph) {
      if (row && pen.measureText(row + sign).width > width) {
        rows.push(row);
        row = "";
      }
      row += sign;
    }
    rows.push(row);
  }
  return rows;
}
