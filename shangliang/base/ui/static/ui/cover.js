// Boxes over a photo before it is shown: drag to draw one, delete it in the list. What is sent are the ticked boxes of the form;
// without this file there is the grid of cells, and with it too, for whoever has a keyboard.

const SVG = "http://www.w3.org/2000/svg";
const LEAST = 8; // thousandths: a tap is no box

for (const form of document.querySelectorAll("form[data-cover]")) start(form);

function start(form) {
  const list = form.querySelector("[data-list]");
  const over = form.querySelector("[data-over]");
  const layers = [...form.querySelectorAll(".cover svg")];
  form.querySelector("[data-draw]").hidden = false;
  form.querySelector("[data-grid]").open = Boolean(form.querySelector("[name=cell]:checked"));
  for (const item of list.children) deletable(item);
  list.addEventListener("change", draw);
  let from, box;

  over.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button) return;
    event.preventDefault();
    over.setPointerCapture(event.pointerId);
    [from, box] = [at(event), undefined];
  });
  over.addEventListener("pointermove", (event) => {
    if (!from) return;
    box = between(from, at(event));
    draw();
  });
  over.addEventListener("pointerup", () => {
    const done = box;
    from = box = undefined;
    if (done && done[2] >= LEAST && done[3] >= LEAST) add(done);
    draw();
  });
  over.addEventListener("pointercancel", () => {
    from = box = undefined;
    draw();
  });

  function at(event) {
    const place = over.getBoundingClientRect();
    const part = (where, start, size) => Math.min(1000, Math.max(0, Math.round(((where - start) / size) * 1000)));
    return [part(event.clientX, place.left, place.width), part(event.clientY, place.top, place.height)];
  }

  function add(one) {
    const item = document.createElement("li");
    const label = document.createElement("label");
    const input = Object.assign(document.createElement("input"), { type: "checkbox", name: "box", value: one.join(",") });
    input.defaultChecked = true;
    label.className = "tick-l";
    label.append(input, document.createElement("span"));
    item.append(label);
    deletable(item);
    list.append(item);
  }

  function deletable(item) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-3 btn-s" });
    button.textContent = form.dataset.off;
    button.addEventListener("click", () => {
      const next = item.nextElementSibling ?? item.previousElementSibling;
      item.remove();
      draw();
      (next?.querySelector("button") ?? form.querySelector("[data-grid] summary")).focus();
    });
    item.append(button);
  }

  function draw() {
    const ticked = [...list.querySelectorAll("input:checked")].map((input) => input.value.split(","));
    for (const layer of layers) layer.replaceChildren(...[...ticked, ...(box ? [box] : [])].map(rectangle));
    [...list.children].forEach((item, n) => {
      const label = item.querySelector("label");
      const input = label.querySelector("input");
      label.replaceChildren(input, ` ${form.dataset.nth.replace("{n}", n + 1)}`);
      item.querySelector("button").setAttribute("aria-label", `${form.dataset.off}${form.dataset.nth.replace("{n}", n + 1)}`);
    });
    form.querySelector("[data-none]").hidden = list.children.length > 0;
  }
  draw();
}

function between([x1, y1], [x2, y2]) {
  return [Math.min(x1, x2), Math.min(y1, y2), Math.abs(x1 - x2), Math.abs(y1 - y2)];
}

function rectangle([x, y, width, height]) {
  const one = document.createElementNS(SVG, "rect");
  for (const [name, value] of Object.entries({ x, y, width, height })) one.setAttribute(name, value);
  return one;
}
