// What an edit leaves behind: where the focus goes once its part is swapped or gone, what is no longer
// only suggested, and other sections that show the same parts.
import { htmx } from "../shell/htmx";
import { focusPart } from "./opening";

const SHOWN_TOO: Record<string, string[]> = {
  strategies: ["work"],
  work: ["strategies", "capacity"],
  risks: ["contingencies"],
  contingencies: ["risks"],
};

let next: HTMLElement | null = null;
let swapped: Element | null = null;

function neighbour(part: HTMLElement): HTMLElement | null {
  const section = part.closest(".cards");
  const others = [...(section?.querySelectorAll<HTMLElement>("[data-part]") ?? [])].filter((one) => !part.contains(one));
  const after = others.find((one) => part.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
  return after ?? others.at(-1) ?? section?.querySelector<HTMLElement>("[data-add]") ?? null;
}

function remember(event: Event): void {
  const detail = (event as CustomEvent<{ target: Element; requestConfig: { verb: string } }>).detail;
  if (detail.requestConfig.verb !== "post") return;
  swapped = detail.target;
  next = swapped instanceof HTMLElement && swapped.dataset["part"] ? neighbour(swapped) : null;
}

/** Whoever works by keys goes on from where they were, not from the top of the page. */
function focusLeft(): void {
  if (document.activeElement && document.activeElement !== document.body) return;
  const within = swapped?.isConnected ? swapped : document.getElementById(swapped?.id ?? "");
  const inside = (wanted: string): HTMLElement | null => within?.querySelector<HTMLElement>(wanted) ?? null;
  const found = next?.isConnected ? next : (inside("[data-part]") ?? inside("a[href], button"));
  if (found?.dataset["part"]) focusPart(found);
  else found?.focus();
}

function drawKept(uid: string): void {
  for (const part of document.querySelectorAll<HTMLElement>(`[data-part="${CSS.escape(uid)}"].suggested`)) {
    const open = part.querySelector(':scope > .part-body > .part-head [data-act="keep"], :scope > .part-body > .part-form');
    if (!open) part.classList.remove("suggested");
  }
}

function again(section: HTMLDetailsElement): void {
  const body = section.querySelector<HTMLElement>(".section-body");
  const plan = document.getElementById("workspace")?.dataset["plan"];
  if (!body || !plan || body.querySelector(".lazy, .part-form")) return;
  delete section.dataset["stale"];
  const code = section.id.replace("section-", "");
  void htmx.ajax("get", `/plans/${plan}/section/${code}/`, { target: body, swap: "innerHTML" });
}

function refresh(): void {
  const code = swapped?.closest(".plan-section")?.id.replace("section-", "") ?? "";
  for (const other of SHOWN_TOO[code] ?? []) {
    const section = document.getElementById(`section-${other}`);
    if (!(section instanceof HTMLDetailsElement)) continue;
    if (section.open) again(section);
    else section.dataset["stale"] = "1";
  }
}

/** A form that was left without saving gives the focus back to its part. */
function left(event: Event): void {
  const target = event.target as HTMLElement;
  if (!target.id.startsWith("body-") || target.querySelector(".part-form")) return;
  const part = target.closest<HTMLElement>("[data-part]");
  if (part && (!document.activeElement || document.activeElement === document.body)) focusPart(part);
}

export function followEdits(): void {
  document.body.addEventListener("htmx:afterSettle", left);
  document.body.addEventListener("htmx:beforeSwap", remember);
  document.body.addEventListener("planchanged", (event) => {
    const uid = (event as CustomEvent<{ part?: string }>).detail.part;
    window.setTimeout(() => {
      if (uid) drawKept(uid);
      refresh();
      focusLeft();
    }, 60);
  });
  document.addEventListener("toggle", (event) => {
    const section = event.target;
    if (section instanceof HTMLDetailsElement && section.open && section.dataset["stale"]) again(section);
  }, true);
}
