// The queue of who approves hours, or points that were claimed: how many are chosen, and what came of each.

const form = document.getElementById("approve");
if (form) begin(form);

function begin(form) {
  const words = JSON.parse(document.getElementById("problem-words").textContent);
  const picks = () => [...document.querySelectorAll("[data-pick]")];
  const count = form.querySelector("[data-count]");
  const said = form.querySelector("[data-said]");
  const button = form.querySelector("button");

  function refresh() {
    const chosen = picks().filter((pick) => pick.checked).length;
    count.textContent = count.dataset.text.replace("%d", chosen);
    button.disabled = chosen === 0;
  }

  function verdict(told) {
    const row = document.querySelector(`[data-row="${told.claim ?? `${told.person}-${told.record}`}"]`);
    if (!row) return;
    if (!told.code) return row.remove();
    row.querySelector("[data-fault]")?.remove();
    const fault = document.createElement("p");
    fault.className = "fault";
    fault.dataset.fault = "";
    fault.textContent = words[told.code] ?? told.detail;
    row.querySelector("[data-told]").append(fault);
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-all]")) picks().forEach((pick) => (pick.checked = event.target.checked));
    if (event.target.matches("[data-all], [data-pick]")) refresh();
  });
  form.addEventListener("answered", (event) => {
    const failed = event.detail.items.filter((item) => item.code);
    if (!failed.length) return; // the next of the queue are shown
    event.preventDefault();
    event.detail.items.forEach(verdict);
    picks().forEach((pick) => (pick.checked = false));
    said.textContent = form.dataset.failed.replace("%d", event.detail.approved).replace("%e", failed.length);
    setTimeout(refresh); // command.js lets go of its button first
  });
  refresh();
}
