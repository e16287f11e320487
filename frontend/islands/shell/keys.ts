// Keys of the whole application; `?` lists them, those of the page's own islands included.
import { openDialog } from "./dialogs";
import { openPalette } from "./palette";

const GO_WITHIN_MS = 1200;
let goPressedAt = -Infinity;

/** True where a letter is text, not a command. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const field = target.closest("input, textarea, select, [contenteditable]");
  return field !== null && !(field instanceof HTMLInputElement && field.type === "checkbox");
}

function follow(selector: string): boolean {
  const link = document.querySelector<HTMLAnchorElement>(selector);
  link?.click();
  return link !== null;
}

function pressed(event: KeyboardEvent): boolean {
  const going = event.timeStamp - goPressedAt < GO_WITHIN_MS;
  goPressedAt = -Infinity;
  if (going && /^[a-z]$/.test(event.key)) return follow(`[data-go="${event.key}"]`);
  if (event.key === "g") {
    goPressedAt = event.timeStamp;
    return true;
  }
  if (event.key === "/") return openPalette();
  if (event.key === "?") return openDialog("keys") !== null;
  if (event.key === "[") return follow('a[rel="prev"]');
  if (event.key === "]") return follow('a[rel="next"]');
  return false;
}

export function listenForKeys(): void {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      if (openPalette()) event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (pressed(event)) event.preventDefault();
  });
}
