/** One sheet of the workbook in memory: its cells, sizes, merges and rules. */
import { type Area, type Box, contains, intersection, isWholeColumns, isWholeRows } from "./area";
import {
  type Border,
  type BorderSide,
  type Cell,
  type CellEntry,
  type CellStyle,
  type CellValue,
  type ConditionalFacts,
  isCellError,
  plainStyle,
  type SheetFacts,
  type Shift,
  type StylePatch,
} from "./backend";

interface StoredCell {
  readonly value: CellValue;
  readonly formula: string | null;
  readonly style: CellStyle;
}

const blankCell: StoredCell = { value: null, formula: null, style: plainStyle };

function textOf(value: CellValue): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  return isCellError(value) ? value.error : String(value);
}

function patched(style: CellStyle, patch: StylePatch): CellStyle {
  const { borders, ...rest } = patch;
  const sides: Partial<Record<BorderSide, Border>> = { ...style.borders };
  for (const [side, border] of Object.entries(borders ?? {}) as [BorderSide, Border | null][]) {
    if (border === null) Reflect.deleteProperty(sides, side);
    else sides[side] = border;
  }
  return { ...style, ...rest, borders: sides };
}

export class MemorySheet {
  facts: SheetFacts;
  merges: readonly Box[] = [];
  conditionals: readonly ConditionalFacts[] = [];
  readonly widths = new Map<number, number>();
  readonly heights = new Map<number, number>();
  /** By row, then column. */
  #cells = new Map<number, Map<number, StoredCell>>();

  constructor(facts: SheetFacts) {
    this.facts = facts;
  }

  #stored(row: number, column: number): StoredCell {
    return this.#cells.get(row)?.get(column) ?? blankCell;
  }

  #store(row: number, column: number, cell: StoredCell): void {
    const columns = this.#cells.get(row) ?? new Map<number, StoredCell>();
    this.#cells.set(row, columns.set(column, cell));
  }

  value(row: number, column: number): CellValue {
    return this.#stored(row, column).value;
  }

  read(area: Box): readonly (readonly Cell[])[] {
    const used = this.usedBox(false);
    const rows = Math.min(area.rows, used === null ? 0 : used.row + used.rows - area.row);
    const width = used === null ? 0 : used.column + used.columns - area.column;
    const columns = Math.min(area.columns, width);
    return Array.from({ length: Math.max(0, rows) }, (_, r) =>
      Array.from({ length: Math.max(0, columns) }, (__, c): Cell => {
        const cell = this.#stored(area.row + r, area.column + c);
        const { fill, fontColor } = cell.style;
        return { ...cell, text: textOf(cell.value), shown: { fill, fontColor } };
      }),
    );
  }

  write(area: Box, entries: readonly (readonly CellEntry[])[]): void {
    for (const [r, entryRow] of entries.entries()) {
      for (const [c, entry] of entryRow.entries()) {
        if (entry === undefined) continue;
        const { style } = this.#stored(area.row + r, area.column + c);
        const content =
          "formula" in entry
            ? { value: 0, formula: entry.formula }
            : { value: entry.value, formula: null };
        this.#store(area.row + r, area.column + c, { ...content, style });
      }
    }
  }

  /** A format of whole columns or rows is kept for the cells that are there; null clears it. */
  restyle(area: Area, patch: StylePatch | null): void {
    const used = this.usedBox(false);
    const bounded = !isWholeColumns(area) && !isWholeRows(area);
    const box = bounded ? area : used === null ? null : intersection(area, used);
    if (box === null) return;
    for (let row = box.row; row < box.row + box.rows; row++) {
      for (let column = box.column; column < box.column + box.columns; column++) {
        const cell = this.#stored(row, column);
        const style = patch === null ? plainStyle : patched(cell.style, patch);
        this.#store(row, column, { ...cell, style });
      }
    }
  }

  usedBox(valuesOnly: boolean): Box | null {
    const rows: number[] = [];
    const columns: number[] = [];
    for (const [row, cells] of this.#cells) {
      for (const [column, cell] of cells) {
        const hasContent = cell.value !== null || cell.formula !== null;
        if (!hasContent && (valuesOnly || cell.style === plainStyle)) continue;
        rows.push(row);
        columns.push(column);
      }
    }
    if (rows.length === 0) return null;
    const row = Math.min(...rows);
    const column = Math.min(...columns);
    return {
      row,
      column,
      rows: Math.max(...rows) - row + 1,
      columns: Math.max(...columns) - column + 1,
    };
  }

  /** Cells move; formulas are not rewritten. */
  shift(area: Box, shift: Shift, remove: boolean): void {
    const vertical = shift === "Down" || shift === "Up";
    const step = (vertical ? area.rows : area.columns) * (remove ? -1 : 1);
    const old = this.#cells;
    this.#cells = new Map();
    for (const [row, cells] of old) {
      for (const [column, cell] of cells) {
        if (remove && contains(area, { row, column, rows: 1, columns: 1 })) continue;
        const affected = vertical
          ? row >= area.row && column >= area.column && column < area.column + area.columns
          : column >= area.column && row >= area.row && row < area.row + area.rows;
        const by = affected ? step : 0;
        this.#store(row + (vertical ? by : 0), column + (vertical ? 0 : by), cell);
      }
    }
  }

  unmerge(area: Box): void {
    this.merges = this.merges.filter((box) => intersection(box, area) === null);
  }

  merge(area: Box, across: boolean): void {
    this.unmerge(area);
    const count = across ? area.rows : 1;
    const added = Array.from({ length: count }, (_, index) =>
      across ? { ...area, row: area.row + index, rows: 1 } : area,
    );
    this.merges = [...this.merges, ...added];
  }

  putConditional(rule: ConditionalFacts): void {
    const known = this.conditionals.some((one) => one.id === rule.id);
    this.conditionals = known
      ? this.conditionals.map((one) => (one.id === rule.id ? rule : one))
      : [rule, ...this.conditionals];
  }
}
