// The keyboard all the way: j and k along the rows, x picks, Enter opens, a letter presses what
// carries it in data-key. Never while someone writes.

let place = -1;
const rows = () => [...document.querySelectorAll("tr[data-row]")];

function move(step) {
  const all = rows();
  if (!all.length) return;
  place = Math.min(Math.max(place + step, 0), all.length - 1);
  all.forEach((row, number) => row.setAttribute("aria-selected", number === place));
  all[place].querySelector("a")?.focus();
  all[place].scrollIntoView({ block: "nearest" });
}

function pick() {
  const box = rows()[place]?.querySelector("[data-pick]");
  box?.click();
}

function press(key) {
  const wanted = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!wanted) return false;
  if (wanted.matches("input:not([type=checkbox])")) wanted.focus();
  else wanted.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  const writing = event.target.matches("input:not([type=checkbox]), textarea, select");
  if (writing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "x") pick();
  else if (!press(event.key)) return;
  event.preventDefault();
});
