// Reading a page aloud, where the browser has a voice for its language; else the button stays hidden.

const button = document.querySelector("[data-aloud]");
const speech = window.speechSynthesis;
const PIECE = 120; // characters: long utterances stop half-way in some browsers

if (button && speech) {
  show();
  speech.addEventListener?.("voiceschanged", show);
  button.addEventListener("click", () => (button.getAttribute("aria-pressed") === "true" ? stop() : read()));
  addEventListener("pagehide", stop);
}

function voice() {
  const language = document.documentElement.lang === "en" ? "en" : "zh";
  return speech.getVoices().find((one) => one.lang.toLowerCase().startsWith(language));
}

function show() {
  button.hidden = !voice();
}

function read() {
  const lines = document.querySelector("main").innerText.split(/\n+|(?<=[。！？；])/).map((line) => line.trim());
  const pieces = lines.filter(Boolean).flatMap((line) => line.match(new RegExp(`.{1,${PIECE}}`, "gu")));
  speech.cancel();
  button.setAttribute("aria-pressed", "true");
  pieces.forEach((piece, place) => {
    const said = new SpeechSynthesisUtterance(piece);
    said.voice = voice();
    said.lang = said.voice.lang;
    said.rate = 0.9;
    if (place === pieces.length - 1) said.onend = stop;
    speech.speak(said);
  });
}

function stop() {
  button.setAttribute("aria-pressed", "false");
  speech.cancel();
}
