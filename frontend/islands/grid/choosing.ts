// Choosing cells of the grid, by mouse and by keys, and asking what can be done with them.
//
// <div data-deeds="id of the bar" data-deed-dialog="id of a dialog with a #form-body">
// In the bar [data-chosen] tells how many, [data-ask] asks for the form at its address.
import { openDialog } from "../shell/dialogs";
import { htmx } from "../shell/htmx";

/** More than this at once the server refuses; an address with more grows too long. */
const MOST = 100;

export interface Place {
  row: number;
  column: string;
}

/** A row of the grid that can be chosen from: those of sums have no address. */
interface Row {
  key: string;
  address?: string;
}

/** What choosing needs of the grid. */
interface Grid {
  getDisplayedRowAtIndex(row: number): { data?: Row | undefined } | undefined;
  refreshCells(what: { columns: string[]; force: boolean }): void;
}

export class Choosing {
  private readonly chosen = new Set<string>();
  private anchor: Place | null = null;
  private focus: Place | null = null;
  private api: Grid | null = null;

  /** `columns` are the keys of columns that can be chosen from, from left to right. */
  constructor(
    private readonly bar: HTMLElement,
    private readonly dialog: string,
    private readonly columns: readonly string[],
  ) {
    for (const button of this.buttons("[data-ask]")) {
      button.addEventListener("click", () => this.ask(button.dataset["ask"] ?? ""));
    }
    for (const button of this.buttons("[data-choose-none]")) {
      button.addEventListener("click", () => this.none());
    }
  }

  start(api: Grid): void {
    this.api = api;
  }

  has(row: string | undefined, column: string): boolean {
    return row !== undefined && this.chosen.has(`${row}~${column}`);
  }

  focused(place: Place): void {
    this.focus = place;
  }

  /** Whether the click chose something, so that it opens nothing. */
  clicked(event: Event | null | undefined, place: Place): boolean {
    if (!(event instanceof MouseEvent) || !this.columns.includes(place.column)) return false;
    if (event.shiftKey) this.extend(this.anchor ?? place, place);
    else if (event.ctrlKey || event.metaKey) this.toggle(place);
    else return false;
    return true;
  }

  /** Whether the key was one for choosing. */
  pressed(event: KeyboardEvent, place: Place): boolean {
    if (event.key === " " && this.columns.includes(place.column)) {
      event.preventDefault();
      this.toggle(place);
      return true;
    }
    if (event.shiftKey && event.key.startsWith("Arrow")) {
      const anchor = this.anchor ?? place;
      // The grid moves its focus with the same key.
      setTimeout(() => this.extend(anchor, this.focus ?? place));
      return true;
    }
    return false;
  }

  private toggle(place: Place): void {
    const cell = this.cell(place);
    if (!cell) return;
    if (!this.chosen.delete(cell) && this.chosen.size < MOST) this.chosen.add(cell);
    this.anchor = place;
    this.show();
  }

  /** Choose the rectangle between two places, both included. */
  private extend(from: Place, to: Place): void {
    const [left, right] = [from, to].map(({ column }) => this.columns.indexOf(column));
    if (left === undefined || right === undefined || left < 0 || right < 0) return;
    const across = this.columns.slice(Math.min(left, right), Math.max(left, right) + 1);
    for (let row = Math.min(from.row, to.row); row <= Math.max(from.row, to.row); row++) {
      for (const column of across) {
        const cell = this.cell({ row, column });
        if (cell && this.chosen.size < MOST) this.chosen.add(cell);
      }
    }
    this.anchor = from;
    this.show();
  }

  private cell({ row, column }: Place): string | null {
    const found = this.api?.getDisplayedRowAtIndex(row)?.data;
    return found?.address ? `${found.key}~${column}` : null;
  }

  private none(): void {
    this.chosen.clear();
    this.anchor = null;
    this.show();
  }

  private show(): void {
    const number = this.chosen.size;
    const note = this.bar.querySelector<HTMLElement>("[data-chosen]");
    if (note) {
      const words = number === 0 ? "none" : number === 1 ? "one" : "many";
      note.textContent = (note.dataset[words] ?? "").replace("#", String(number));
    }
    for (const button of this.buttons("button")) button.disabled = number === 0;
    this.api?.refreshCells({ columns: [...this.columns], force: true });
  }

  private ask(address: string): void {
    const query = new URLSearchParams([...this.chosen].map((cell) => ["cell", cell]));
    const body = openDialog(this.dialog)?.querySelector("#form-body");
    if (body) void htmx.ajax("get", `${address}&${query}`, { target: body, swap: "innerHTML" });
  }

  private buttons(selector: string): NodeListOf<HTMLButtonElement> {
    return this.bar.querySelectorAll<HTMLButtonElement>(selector);
  }
}
