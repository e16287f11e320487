// The list's keys and choices: j and k move, x chooses, Enter opens; changes need a choice.
import { isTyping } from "./shell/keys";

function rows(): HTMLTableRowElement[] {
  return [...document.querySelectorAll<HTMLTableRowElement>("tr[data-row]")];
}

function box(row: Element): HTMLInputElement | null {
  return row.querySelector<HTMLInputElement>('input[name="account"]');
}

function moveTo(row: HTMLTableRowElement | undefined): void {
  if (!row) return;
  for (const other of rows()) other.classList.toggle("at", other === row);
  row.querySelector<HTMLAnchorElement>("a.name")?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function pressed(key: string): boolean {
  const all = rows();
  const at = all.findIndex((row) => row.classList.contains("at"));
  if (key === "j") moveTo(all[Math.min(at + 1, all.length - 1)]);
  else if (key === "k") moveTo(all[Math.max(at - 1, 0)]);
  else if (key === "x" && at >= 0) box(all[at]!)?.click();
  else return false;
  return true;
}

function showChosen(): void {
  const form = document.querySelector<HTMLFormElement>("#chosen");
  if (!form) return;
  const boxes = rows().map(box);
  const number = boxes.filter((one) => one?.checked).length;
  const everything = form.querySelector<HTMLInputElement>('input[name="all"]')?.checked ?? false;
  for (const row of rows()) {
    row.setAttribute("aria-selected", String(everything || (box(row)?.checked ?? false)));
  }
  for (const button of form.querySelectorAll<HTMLButtonElement>("[data-bulk]")) {
    button.disabled = number === 0 && !everything;
  }
  const all = form.querySelector<HTMLInputElement>("[data-choose-all]");
  if (all) {
    all.checked = number > 0 && number === boxes.length;
    all.indeterminate = number > 0 && number < boxes.length;
  }
  const note = form.querySelector<HTMLElement>("[data-chosen-count]");
  if (note) {
    const words = (number === 1 ? note.dataset["one"] : note.dataset["many"]) ?? "";
    const some = number ? words.replace("#", String(number)) : "";
    note.textContent = everything ? (note.dataset["all"] ?? "") : some;
  }
}

/** What lies outside the swapped list has to follow the filters too. */
function followFilters(): void {
  const query = document.querySelector<HTMLElement>("#list")?.dataset["query"] ?? "";
  const present = document.querySelector<HTMLInputElement>("[data-present-query]");
  if (present) present.value = query;
  for (const link of document.querySelectorAll<HTMLAnchorElement>("[data-export], #more-filters")) {
    link.search = query;
  }
  showChosen();
}

document.addEventListener("change", (event) => {
  const target = event.target as HTMLInputElement;
  if (target.matches("[data-choose-all]")) {
    for (const row of rows()) {
      const one = box(row);
      if (one) one.checked = target.checked;
    }
  }
  if (target.closest("#chosen")) showChosen();
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  if (pressed(event.key)) event.preventDefault();
});
document.addEventListener("htmx:afterSwap", (event) => {
  if ((event as CustomEvent<{ target: Element }>).detail.target.id === "list") followFilters();
});
showChosen();
