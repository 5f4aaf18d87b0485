// Filing on a phone: photos are made smaller before they are sent; number and code are shown once.

const LONGEST_SIDE = 1600;

async function smaller(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
}

async function upload(input, file) {
  const photo = await smaller(file);
  const response = await fetch(input.dataset.upload, {
    method: "POST", headers: { "content-type": photo.type }, body: photo,
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.code);
  return { word: answer.photo, photo };
}

function show(input, { word, photo }) {
  const shown = input.closest(".field").querySelector("[data-shown]");
  const image = document.createElement("img");
  image.src = URL.createObjectURL(photo);
  image.alt = "";
  const kept = Object.assign(document.createElement("input"), { type: "hidden", name: "photos", value: word });
  kept.dataset.many = "";
  shown.append(image, kept);
}

const words = JSON.parse(document.getElementById("problem-words").textContent);
document.querySelector("[data-upload]")?.addEventListener("change", async ({ target: input }) => {
  const field = input.closest(".field");
  field.querySelector(".fault")?.remove();
  const room = Number(input.dataset.most) - field.querySelectorAll("[data-shown] img").length;
  const button = input.form.querySelector("button");
  button.disabled = true;
  try {
    for (const file of [...input.files].slice(0, room)) show(input, await upload(input, file));
  } catch (fault) {
    const told = Object.assign(document.createElement("p"), { className: "fault", textContent: words[fault.message] ?? words.bad_photo });
    told.setAttribute("role", "alert");
    field.append(told);
  } finally {
    button.disabled = false;
    input.value = "";
  }
});

document.addEventListener("answered", (event) => {
  const form = event.target;
  if (form.dataset.again) {
    event.preventDefault();
    document.getElementById(form.dataset.again).submit();
  } else if (form.id === "petition") {
    event.preventDefault();
    const slip = document.getElementById("slip");
    for (const name of ["number", "code"]) {
      slip.querySelector(`[data-${name}]`).textContent = event.detail[name];
      slip.querySelector(`[name=${name}]`).value = event.detail[name];
    }
    form.hidden = true;
    slip.hidden = false;
    slip.focus();
    slip.scrollIntoView();
  }
});
