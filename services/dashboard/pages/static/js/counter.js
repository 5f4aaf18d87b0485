// The counter: digits from a scanner or a keyboard, what waits under them, and handing it over.

const asking = document.getElementById("look-up");
if (asking) begin(asking, document.getElementById("found"), document.getElementById("hand-over"));

function begin(asking, found, giving) {
  const field = asking.elements.namedItem("code");

  function tidy() {
    const digits = field.value.normalize("NFKC").replace(/\D/g, "");
    if (digits !== field.value) field.value = digits;
  }

  function hide() {
    found.hidden = true;
    asking.querySelector("button").classList.add("first");
  }

  function show(one) {
    const told = { ...one, tail: one.holder.slice(-8) };
    found.querySelectorAll("[data-tell]").forEach((place) => (place.textContent = told[place.dataset.tell]));
    giving.dataset.command = `${giving.dataset.base}${one.id}/fulfil`;
    giving.dataset.then = `${giving.dataset.page}?done=${one.id}`;
    giving.elements.namedItem("code").value = field.value;
    found.hidden = false;
    asking.querySelector("button").classList.remove("first"); // now there is something else to press
    giving.querySelector("button").focus();
  }

  field.addEventListener("input", (event) => {
    hide(); // what is shown belongs to the digits that are there
    if (!event.isComposing) tidy();
  });
  field.addEventListener("compositionend", tidy);
  asking.addEventListener("submit", () => {
    tidy();
    hide();
    field.focus();
    field.select(); // the next digits take the place of these
  }, { capture: true });
  asking.addEventListener("answered", (event) => {
    event.preventDefault();
    show(event.detail);
  });
  // a scanner types wherever one happens to be
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !/^[0-9]$/.test(event.key)) return;
    field.value = "";
    hide();
    field.focus();
  });
}
