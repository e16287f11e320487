// What the check found is drawn once, in the health column; each finding is shown beside its part
// too, whenever either of them is loaded again.
function place(): void {
  const found = document.querySelectorAll<HTMLElement>("#plan-health [data-finding]");
  for (const host of document.querySelectorAll<HTMLElement>("[data-findings]")) {
    const uid = host.closest<HTMLElement>("[data-part]")?.dataset["part"];
    const copies = [...found]
      .filter((one) => uid && one.dataset["finding"] === uid && !one.classList.contains("waived"))
      .map((one) => copyOf(one));
    host.replaceChildren(...copies);
  }
}

function copyOf(one: HTMLElement): Node {
  const copy = one.cloneNode(true) as HTMLElement;
  delete copy.dataset["finding"];
  // Beside the part there is nowhere to go.
  copy.querySelector("a")?.remove();
  return copy;
}

export function placeFindings(): void {
  document.body.addEventListener("htmx:afterSwap", () => window.setTimeout(place));
}
