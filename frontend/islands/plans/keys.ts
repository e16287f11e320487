// Keys on parts: every deed of the mouse has one. `?` lists them.
import { htmx } from "../shell/htmx";
import { isTyping } from "../shell/keys";
import { focusPart } from "./opening";

const DEEDS: Record<string, string> = {
  e: "edit",
  Enter: "edit",
  a: "add",
  m: "move",
  c: "comment",
  y: "keep",
  x: "mark",
  Delete: "remove",
};

function parts(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-part]")].filter((one) => one.checkVisibility());
}

function here(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>("[data-part]") ?? null;
}

function nearest(all: HTMLElement[], by: number): HTMLElement | undefined {
  const from = document.activeElement;
  if (!from || from === document.body) return all[0];
  const wanted = by > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
  return all.find((one) => from.compareDocumentPosition(one) & wanted) ?? all[0];
}

/** From a part to its neighbour; from anything else to the part that comes next there. */
function step(by: number): boolean {
  const all = parts();
  const at = all.findIndex((one) => one === here());
  const next = at < 0 ? nearest(by > 0 ? all : all.reverse(), by) : all[at + by];
  if (next) focusPart(next);
  return next !== undefined;
}

/** The part's own button or link, not one of a part that hangs below it. */
function deed(part: HTMLElement, name: string): boolean {
  const found = part.querySelector<HTMLElement>(`:scope > .part-body [data-act="${name}"]`);
  found?.click();
  return found !== null;
}

function addToSection(): boolean {
  const part = here();
  const cards = part?.closest(".cards") ?? document.querySelector("details.plan-section[open] .cards");
  const link = cards?.querySelector<HTMLElement>("[data-add]");
  link?.click();
  return link !== undefined && link !== null;
}

function undo(): boolean {
  const form = [...document.querySelectorAll<HTMLFormElement>("#toasts form")].at(-1);
  form?.requestSubmit();
  return form !== undefined;
}

function shift(part: HTMLElement, way: "up" | "down"): boolean {
  const link = part.querySelector<HTMLAnchorElement>(':scope > .part-body [data-act="move"]');
  if (!link) return false;
  void htmx.ajax("post", link.href, { target: "#form-body", values: { step: way } });
  return true;
}

function pressed(event: KeyboardEvent): boolean {
  const part = here();
  if (event.altKey) {
    if (!part || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return false;
    return shift(part, event.key === "ArrowUp" ? "up" : "down");
  }
  if (event.key === "j" || event.key === "k") return step(event.key === "j" ? 1 : -1);
  if (event.key === "n") return addToSection();
  if (event.key === "u") return undo();
  const name = DEEDS[event.key];
  if (!part || !name) return false;
  // Enter on a link or a button inside the part is its own.
  if (event.key === "Enter" && document.activeElement !== part) return false;
  return deed(part, name);
}

function inForm(event: KeyboardEvent): void {
  const form = (event.target as Element).closest<HTMLFormElement>(".part-form");
  if (!form) return;
  if (event.key === "Escape") {
    form.querySelector<HTMLElement>("[data-cancel]")?.click();
    event.preventDefault();
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    form.requestSubmit(form.querySelector<HTMLButtonElement>("[data-another]") ?? undefined);
    event.preventDefault();
  }
}

export function listenForPartKeys(): void {
  document.addEventListener("keydown", (event) => {
    if ((event.target as Element).closest(".part-form")) return inForm(event);
    if (event.ctrlKey || event.metaKey || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (pressed(event)) event.preventDefault();
  });
}
