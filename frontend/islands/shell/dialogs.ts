// Buttons with data-dialog open the <dialog> of that id; data-close closes the one around it.
export function openDialog(id: string): HTMLDialogElement | null {
  const dialog = document.getElementById(id);
  if (!(dialog instanceof HTMLDialogElement)) return null;
  if (!dialog.open) dialog.showModal();
  return dialog;
}

export function wireDialogs(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const opener = target.closest<HTMLElement>("[data-dialog]");
    if (opener && openDialog(opener.dataset["dialog"] ?? "")) event.preventDefault();
    if (target.closest("[data-close]")) {
      // A link that closes its dialog leads to the page that stands behind it already.
      event.preventDefault();
      target.closest("dialog")?.close();
    }
    // A click on the backdrop lands on the dialog itself, outside its box.
    if (target instanceof HTMLDialogElement && outside(target, event)) target.close();
  });
}

function outside(dialog: HTMLDialogElement, event: MouseEvent): boolean {
  const box = dialog.getBoundingClientRect();
  const across = event.clientX < box.left || event.clientX > box.right;
  return across || event.clientY < box.top || event.clientY > box.bottom;
}
