// Dragging parts of a tree; "Move to" and Alt with an arrow do the same by keyboard.
import Sortable from "sortablejs";
import { htmx } from "../shell/htmx";

const HOMES: Record<string, string> = { initiative: "strategy", tactic: "initiative", contingency: "risk" };

function address(part: HTMLElement): string | undefined {
  return part.querySelector<HTMLAnchorElement>(':scope > .part-body [data-act="move"]')?.href;
}

function dropped(event: Sortable.SortableEvent): void {
  const part = event.item;
  const target = address(part);
  if (!target) return;
  let next = part.nextElementSibling;
  while (next && !(next instanceof HTMLElement && next.dataset["part"])) next = next.nextElementSibling;
  const values: Record<string, string> = {
    parent: event.to.dataset["below"] ?? "",
    before: (next as HTMLElement | null)?.dataset["part"] ?? "",
  };
  void htmx.ajax("post", target, { target: "#form-body", values });
}

function allowed(list: HTMLElement, part: HTMLElement): boolean {
  const home = list.closest<HTMLElement>("[data-part]")?.dataset["kind"];
  const wanted = HOMES[part.dataset["kind"] ?? ""];
  return wanted === undefined ? home === undefined : home === wanted;
}

/** What is dragged puts styles on parts; copied over to those that come they break the policy. */
function undress(event: Event): void {
  const target = (event as CustomEvent<{ target: Element }>).detail.target;
  for (const one of target.querySelectorAll(".cards [style]")) one.removeAttribute("style");
}

function wire(root: ParentNode): void {
  for (const list of root.querySelectorAll<HTMLElement>(".cards, .children")) {
    const cards = list.closest<HTMLElement>(".cards");
    // A list with nothing in it yet is a place to drop on too.
    if (Sortable.get(list) || !cards?.querySelector('[data-act="move"]')) continue;
    const section = cards.dataset["section"] ?? "";
    Sortable.create(list, {
      group: { name: section, put: (to, _from, part) => allowed(to.el, part) },
      draggable: "[data-part]",
      handle: ".part-title, .status",
      emptyInsertThreshold: 24,
      // A tap that scrolls must not drag.
      delay: 200,
      delayOnTouchOnly: true,
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
      onStart: (event) => {
        cards.dataset["dragging"] = event.item.dataset["kind"] ?? "";
      },
      onEnd: (event) => {
        delete cards.dataset["dragging"];
        dropped(event);
      },
    });
  }
}

export function dragParts(): void {
  wire(document);
  document.body.addEventListener("htmx:beforeSwap", undress);
  document.body.addEventListener("htmx:afterSettle", (event) => {
    const target = event.target as HTMLElement;
    wire(target.closest(".section-body") ?? target);
  });
}
