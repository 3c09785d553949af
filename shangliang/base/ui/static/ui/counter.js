// Counts while one writes: how many characters are left, and how the parts share them. Without it the page shows the count of what
// was kept last, and the server counts what is sent.

for (const form of document.querySelectorAll("form[data-count]")) start(form);

function start(form) {
  const parts = [...form.querySelectorAll("[data-part]")];
  const told = document.getElementById(form.dataset.count);
  const bar = document.getElementById(form.dataset.shares);
  const most = Number(form.dataset.most);
  form.addEventListener("input", () => count());
  count();

  function count() {
    const lengths = parts.map((part) => [...part.value.replace(/\s/gu, "")].length);
    const all = lengths.reduce((sum, n) => sum + n, 0);
    const words = all > most ? told.dataset.over : told.dataset.left;
    told.textContent = words.replace("{n}", String(all)).replace("{m}", String(Math.abs(most - all)));
    told.classList.toggle("over", all > most);
    if (bar) draw(lengths.slice(1));
  }

  function draw(lengths) {
    const whole = lengths.reduce((sum, n) => sum + n, 0);
    const shares = lengths.map((n) => (whole ? Math.round((100 * n) / whole) : 0));
    if (whole) shares[2] = 100 - shares[0] - shares[1];
    let from = 0;
    shares.forEach((share, at) => {
      const rect = bar.querySelector(`.s${at + 1}`);
      rect.setAttribute("x", String(from));
      rect.setAttribute("width", String(share));
      from += share;
    });
    bar.nextElementSibling.querySelectorAll("[data-share]").forEach((one, at) => (one.textContent = `${shares[at]}%`));
  }
}
