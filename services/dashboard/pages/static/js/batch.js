// One step for many cases: each gets its own verdict, and the page shows which were not taken.

const form = document.getElementById("batch");
if (form) begin(form);

function begin(form) {
  const words = JSON.parse(document.getElementById("problem-words").textContent);
  const rows = [...form.querySelectorAll("tr[data-row]")];
  const said = form.querySelector("[data-said]");
  const count = form.querySelector("[data-count]");
  const unit = form.querySelector("#batch-unit");
  const picked = () => rows.filter((row) => row.querySelector("[data-pick]").checked);

  function refresh() {
    const chosen = picked();
    count.textContent = count.dataset.text.replace("%d", chosen.length);
    for (const button of form.querySelectorAll("button[name=step]")) {
      const fits = chosen.length > 0 && chosen.every((row) => row.dataset.steps.split(" ").includes(button.value));
      button.disabled = !fits || (button.value === "dispatch" && !unit.value);
      button.closest(".unit-for-dispatch, button").hidden = chosen.length > 0 && !fits;
    }
  }

  function verdict(row, told) {
    row.querySelector("[data-fault]")?.remove();
    row.querySelector("[data-pick]").checked = false;
    if (told.receipt) return row.remove();
    const fault = document.createElement("p");
    fault.className = "fault";
    fault.dataset.fault = "";
    fault.textContent = words[told.problem.code] ?? told.problem.detail;
    row.querySelector(".long").append(fault);
  }

  async function send(step) {
    const chosen = picked();
    const cases = chosen.map((row) => ({ id: row.dataset.id, version: Number(row.dataset.version) }));
    const body = { step, cases, ...(step === "dispatch" ? { unit: unit.value } : {}) };
    const key = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    const headers = { "content-type": "application/json", "idempotency-key": key };
    const response = await fetch(form.dataset.batch, { method: "POST", headers, body: JSON.stringify(body) });
    const answer = await response.json();
    if (!response.ok) throw new Error(words[answer.code] ?? answer.detail);
    const told = new Map(answer.items.map((item) => [item.id, item]));
    chosen.forEach((row) => verdict(row, told.get(row.dataset.id)));
    const failed = answer.items.filter((item) => item.problem).length;
    const done = form.dataset.done.replace("%d", answer.items.length - failed);
    said.textContent = failed ? `${done} · ${form.dataset.failed.replace("%d", failed)}` : done;
  }

  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-all]"))
      rows.forEach((row) => (row.querySelector("[data-pick]").checked = event.target.checked));
    refresh();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const buttons = form.querySelectorAll("button");
    buttons.forEach((button) => (button.disabled = true));
    try {
      await send(event.submitter.value);
    } catch (fault) {
      said.textContent = fault.message || words.away;
    } finally {
      refresh();
    }
  });
}
