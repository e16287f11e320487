// Sections open from the outline and from findings; after an edit the focus stays on its part, and
// the dialog that it was made in closes.
function open(id: string): HTMLDetailsElement | null {
  const section = document.getElementById(id);
  if (!(section instanceof HTMLDetailsElement)) return null;
  section.open = true;
  return section;
}

function partIn(section: Element, uid: string): HTMLElement | null {
  return section.querySelector<HTMLElement>(`[data-part="${CSS.escape(uid)}"]`);
}

export function focusPart(part: HTMLElement): void {
  part.focus();
  part.scrollIntoView({ block: "nearest" });
}

function follow(link: HTMLElement, event: Event): void {
  const section = open(link.dataset["open"] ?? "");
  if (!section) return;
  event.preventDefault();
  const uid = link.dataset["goto"];
  const go = (): void => {
    const part = uid ? partIn(section, uid) : null;
    if (part) focusPart(part);
    else {
      section.querySelector<HTMLElement>(":scope > summary")?.focus({ preventScroll: true });
      section.scrollIntoView({ block: "start" });
    }
  };
  if (!uid || partIn(section, uid)) return go();
  // The section is on its way: its part is gone to once it is there.
  section.addEventListener("htmx:afterSettle", go, { once: true });
}

function edited(event: Event): void {
  const uid = (event as CustomEvent<{ part?: string }>).detail.part;
  for (const dialog of document.querySelectorAll<HTMLDialogElement>("dialog[open]")) {
    if (dialog.querySelector("[data-stays]") === null) dialog.close();
  }
  if (!uid) return;
  window.setTimeout(() => {
    const part = partIn(document.body, uid);
    if (part && !part.contains(document.activeElement)) focusPart(part);
  }, 30);
}

/** The first field that has nothing yet, or else the first. */
function focusForm(root: ParentNode): void {
  const form = root.querySelector<HTMLElement>(".part-form");
  const fields = [...(form?.querySelectorAll<HTMLInputElement>("input:not([type=hidden]), textarea, select") ?? [])];
  const isNew = form?.id.startsWith("form-slot-");
  (fields.find((one) => isNew && !one.value) ?? fields[0])?.focus();
}

export function openSections(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const link = target.closest<HTMLElement>("[data-open]");
    if (link && !(event as MouseEvent).ctrlKey && !(event as MouseEvent).metaKey) follow(link, event);
    const cleared = target.closest<HTMLElement>("[data-clear]");
    if (cleared) {
      event.preventDefault();
      const slot = document.getElementById(cleared.dataset["clear"] ?? "");
      slot?.replaceChildren();
      const home = slot?.closest<HTMLElement>("[data-part]") ?? slot?.closest(".cards")?.querySelector<HTMLElement>("[data-add]");
      home?.focus();
    }
  });
  document.body.addEventListener("planchanged", edited);
  // A form that arrives is what its reader came for.
  document.body.addEventListener("htmx:afterSettle", (event) => focusForm(event.target as Element));
  focusForm(document);
  const narrow = window.matchMedia("(max-width: 900px)");
  const fold = document.querySelector<HTMLDetailsElement>(".outline-fold");
  if (fold && narrow.matches) fold.open = false;
}
