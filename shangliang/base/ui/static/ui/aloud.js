// Reading a page aloud, where the browser has a voice for its language; else the button stays hidden. What stands
// there in another language, as names do on an English page, is read with a voice of that one.

const button = document.querySelector("[data-aloud]");
const speech = window.speechSynthesis;
const PIECE = 120; // characters: long utterances stop half-way in some browsers

if (button && speech) {
  show();
  speech.addEventListener?.("voiceschanged", show);
  button.addEventListener("click", () => (button.getAttribute("aria-pressed") === "true" ? stop() : read()));
  addEventListener("pagehide", stop);
}

function voice(language) {
  const own = language === "zh" ? "zh-cn" : language; // some devices name zh-HK first
  const voices = speech.getVoices();
  const first = (begin) => voices.find((one) => one.lang.toLowerCase().replace("_", "-").startsWith(begin));
  return first(own) ?? first(language);
}

function show() {
  button.hidden = !voice(language(document.documentElement));
}

// "zh" or "en": what the nearest element says that says one.
function language(element) {
  return element.closest("[lang]")?.lang.startsWith("en") ? "en" : "zh";
}

function block(element) {
  while (element.parentElement && /^(inline|contents)/.test(getComputedStyle(element).display)) element = element.parentElement;
  return element;
}

// What is seen of a part of the page, in its order: words of one language that stand in one line or paragraph.
function runs(part) {
  const found = [];
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.getClientRects().length || element.closest("[aria-hidden=true]")) continue;
    const run = { words: walker.currentNode.data, language: language(element), block: block(element) };
    const last = found.at(-1);
    if (last && last.language === run.language && last.block === run.block) last.words += run.words;
    else found.push(run);
  }
  return found;
}

function cut(words) {
  const lines = words.split(/\n+|(?<=[。！？；])/).map((line) => line.trim());
  const piece = new RegExp(`.{1,${PIECE}}(?=[\\s，、,]|$)|.{1,${PIECE}}`, "gu"); // between words, where there are any
  return lines.filter((line) => /[\p{L}\p{N}]/u.test(line)).flatMap((line) => line.match(piece));
}

function read() {
  const pieces = runs(document.querySelector("main")).flatMap((run) => cut(run.words).map((words) => [words, run.language]));
  speech.cancel();
  button.setAttribute("aria-pressed", "true");
  pieces.forEach(([words, its], place) => {
    const said = new SpeechSynthesisUtterance(words);
    const speaker = voice(its);
    if (speaker) said.voice = speaker; // without one the browser tries by the language alone
    said.lang = speaker?.lang ?? its;
    said.rate = 0.9;
    if (place === pieces.length - 1) said.onend = stop;
    speech.speak(said);
  });
}

function stop() {
  button.setAttribute("aria-pressed", "false");
  speech.cancel();
}
