// Files dropped or chosen: named with their sizes, then sent with a bar that shows how far it is.
function size(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"];
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  return `${(bytes / 1000 ** step).toFixed(step ? 1 : 0)} ${units[step]}`;
}

function list(input: HTMLInputElement, target: Element): void {
  target.replaceChildren(
    ...[...(input.files ?? [])].map((file) => {
      const item = document.createElement("li");
      const bytes = document.createElement("span");
      bytes.className = "muted";
      bytes.textContent = size(file.size);
      item.append(file.name, bytes);
      return item;
    }),
  );
}

function send(form: HTMLFormElement, bar: HTMLProgressElement): void {
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("HX-Request", "true");
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = total ? loaded / total : 0;
  });
  request.addEventListener("load", () => {
    const address = request.getResponseHeader("HX-Redirect");
    if (address) location.assign(address);
    // Refused: the page that says why takes this one's place.
    else form.submit();
  });
  request.addEventListener("error", () => form.submit());
  request.send(new FormData(form));
}

const form = document.querySelector<HTMLFormElement>("form[data-upload]");
const input = form?.querySelector<HTMLInputElement>("input[type=file]");
const zone = form?.querySelector<HTMLElement>("[data-dropzone]");
const picked = form?.querySelector("[data-picked]");
const sending = form?.querySelector<HTMLElement>("[data-sending]");
if (form && input && zone && picked && sending) {
  input.addEventListener("change", () => list(input, picked));
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer?.files.length) return;
    input.files = event.dataTransfer.files;
    list(input, picked);
  });
  form.addEventListener("submit", (event) => {
    const bar = sending.querySelector("progress");
    if (!bar) return;
    event.preventDefault();
    sending.hidden = false;
    form.querySelector("button[type=submit]")?.setAttribute("disabled", "");
    send(form, bar);
  });
}
