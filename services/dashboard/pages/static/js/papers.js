// Files behind a step: handed in with its form by staff; shown and saved, by petitioners with their code.

const words = JSON.parse(document.getElementById("problem-words").textContent);
const PATIENCE = 60_000;

function complain(place, code) {
  const told = Object.assign(document.createElement("p"), { className: "fault", textContent: words[code] ?? words.away });
  told.setAttribute("role", "alert");
  place.append(told);
}

async function fetched(address, request) {
  const response = await fetch(address, { method: "POST", signal: AbortSignal.timeout(PATIENCE), ...request });
  if (!response.ok) throw new Error((await response.json()).code);
  return response;
}

async function handIn(input, file) {
  const response = await fetched(input.dataset.papers, { headers: { "content-type": file.type }, body: file });
  const kept = Object.assign(document.createElement("input"), { type: "hidden", name: "files", value: (await response.json()).file });
  kept.dataset.many = "";
  const drop = Object.assign(document.createElement("button"), { type: "button", textContent: input.dataset.drop });
  drop.setAttribute("aria-label", `${input.dataset.drop} ${file.name}`);
  const line = document.createElement("li");
  drop.addEventListener("click", () => line.remove());
  line.append(`${file.name} `, drop, kept);
  input.closest(".field").querySelector("[data-shown]").append(line);
}

async function takeIn(input) {
  const field = input.closest(".field");
  field.querySelectorAll(".fault").forEach((fault) => fault.remove());
  const room = Number(input.dataset.most) - field.querySelectorAll("[data-shown] li").length;
  const buttons = input.form.querySelectorAll("button");
  buttons.forEach((button) => (button.disabled = true));
  try {
    for (const file of [...input.files].slice(0, room)) await handIn(input, file);
  } catch (fault) {
    complain(field, fault.message);
  } finally {
    buttons.forEach((button) => (button.disabled = false));
    input.value = "";
  }
}

async function own(element, address) {
  const { code } = element.closest("[data-code]").dataset;
  return fetched(address, { headers: { "content-type": "application/json" }, body: JSON.stringify({ code }) });
}

async function show(image) {
  try {
    const response = await own(image, image.dataset.show);
    image.src = URL.createObjectURL(await response.blob());
  } catch {
    image.replaceWith(image.alt);
  }
}

async function save(button) {
  button.parentElement.querySelectorAll(".fault").forEach((fault) => fault.remove());
  button.disabled = true;
  try {
    const response = await own(button, button.dataset.save);
    const [, name] = /filename="([^"]+)"/.exec(response.headers.get("content-disposition")) ?? [];
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(await response.blob()), download: name ?? "" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), PATIENCE);
  } catch (fault) {
    complain(button.parentElement, fault.message);
  } finally {
    button.disabled = false;
  }
}

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-papers]")) takeIn(target);
});
document.addEventListener("click", ({ target }) => {
  if (target.matches("[data-save]")) save(target);
});
document.querySelectorAll("img[data-show]").forEach(show);
