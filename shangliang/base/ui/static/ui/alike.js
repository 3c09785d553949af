// While somebody writes: public voices of this place that may say the same. It asks in a pause, shows what comes, and is in nobody's way:
// no signal, no answer, a slow answer all show nothing.

const PAUSE = 1500;
const LEAST = 8; // characters; less says nothing yet
const MORE = 5;

for (const place of document.querySelectorAll("[data-alike]")) start(place);

function start(place) {
  const { form } = place.querySelector("button");
  const words = form.elements.words;
  const fold = place.querySelector("[data-alike-asks]");
  const found = place.querySelector("[data-alike-found]");
  let asked = "";
  let waits;
  fold.hidden = true; // its button asks for a whole page: only where no script runs
  words.addEventListener("input", () => {
    clearTimeout(waits);
    waits = setTimeout(ask, PAUSE);
  });
  if (words.value && !found.childElementCount) ask();

  async function ask() {
    const said = words.value.trim();
    if (said.length < LEAST || Math.abs(said.length - asked.length) < MORE) return;
    asked = said;
    const sent = new FormData();
    sent.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    sent.set("words", said);
    try {
      const answer = await fetch(place.dataset.alike, { method: "POST", body: sent, headers: { "X-Part": "1" }, credentials: "same-origin" });
      if (!answer.ok || asked !== said) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      found.replaceChildren(...page.body.childNodes);
    } catch {
      // no signal: nothing is shown
    }
  }
}
