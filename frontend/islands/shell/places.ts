// A phone's bar of places is wider than its window for who has many: show the one that is open.
export function showPlace(): void {
  const bar = document.querySelector<HTMLElement>(".mainnav");
  const here = bar?.querySelector<HTMLElement>("[aria-current]");
  if (bar && here && bar.scrollWidth > bar.clientWidth) {
    bar.scrollLeft = here.offsetLeft - (bar.clientWidth - here.offsetWidth) / 2;
  }
}
