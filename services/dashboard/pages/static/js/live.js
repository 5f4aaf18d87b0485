// A board that moves: the server says how far it has come, and what shows figures asks anew.

const dots = () => document.querySelectorAll(".live");
const source = new EventSource("/live");

source.addEventListener("open", () => dots().forEach((dot) => (dot.dataset.on = "yes")));
source.addEventListener("error", () => dots().forEach((dot) => (dot.dataset.on = "no")));
source.addEventListener("moved", () => document.body.dispatchEvent(new CustomEvent("moved")));
window.addEventListener("pagehide", () => source.close());

document.body.addEventListener("htmx:after:swap", () =>
  dots().forEach((dot) => (dot.dataset.on = source.readyState === EventSource.OPEN ? "yes" : "no")),
);
