// Speaking instead of typing, where the browser can listen. What it hears goes to the browser's maker, and the page says so beside the
// button. The words land in the field, to be mended by hand.

const Listens = window.SpeechRecognition ?? window.webkitSpeechRecognition;
const place = document.querySelector("[data-dictate]");

if (place && Listens) {
  const button = place.querySelector("button");
  const field = document.getElementById(place.dataset.dictate);
  const ear = new Listens();
  ear.lang = "zh-CN";
  ear.continuous = true;
  place.hidden = false;
  button.addEventListener("click", () => (button.getAttribute("aria-pressed") === "true" ? ear.stop() : start()));
  ear.addEventListener("result", (event) => {
    for (const heard of [...event.results].slice(event.resultIndex)) {
      if (heard.isFinal) field.setRangeText(heard[0].transcript, field.value.length, field.value.length, "end");
    }
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  ear.addEventListener("error", ended);
  ear.addEventListener("end", ended);

  function start() {
    try {
      ear.start();
      button.setAttribute("aria-pressed", "true");
    } catch {
      ended(); // it listens already
    }
  }

  function ended() {
    button.setAttribute("aria-pressed", "false");
  }
}
