// The whitespace grid: accounts down, products across, at 500 x 60 only what is seen is drawn.
//
// <div class="grid-host" data-source="address of GridPage as JSON" data-label="...">
// A cell with a reason opens it: data-cell is an address to which account and product are added,
// data-cell-dialog the id of the <dialog> whose [data-cell-body] takes the answer.
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

function productColumn(column: GridColumn, at: number, page: GridPage): ColDef<GridRow> {
  const cell = (row: GridRow | undefined): Cell | undefined => row?.cells[at];
  return {
    colId: column.key,
    headerName: column.label,
    headerTooltip: column.label,
    width: 104,
    valueGetter: ({ data }) => shown(cell(data)),
    cellClass: ({ data }: CellClassParams<GridRow>) => classes(cell(data)),
    tooltipValueGetter: ({ data }) => {
      const found = cell(data);
      const amount = Array.isArray(found) ? `, ${found[1]}` : "";
      return `${data?.label}, ${column.label}: ${page.words[stateOf(found)]}${amount}`;
    },
  };
}

function columns(page: GridPage): (ColDef<GridRow> | ColGroupDef<GridRow>)[] {
  const groups = new Map<string, ColDef<GridRow>[]>();
  page.columns.forEach((column, at) => {
    const members = groups.get(column.group) ?? [];
    groups.set(column.group, [...members, productColumn(column, at, page)]);
  });
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

function options(host: HTMLElement, page: GridPage): GridOptions<GridRow> {
  const open = (row: GridRow | undefined, column: string): void => {
    if (!row?.address) return;
    if (column === "account") location.assign(row.address);
    else if (column === "total") location.assign(row.totalAddress ?? location.href);
    else openReason(host, row.key, column);
  };
  return {
    theme: "legacy",
    columnDefs: columns(page),
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
    onCellClicked: ({ data, column, event }) => {
      if (!(event?.target as Element).closest("a")) open(data, column.getColId());
    },
    onCellKeyDown: ({ data, event, ...rest }) => {
      if (event instanceof KeyboardEvent && event.key === "Enter" && "column" in rest) {
        open(data, rest.column.getColId());
      }
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
  const grid = createGrid(host, options(host, page));
  grid.setGridAriaProperty("label", host.dataset["label"] ?? null);
}

document.querySelectorAll<HTMLElement>(".grid-host[data-source]").forEach((host) => void start(host));
