// The Ctrl-K palette: a combobox whose results the server renders as links.
import { openDialog } from "./dialogs";

const WAIT_MS = 120;
let timer = 0;
let asked = 0;

function input(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>("#palette-text");
}

function options(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("#palette-results [role='option']")];
}

function select(index: number): void {
  const all = options();
  all.forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
  const chosen = all[index];
  chosen?.scrollIntoView({ block: "nearest" });
  input()?.setAttribute("aria-activedescendant", chosen?.id ?? "");
}

function selected(): number {
  return options().findIndex((option) => option.getAttribute("aria-selected") === "true");
}

async function ask(text: string): Promise<void> {
  const mine = ++asked;
  const results = document.getElementById("palette-results");
  const address = results?.dataset["address"];
  if (!results || !address) return;
  const response = await fetch(`${address}?${new URLSearchParams({ q: text })}`, {
    headers: { "HX-Request": "true" },
  });
  // A slower, older answer must not replace a newer one.
  if (mine !== asked || !response.ok) return;
  results.innerHTML = await response.text();
  input()?.setAttribute("aria-expanded", String(options().length > 0));
  select(0);
}

/** Opens the palette; false where the page has none (nobody is signed in). */
export function openPalette(): boolean {
  if (!openDialog("palette")) return false;
  const field = input();
  field?.focus();
  field?.select();
  void ask(field?.value ?? "");
  return true;
}

function move(event: KeyboardEvent): void {
  const count = options().length;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const step = event.key === "ArrowDown" ? 1 : -1;
    if (count) select((selected() + step + count) % count);
    event.preventDefault();
  } else if (event.key === "Enter") {
    options()[selected()]?.click();
    event.preventDefault();
  }
}

export function wirePalette(): void {
  const field = input();
  field?.addEventListener("keydown", move);
  field?.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(field.value), WAIT_MS);
  });
  document.addEventListener("click", (event) => {
    const opener = (event.target as Element).closest("[data-palette]");
    if (opener && openPalette()) event.preventDefault();
    const command = (event.target as Element).closest<HTMLElement>("[data-command]");
    if (command) run(command, event);
  });
}

/** Commands that act on the page instead of leading elsewhere. */
function run(link: HTMLElement, event: Event): void {
  const [name, argument] = (link.dataset["command"] ?? "").split(":");
  link.closest("dialog")?.close();
  event.preventDefault();
  if (name === "theme") {
    document.querySelector<HTMLElement>(`button[data-theme-choice="${argument}"]`)?.click();
  } else if (name === "keys") {
    openDialog("keys");
  } else if (name === "print") {
    window.print();
  }
}
