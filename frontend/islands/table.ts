// Rows chosen for a bulk change, by mouse and by keyboard.
//
// <table data-rows> with checkboxes named by data-rows in its rows, [data-select-all] in its head;
// elsewhere [data-chosen-bar] (shown while rows are chosen) and [data-chosen-count].
// Keys: j and k move, x chooses, Enter opens the row's .name link, Shift-click chooses a range.
import { isTyping } from "./shell/keys";

function wire(table: HTMLTableElement): void {
  const name = table.dataset["rows"] ?? "";
  const boxes = (): HTMLInputElement[] => [
    ...table.querySelectorAll<HTMLInputElement>(`tbody input[type=checkbox][name="${name}"]`),
  ];
  const all = table.querySelector<HTMLInputElement>("[data-select-all]");
  let last: HTMLInputElement | null = null;

  const show = (): void => {
    const chosen = boxes().filter((box) => box.checked);
    for (const box of boxes()) {
      box.closest("tr")?.setAttribute("aria-selected", String(box.checked));
    }
    if (all) {
      all.checked = chosen.length > 0 && chosen.length === boxes().length;
      all.indeterminate = chosen.length > 0 && !all.checked;
    }
    for (const bar of document.querySelectorAll<HTMLElement>("[data-chosen-bar]")) {
      bar.hidden = chosen.length === 0;
    }
    for (const count of document.querySelectorAll("[data-chosen-count]")) {
      count.textContent = String(chosen.length);
    }
  };

  table.addEventListener("click", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || box.name !== name) return;
    if (event.shiftKey && last) range(boxes(), last, box);
    last = box;
    show();
  });
  all?.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
    show();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (move(boxes(), event.key)) {
      show();
      event.preventDefault();
    }
  });
  // A list swapped in by htmx, or a page restored by the browser, keeps its ticks.
  document.addEventListener("htmx:afterSwap", show);
  window.addEventListener("pageshow", show);
  show();
}

function range(boxes: HTMLInputElement[], from: HTMLInputElement, to: HTMLInputElement): void {
  const [first, last] = [boxes.indexOf(from), boxes.indexOf(to)].sort((a, b) => a - b);
  for (const box of boxes.slice(first, (last ?? 0) + 1)) box.checked = to.checked;
}

/** Moves the mark or acts on the marked row; true where the key meant something. */
function move(boxes: HTMLInputElement[], key: string): boolean {
  const at = boxes.findIndex((box) => box.closest("tr")?.classList.contains("here"));
  const here = boxes[at];
  if (key === "j" || key === "k") {
    const next = boxes[Math.min(Math.max(at + (key === "j" ? 1 : -1), 0), boxes.length - 1)];
    here?.closest("tr")?.classList.remove("here");
    next?.closest("tr")?.classList.add("here");
    next?.focus();
    return next !== undefined;
  }
  if (key === "x" && here) here.checked = !here.checked;
  else if (key === "Enter" && here) here.closest("tr")?.querySelector<HTMLElement>(".name")?.click();
  else return false;
  return true;
}

document.querySelectorAll<HTMLTableElement>("table[data-rows]").forEach(wire);
