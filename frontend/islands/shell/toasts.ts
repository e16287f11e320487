// Short notices. The server sends them with the page or in an HX-Trigger header, some with an undo.
import { csrfToken } from "./htmx";

const SHOWN_MS = 8000;
const MOST_SHOWN = 3;

interface Notice {
  text: string;
  undo?: string;
  error?: boolean;
}

function leaveLater(toast: HTMLElement): void {
  let timer = 0;
  const start = (): void => {
    timer = window.setTimeout(() => toast.remove(), SHOWN_MS);
  };
  // Nobody should lose an undo while reading it.
  for (const name of ["mouseenter", "focusin"]) toast.addEventListener(name, () => clearTimeout(timer));
  for (const name of ["mouseleave", "focusout"]) toast.addEventListener(name, start);
  start();
}

export function toast(notice: Notice): void {
  const list = document.getElementById("toasts");
  const template = document.querySelector<HTMLTemplateElement>("#toast-template");
  const item = template?.content.firstElementChild?.cloneNode(true);
  if (!list || !(item instanceof HTMLElement)) return;
  item.querySelector("p")!.textContent = notice.text;
  item.classList.toggle("toast-error", notice.error ?? false);
  const undo = item.querySelector("form");
  if (undo && notice.undo) {
    undo.action = notice.undo;
    undo.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")!.value = csrfToken();
  } else {
    undo?.remove();
  }
  list.append(item);
  // Many edits in a row must not wall off the page.
  while (list.children.length > MOST_SHOWN) list.firstElementChild?.remove();
  leaveLater(item);
}

export function wireToasts(): void {
  document.querySelectorAll<HTMLElement>("#toasts > .toast:not(.toast-error)").forEach(leaveLater);
  document.addEventListener("click", (event) => {
    (event.target as Element).closest("[data-dismiss]")?.closest(".toast")?.remove();
  });
  document.body.addEventListener("toast", (event) => toast((event as CustomEvent<Notice>).detail));
  for (const name of ["htmx:responseError", "htmx:sendError"]) {
    document.body.addEventListener(name, () => {
      const list = document.getElementById("toasts");
      toast({ text: list?.dataset["failed"] ?? "", error: true });
    });
  }
}
