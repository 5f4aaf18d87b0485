// The time slider of a case: each stop is a moment at which something happened, or was recorded.

const form = document.querySelector(".slider");
const range = form.elements.moment;
const output = form.querySelector("output");
const moments = JSON.parse(form.dataset.moments);
const written = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Asia/Shanghai", year: "numeric", month: "2-digit", day: "2-digit",
  hour: "2-digit", minute: "2-digit", second: "2-digit",
});

const reading = () => form.elements.reading.value;
const chosen = () => moments[reading()][range.value - 1];

function label(moment = chosen()) {
  output.textContent = moment ? written.format(new Date(moment)) : output.dataset.now;
  range.setAttribute("aria-valuetext", output.textContent);
}

// An address may name any moment: the slider stands at the last stop before it.
function fit() {
  const stops = moments[reading()];
  const given = range.dataset.value;
  const before = stops.filter((stop) => new Date(stop) <= new Date(given)).length;
  range.max = stops.length + 1;
  range.value = given ? Math.max(before, 1) : range.max;
  label(given || undefined);
}

function show() {
  const moment = chosen();
  const asked = new URLSearchParams({ reading: reading() });
  if (moment) asked.set("moment", moment);
  range.dataset.value = moment ?? "";
  history.replaceState(null, "", moment ? `?${asked}` : location.pathname);
  htmx.ajax("GET", `${form.dataset.from}?${asked}`, { target: "#at-moment", swap: "innerHTML" });
}

range.addEventListener("input", () => label());
range.addEventListener("change", show);
form.addEventListener("submit", (event) => event.preventDefault());
for (const choice of form.querySelectorAll("[name=reading]"))
  choice.addEventListener("change", () => { fit(); show(); });
fit();
