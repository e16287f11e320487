// What is typed into a part's form is kept in the browser until the server has it: it comes back
// after a network that dropped, a sign-in that ended or a tab that closed. A draft remembers which
// version its writer saw, so that saving it late still shows what others changed.
const PREFIX = "groundplan-draft:";
const MOST_DAYS = 14;

interface Draft {
  at: number;
  seen: string | null;
  values: [string, string][];
}

function keyOf(form: HTMLFormElement): string {
  return PREFIX + (form.dataset["draft"] ?? "");
}

function valuesOf(form: HTMLFormElement): [string, string][] {
  const skipped = new Set(["csrfmiddlewaretoken", "seen", "sent"]);
  return [...new FormData(form)]
    .filter((pair): pair is [string, string] => typeof pair[1] === "string")
    .filter(([name]) => !skipped.has(name));
}

function read(key: string): Draft | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") as Draft | null;
  } catch {
    return null;
  }
}

function keep(form: HTMLFormElement): void {
  const seen = form.querySelector<HTMLInputElement>("[name=seen]")?.value ?? null;
  const draft: Draft = { at: Date.now(), seen, values: valuesOf(form) };
  try {
    localStorage.setItem(keyOf(form), JSON.stringify(draft));
  } catch {
    // A full or forbidden store: the form still works, it is just not kept.
  }
}

function put(form: HTMLFormElement, draft: Draft): void {
  for (const control of form.elements) {
    if (control instanceof HTMLInputElement && ["checkbox", "radio"].includes(control.type)) {
      control.checked = draft.values.some(([name, value]) => name === control.name && value === control.value);
    } else if (
      control instanceof HTMLTextAreaElement ||
      control instanceof HTMLSelectElement ||
      (control instanceof HTMLInputElement && control.type !== "hidden")
    ) {
      const found = draft.values.find(([name]) => name === control.name);
      if (found) control.value = found[1];
    }
  }
  const seen = form.querySelector<HTMLInputElement>("[name=seen]");
  if (seen && draft.seen) seen.value = draft.seen;
}

function restore(form: HTMLFormElement): void {
  const key = keyOf(form);
  const draft = read(key);
  // A form that was refused has what was typed already.
  if (!draft || form.querySelector("[aria-invalid], .clash, [role=alert]")) return;
  if (JSON.stringify(draft.values) === JSON.stringify(valuesOf(form))) {
    localStorage.removeItem(key);
    return;
  }
  const before = valuesOf(form);
  const seen = form.querySelector<HTMLInputElement>("[name=seen]")?.value ?? null;
  put(form, draft);
  const note = form.querySelector<HTMLElement>("[data-draft-note]");
  if (!note) return;
  note.hidden = false;
  note.querySelector("[data-draft-drop]")?.addEventListener("click", () => {
    localStorage.removeItem(key);
    put(form, { at: 0, seen, values: before });
    note.hidden = true;
  });
}

function restoreIn(root: ParentNode): void {
  root.querySelectorAll<HTMLFormElement>("form[data-draft]").forEach(restore);
}

function forgetOld(): void {
  const oldest = Date.now() - MOST_DAYS * 86_400_000;
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX) && (read(key)?.at ?? 0) < oldest) localStorage.removeItem(key);
  }
}

/** Forms sent without htmx: gone where the next page isn't the form again, nor a door. */
function forgetSent(): void {
  const sent = sessionStorage.getItem(`${PREFIX}sent`);
  if (!sent || location.pathname.startsWith("/sign-in")) return;
  sessionStorage.removeItem(`${PREFIX}sent`);
  const again = [...document.querySelectorAll<HTMLFormElement>("form[data-draft]")].some((one) => keyOf(one) === sent);
  if (!again) localStorage.removeItem(sent);
}

export function keepDrafts(): void {
  forgetOld();
  forgetSent();
  restoreIn(document);
  document.body.addEventListener("htmx:afterSettle", (event) => restoreIn(event.target as Element));
  document.addEventListener("input", (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>("form[data-draft]");
    if (form) keep(form);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.dataset["draft"] && !form.hasAttribute("hx-post")) sessionStorage.setItem(`${PREFIX}sent`, keyOf(form));
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const detail = (event as CustomEvent<{ xhr: XMLHttpRequest; requestConfig: { elt: Element; verb: string } }>).detail;
    const form = detail.requestConfig.elt.closest<HTMLFormElement>("form[data-draft]");
    // Only what the server took is forgotten: a refusal or a conflict is still being worked on.
    if (form && detail.requestConfig.verb === "post" && detail.xhr.status === 200) {
      localStorage.removeItem(keyOf(form));
    }
  });
  document.addEventListener("click", (event) => {
    const form = (event.target as Element).closest("[data-cancel]")?.closest<HTMLFormElement>("form[data-draft]");
    if (form) localStorage.removeItem(keyOf(form));
  });
}
