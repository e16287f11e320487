// The whitespace grid: accounts down, products across, at 500 x 60 only what is seen is drawn.
//
// <div class="grid-host" data-source="address of GridPage as JSON" data-label="...">
// A cell with a reason opens it: data-cell is an address to which account and product are added,
// data-cell-dialog the id of the <dialog> whose [data-cell-body] takes the answer. With data-deeds
// cells can be chosen: see grid/choosing.ts.
import {
  CellStyleModule,
  ClientSideRowModelModule,
  ColumnAutoSizeModule,
  createGrid,
  ModuleRegistry,
  PinnedRowModule,
  RenderApiModule,
  RowApiModule,
  ScrollApiModule,
  TooltipModule,
  type CellClassParams,
  type ColDef,
  type ColGroupDef,
  type GridOptions,
  type ICellRendererParams,
} from "ag-grid-community";
import { Choosing } from "./grid/choosing";
import { openDialog } from "./shell/dialogs";
import { htmx } from "./shell/htmx";

type State = "owned" | "open" | "competitor" | "in_house" | "not_applicable" | "whitespace";

/** State alone, or state with the text shown and how strong its tint is (0, none, to 3). */
type Cell = State | [state: State, text: string, level: number];

interface GridColumn {
  key: string;
  label: string;
  group: string;
}

/** Sums below the rows have only a label, a total and cells. */
interface Sums {
  label: string;
  total: string;
  totalValue: number;
  totalExact: string;
  cells: Cell[];
}

interface GridRow extends Sums {
  key: string;
  address?: string;
  tier?: string;
  totalAddress?: string;
}

interface GridPage {
  columns: GridColumn[];
  rows: GridRow[];
  footer?: Sums;
  words: Record<State | "account" | "total", string>;
}

const GLYPHS: Record<State, string> = {
  owned: "✓",
  open: "◐",
  competitor: "✕",
  in_house: "⌂",
  not_applicable: "–",
  whitespace: "+",
};

ModuleRegistry.registerModules([
  CellStyleModule,
  ClientSideRowModelModule,
  ColumnAutoSizeModule,
  PinnedRowModule,
  RenderApiModule,
  RowApiModule,
  ScrollApiModule,
  TooltipModule,
]);

function stateOf(cell: Cell | undefined): State {
  return cell === undefined ? "not_applicable" : typeof cell === "string" ? cell : cell[0];
}

function shown(cell: Cell | undefined): string {
  const glyph = GLYPHS[stateOf(cell)];
  return Array.isArray(cell) ? `${glyph} ${cell[1]}`.trim() : glyph;
}

function classes(cell: Cell | undefined): string[] {
  const level = Array.isArray(cell) ? [`cell-${cell[2]}`] : [];
  return [`cell-${stateOf(cell)}`, ...level];
}

function named({ data }: ICellRendererParams<GridRow>): HTMLElement {
  const box = document.createElement("span");
  if (!data) return box;
  if (data.tier) {
    const badge = document.createElement("span");
    badge.className = `tier tier-${data.tier.toLowerCase()}`;
    badge.textContent = data.tier;
    box.append(badge, " ");
  }
  const name = document.createElement(data.address ? "a" : "span");
  if (name instanceof HTMLAnchorElement) name.href = data.address ?? "";
  name.textContent = data.label;
  box.append(name);
  return box;
}

/** The number component: the text shown, the exact value, the way to its facts. */
function totalled({ data }: ICellRendererParams<GridRow>): HTMLElement {
  const number = document.createElement(data?.totalAddress ? "a" : "span");
  if (number instanceof HTMLAnchorElement) number.href = data?.totalAddress ?? "";
  number.className = "figure";
  number.dataset["value"] = data?.totalExact ?? "";
  number.textContent = data?.total ?? "";
  return number;
}

function productColumn(
  column: GridColumn,
  at: number,
  page: GridPage,
  choosing: Choosing | null,
): ColDef<GridRow> {
  const chosen = (row: GridRow | undefined): boolean => choosing?.has(row?.key, column.key) ?? false;
  const cell = (row: GridRow | undefined): Cell | undefined => row?.cells[at];
  return {
    colId: column.key,
    headerName: column.label,
    headerTooltip: column.label,
    width: 104,
    valueGetter: ({ data }) => (chosen(data) ? `☑ ${shown(cell(data))}` : shown(cell(data))),
    cellClassRules: { "cell-chosen": ({ data }) => chosen(data) },
    cellClass: ({ data }: CellClassParams<GridRow>) => classes(cell(data)),
    tooltipValueGetter: ({ data }) => {
      const found = cell(data);
      const amount = Array.isArray(found) ? `, ${found[1]}` : "";
      return `${data?.label}, ${column.label}: ${page.words[stateOf(found)]}${amount}`;
    },
  };
}

type Groups = Map<string, ColDef<GridRow>[]>;

function grouped(page: GridPage, choosing: Choosing | null): Groups {
  const groups: Groups = new Map();
  page.columns.forEach((column, at) => {
    const members = groups.get(column.group) ?? [];
    groups.set(column.group, [...members, productColumn(column, at, page, choosing)]);
  });
  return groups;
}

function columns(
  page: GridPage,
  choosing: Choosing | null,
): (ColDef<GridRow> | ColGroupDef<GridRow>)[] {
  const groups = grouped(page, choosing);
  const products = [...groups].flatMap<ColDef<GridRow> | ColGroupDef<GridRow>>(([name, members]) =>
    name ? [{ headerName: name, children: members }] : members,
  );
  return [
    {
      colId: "account",
      headerName: page.words.account,
      pinned: innerWidth > 760 ? "left" : false,
      width: innerWidth > 760 ? 240 : 160,
      field: "label",
      cellRenderer: named,
      cellClass: "cell-name",
      headerClass: "cell-name",
      tooltipField: "label",
    },
    {
      colId: "total",
      headerName: page.words.total,
      pinned: innerWidth > 760 ? "left" : false,
      width: 104,
      sort: null,
      valueGetter: ({ data }) => data?.totalValue ?? 0,
      cellRenderer: totalled,
      cellClass: "cell-total",
    },
    ...products,
  ];
}

function openReason(host: HTMLElement, row: string, column: string): void {
  const address = host.dataset["cell"];
  const dialog = openDialog(host.dataset["cellDialog"] ?? "");
  const body = dialog?.querySelector("[data-cell-body]");
  if (!address || !body) return;
  const query = new URLSearchParams({ account: row, product: column });
  void htmx.ajax("get", `${address}?${query}`, { target: body, swap: "innerHTML" });
}

function choosingOf(host: HTMLElement, page: GridPage): Choosing | null {
  const bar = document.getElementById(host.dataset["deeds"] ?? "");
  if (!bar) return null;
  const order = [...grouped(page, null).values()].flat().map(({ colId }) => colId ?? "");
  return new Choosing(bar, host.dataset["deedDialog"] ?? "", order);
}

function options(
  host: HTMLElement,
  page: GridPage,
  choosing: Choosing | null,
): GridOptions<GridRow> {
  const open = (row: GridRow | undefined, column: string): void => {
    if (!row?.address) return;
    if (column === "account") location.assign(row.address);
    else if (column === "total") location.assign(row.totalAddress ?? location.href);
    else openReason(host, row.key, column);
  };
  return {
    theme: "legacy",
    columnDefs: columns(page, choosing),
    rowData: page.rows,
    ...(page.footer ? { pinnedBottomRowData: [{ key: "footer", ...page.footer }] } : {}),
    defaultColDef: { sortable: true, resizable: false, suppressMovable: true, wrapHeaderText: true },
    rowHeight: 30,
    headerHeight: 60,
    groupHeaderHeight: 26,
    tooltipShowDelay: 400,
    animateRows: false,
    suppressCellFocus: false,
    getRowId: ({ data }) => data.key,
    onCellFocused: ({ rowIndex, column }) => {
      const key = typeof column === "string" ? column : column?.getColId();
      if (rowIndex !== null && key) choosing?.focused({ row: rowIndex, column: key });
    },
    onCellClicked: ({ data, column, event, rowIndex }) => {
      if (choosing?.clicked(event, { row: rowIndex ?? -1, column: column.getColId() })) return;
      if (!(event?.target as Element).closest("a")) open(data, column.getColId());
    },
    onCellKeyDown: ({ data, event, rowIndex, ...rest }) => {
      if (!(event instanceof KeyboardEvent) || !("column" in rest)) return;
      const column = rest.column.getColId();
      if (choosing?.pressed(event, { row: rowIndex ?? -1, column })) return;
      if (event.key === "Enter") open(data, column);
    },
  };
}

async function start(host: HTMLElement): Promise<void> {
  const source = host.dataset["source"];
  if (!source) return;
  host.setAttribute("aria-busy", "true");
  const response = await fetch(source, { headers: { Accept: "application/json" } });
  host.removeAttribute("aria-busy");
  if (!response.ok) {
    document.body.dispatchEvent(new CustomEvent("htmx:responseError"));
    return;
  }
  const page = (await response.json()) as GridPage;
  host.classList.add("ag-theme-quartz");
  host.replaceChildren();
  const choosing = choosingOf(host, page);
  const grid = createGrid(host, options(host, page, choosing));
  choosing?.start(grid);
  grid.setGridAriaProperty("label", host.dataset["label"] ?? null);
}

document.querySelectorAll<HTMLElement>(".grid-host[data-source]").forEach((host) => void start(host));
