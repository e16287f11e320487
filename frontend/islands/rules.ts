// The editor of characteristics: sliders beside their numbers, and rows put in order by dragging.
// Buttons do the same by keyboard, and everything works without this.

function twins(slider: HTMLInputElement): [HTMLInputElement, HTMLInputElement] | null {
  const number = document.getElementById(slider.dataset["twin"] ?? "");
  return number instanceof HTMLInputElement ? [slider, number] : null;
}

document.addEventListener(
  "input",
  (event) => {
    const changed = event.target;
    if (!(changed instanceof HTMLInputElement)) return;
    for (const slider of document.querySelectorAll<HTMLInputElement>("input[type=range][data-twin]")) {
      const pair = twins(slider);
      if (!pair?.includes(changed)) continue;
      for (const one of pair) if (one !== changed) one.value = changed.value;
    }
  },
  // Before the preview asks, so that it asks with the new number.
  true,
);

let dragged: HTMLElement | null = null;

document.addEventListener("dragstart", (event) => {
  const handle = event.target instanceof Element ? event.target.closest("[data-handle]") : null;
  dragged = handle?.closest<HTMLElement>("[data-sortable] > *") ?? null;
  if (!dragged) return;
  dragged.classList.add("dragged");
  if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
  event.dataTransfer?.setDragImage(dragged, 0, 0);
});

document.addEventListener("dragover", (event) => {
  const over = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-sortable] > *") : null;
  if (!dragged || !over || over.parentElement !== dragged.parentElement) return;
  event.preventDefault();
  if (over === dragged) return;
  const box = over.getBoundingClientRect();
  const after = event.clientY > box.top + box.height / 2;
  over.parentElement?.insertBefore(dragged, after ? over.nextElementSibling : over);
});

document.addEventListener("dragend", () => {
  dragged?.classList.remove("dragged");
  dragged?.dispatchEvent(new Event("input", { bubbles: true }));
  dragged = null;
});

// A draft lives in its form only: leaving it would lose it without a word.
let leaving = false;

function unsaved(): boolean {
  const editor = document.getElementById("rules-editor");
  return editor instanceof HTMLFormElement && editor.dataset["unsaved"] === "1";
}

document.addEventListener("input", (event) => {
  const editor = event.target instanceof Element ? event.target.closest<HTMLElement>("#rules-editor") : null;
  if (editor) editor.dataset["unsaved"] = "1";
});

document.addEventListener("submit", (event) => {
  // What is kept, or downloaded, isn't left; htmx's own requests never leave the page.
  if (event.target instanceof HTMLFormElement && event.target.id === "rules-editor") leaving = true;
  window.setTimeout(() => (leaving = false), 2000);
});

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("#rules-editor a") : null;
  if (link?.dataset["discard"] !== undefined) leaving = true;
  // Whoever follows a number of the draft comes back to the draft.
  else if (link && unsaved()) link.target = "_blank";
});

window.addEventListener("beforeunload", (event) => {
  if (unsaved() && !leaving) event.preventDefault();
});
