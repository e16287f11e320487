// What goes on behind the page: asked for now and then, more often while something does. Numbers
// are never swapped under a reader's eyes: when there are newer ones, reloading is offered.
const MOST_SECONDS = 300;

let failures = 0;

function pause(host: HTMLElement): number {
  const again = Number(host.querySelector<HTMLElement>("[data-again]")?.dataset["again"] ?? 30);
  return Math.min(again * 2 ** failures, MOST_SECONDS) * 1000;
}

async function ask(host: HTMLElement): Promise<void> {
  // A page that nobody looks at asks nothing; it catches up when it is looked at.
  if (document.hidden) return;
  try {
    const response = await fetch(host.dataset["address"] ?? "", {
      headers: { "HX-Request": "true" },
      cache: "no-cache",
    });
    failures = response.ok ? 0 : failures + 1;
    if (!response.ok) return;
    const said = await response.text();
    if (said.trim() !== host.innerHTML.trim()) host.innerHTML = said;
  } catch {
    failures += 1;
  }
}

export function watchWork(): void {
  const host = document.querySelector<HTMLElement>("#work[data-address]");
  if (!host) return;
  let timer = 0;
  const later = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(host).then(later), pause(host));
  };
  later();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    clearTimeout(timer);
    void ask(host).then(later);
  });
  host.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-reload]")) location.reload();
  });
}
