// Forms that give a command: their fields as JSON to the API of the service that owns it.
// One key for a form until it was answered, so sending again never does it twice.

const words = JSON.parse(document.getElementById("problem-words").textContent);

function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const READ = {
  bool: (text) => text === "true",
  int: (text) => Number.parseInt(text, 10),
  fen: (text) => Math.round(Number(text) * 100), // typed in yuan
  // Typed without a zone, as the clocks of the district show it.
  moment: (text) => `${text.length === 16 ? `${text}:00` : text}+08:00`,
  list: (text) => text.split(/[\s,，]+/).filter(Boolean),
  json: (text) => {
    try {
      return JSON.parse(text);
    } catch {
      return text; // the API says what is wrong with it
    }
  },
};

function bodyOf(form) {
  const body = {};
  for (const field of form.elements) {
    if (!field.name || field.disabled || field.type === "submit") continue;
    if ((field.type === "radio" || field.type === "checkbox") && !field.checked) continue;
    const text = field.value.trim();
    if (text === "" && !field.required) continue;
    const read = READ[field.dataset.as] ?? ((value) => value);
    if ("many" in field.dataset) (body[field.name] ??= []).push(read(text));
    else if ("within" in field.dataset) (body[field.dataset.within] ??= {})[field.name] = read(text);
    else body[field.name] = read(text);
  }
  return body;
}

function clear(form) {
  form.querySelectorAll("[data-fault]").forEach((fault) => fault.remove());
  form.querySelectorAll("[aria-invalid]").forEach((field) => {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  });
}

function tell(form, text, field) {
  const fault = document.createElement("p");
  fault.className = field ? "fault" : "note bad";
  fault.dataset.fault = "";
  fault.id = `fault-${freshKey().slice(0, 8)}`;
  fault.setAttribute("role", "alert");
  fault.textContent = text;
  if (!field) return form.append(fault);
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", fault.id);
  (field.closest(".field") ?? field.parentElement).append(fault);
}

function explain(form, problem) {
  const said = words[problem.code] ?? problem.detail ?? words.unknown;
  let first;
  for (const { pointer, detail } of problem.errors ?? []) {
    const field = form.elements.namedItem((pointer ?? "").split("/")[1] ?? "");
    const place = field instanceof RadioNodeList ? field[0] : field;
    if (!place) continue;
    const told = words[problem.code] ?? detail;
    tell(form, place.dataset.as === "json" ? `${told} ${pointer}` : told, place);
    first ??= place;
  }
  if (first) first.focus();
  else tell(form, said);
}

async function send(form) {
  const headers = {
    "content-type": "application/json",
    "idempotency-key": (form.dataset.key ??= freshKey()),
  };
  if (form.dataset.version) headers["if-match"] = `"${form.dataset.version}"`;
  const body = JSON.stringify(bodyOf(form));
  if (form.dataset.sent && form.dataset.sent !== body) headers["idempotency-key"] = form.dataset.key = freshKey();
  form.dataset.sent = body;
  return fetch(form.dataset.command, { method: "POST", headers, body, signal: AbortSignal.timeout(20_000) });
}

function after(form, answer) {
  const go = new URL(form.dataset.then || location.href, location.href);
  if (answer.position) go.searchParams.set("min_position", answer.position);
  location.assign(go);
}

export async function command(form) {
  const buttons = form.querySelectorAll("button");
  clear(form);
  buttons.forEach((button) => (button.disabled = true));
  try {
    const response = await send(form);
    const answer = await response.json();
    if (!response.ok) return explain(form, answer);
    delete form.dataset.key;
    const told = new CustomEvent("answered", { detail: answer, bubbles: true, cancelable: true });
    if (form.dispatchEvent(told)) after(form, answer);
  } catch {
    tell(form, words.away);
  } finally {
    buttons.forEach((button) => (button.disabled = false));
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-command]")) return;
  event.preventDefault();
  command(event.target);
});
