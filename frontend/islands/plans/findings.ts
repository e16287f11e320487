// What the check found is drawn once, in the health column; each finding is shown beside its part, or
// on top of its section, too, whenever either of them is loaded again.
function place(): void {
  const found = [...document.querySelectorAll<HTMLElement>("#plan-health [data-finding]:not(.waived)")];
  for (const host of document.querySelectorAll<HTMLElement>("[data-findings]")) {
    const part = host.closest<HTMLElement>("[data-part]");
    const uid = part?.dataset["part"];
    fill(host, found.filter((one) => uid && one.dataset["finding"] === uid), part?.id.slice(0, -37) ?? "");
  }
  for (const host of document.querySelectorAll<HTMLElement>("[data-section-findings]")) {
    const code = host.dataset["sectionFindings"] ?? "";
    fill(host, found.filter((one) => !one.dataset["finding"] && one.dataset["findingIn"] === code), code);
  }
}

/** `section` is where the copies stand: what is mended elsewhere leads there, the rest nowhere. */
function fill(host: HTMLElement, found: HTMLElement[], section: string): void {
  host.replaceChildren(
    ...found.map((one) => {
      const copy = one.cloneNode(true) as HTMLElement;
      delete copy.dataset["finding"];
      const link = copy.querySelector<HTMLElement>("a");
      if (link?.dataset["open"] === `section-${section}`) link.remove();
      return copy;
    }),
  );
}

export function placeFindings(): void {
  document.body.addEventListener("htmx:afterSwap", () => window.setTimeout(place));
}
