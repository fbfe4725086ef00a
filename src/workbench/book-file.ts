/**
 * The open workbook as plain data, and back: what the workbench keeps over a reload of its page, in
 * the form in which workbooks are opened (starter-workbook.ts).
 */
import { boxName, type Area } from "./backend/area";
import { type Cell, type CellStyle, isCellError, plainStyle } from "./backend/backend";
import type { WorkbookBackend } from "./backend/backend";
import type { Json } from "./richapi/json";
import type { StarterCell, StarterSheet, StarterStyle, StarterWorkbook } from "./starter-workbook";

/** What Excel keeps in the file beside the cells. */
export interface Beside {
  readonly settings: Map<string, Json>;
  readonly protectedSheets: Set<string>;
}

function styleOf(style: CellStyle): StarterStyle {
  const { borders, verticalAlign, fontName, fontSize, fontColor } = style;
  return {
    ...(style.bold ? { bold: true } : {}),
    ...(style.italic ? { italic: true } : {}),
    ...(fontSize === null ? {} : { size: fontSize }),
    ...(fontName === null ? {} : { font: fontName }),
    ...(fontColor === null ? {} : { color: fontColor }),
    ...(style.fill === null ? {} : { fill: style.fill }),
    ...(style.numberFormat === "General" ? {} : { numberFormat: style.numberFormat }),
    ...(style.align === null ? {} : { align: style.align }),
    ...(verticalAlign === null ? {} : { valign: verticalAlign }),
    ...(style.wrap ? { wrap: true } : {}),
    ...(Object.keys(borders).length === 0 ? {} : { borders }),
  };
}

class Styles {
  readonly named: Record<string, StarterStyle> = {};
  readonly #names = new Map<string, string>();

  nameOf(style: CellStyle): string | null {
    const text = JSON.stringify(style);
    if (text === JSON.stringify(plainStyle)) return null;
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    const name = `s${this.#names.size + 1}`;
    this.#names.set(text, name);
    this.named[name] = styleOf(style);
    return name;
  }
}

function cellOf(cell: Cell, styles: Styles): StarterCell | null {
  const s = styles.nameOf(cell.style);
  const style = s === null ? {} : { s };
  if (cell.formula !== null) return { ...style, f: cell.formula };
  const { value } = cell;
  if (value === null || isCellError(value)) return s === null ? null : style;
  return { ...style, v: value, ...(typeof value === "string" ? { t: "text" as const } : {}) };
}

/** Cells that another one spills into come back with its formula. */
function cellsOf(
  backend: WorkbookBackend,
  area: Area,
  styles: Styles,
): Record<string, StarterCell> {
  const cells: Record<string, StarterCell> = {};
  for (const [r, row] of backend.read(area).entries()) {
    for (const [c, cell] of row.entries()) {
      const kept = cellOf(cell, styles);
      const box = { row: area.row + r, column: area.column + c, rows: 1, columns: 1 };
      if (kept !== null) cells[boxName(box)] = kept;
    }
  }
  return cells;
}

function sizes(count: number, size: (index: number) => number, name: (index: number) => string) {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [name(i), size(i)]));
}

function sheetOf(
  backend: WorkbookBackend,
  id: string,
  styles: Styles,
  beside: Beside,
): StarterSheet {
  const facts = backend.sheets().find((one) => one.id === id);
  const box = backend.usedBox(id, false) ?? { row: 0, column: 0, rows: 1, columns: 1 };
  const [bottom, right] = [box.row + box.rows, box.column + box.columns];
  const letters = (index: number) =>
    boxName({ row: 0, column: index, rows: 1, columns: 1 }).replace("1", "");
  return {
    id,
    name: facts?.name ?? id,
    columnWidths: sizes(right + 2, (i) => backend.columnWidth(id, i), letters),
    rowHeights: sizes(
      bottom,
      (i) => backend.rowHeight(id, i),
      (i) => String(i + 1),
    ),
    freezeRows: facts?.frozenRows ?? 0,
    showGridlines: facts?.showGridlines ?? true,
    visibility: facts?.visibility ?? "Visible",
    ...(facts?.tabColor == null ? {} : { tabColor: facts.tabColor }),
    merges: backend.merges(id).map((one) => boxName(one)),
    cells: cellsOf(backend, { sheet: id, ...box }, styles),
    isProtected: beside.protectedSheets.has(id),
  };
}

export function bookOf(backend: WorkbookBackend, beside: Beside): StarterWorkbook {
  const styles = new Styles();
  const all = backend.sheets();
  const sheets = all.map(({ id }) => sheetOf(backend, id, styles, beside));
  const visible = backend.names().filter(({ formula }) => !formula.includes("#REF!"));
  return {
    name: backend.name.replace(/\.xlsx$/, ""),
    active: all.find(({ id }) => id === backend.activeSheet())?.name,
    sheets,
    styles: styles.named,
    names: Object.fromEntries(visible.map(({ name, formula }) => [name, formula.slice(1)])),
    parts: {
      tables: backend.tables(),
      conditionals: all.flatMap(({ id }) => backend.conditionals(id)),
      validations: all.flatMap(({ id }) => backend.validations(id)),
      charts: all.flatMap(({ id }) => backend.charts(id)),
      settings: [...beside.settings],
    },
  };
}

/** After the cells are there: what lies over them. */
export function applyParts(
  backend: WorkbookBackend,
  beside: Beside,
  { sheets, parts }: StarterWorkbook,
): void {
  for (const sheet of sheets) {
    if (sheet.isProtected && sheet.id !== undefined) beside.protectedSheets.add(sheet.id);
    if (sheet.id !== undefined && sheet.visibility !== "Visible") {
      backend.patchSheet(sheet.id, { visibility: sheet.visibility });
    }
  }
  if (parts === undefined) return;
  for (const table of parts.tables) backend.putTable(table);
  // The strongest rule comes last: each one enters above those before it.
  for (const rule of [...parts.conditionals].reverse()) backend.putConditional(rule);
  for (const rule of parts.validations) backend.putValidation(rule);
  for (const chart of parts.charts) backend.putChart(chart);
  for (const [key, value] of parts.settings) beside.settings.set(key, value);
}
