/** What a formula refers to, as far as a rule that is filled over a range has to know. Pure. */
import { type Box, columnIndex, columnName } from "./area";

/** Rows or columns that came (`count` more than 0) or went at `at`. */
export interface Move {
  readonly axis: "row" | "column";
  readonly at: number;
  readonly count: number;
}

const CELL = /(?<![\w.$!'])(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})(?![\w(.!])/g;
const RELATIVE_COLUMN = /(?<![\w.$])[A-Za-z]{1,3}(?:\$?\d{1,7}(?![\w(.!])|:)|:[A-Za-z]{1,3}(?!\w)/;
const RELATIVE_ROW = /(?<![\w.])\$?[A-Za-z]{1,3}\d{1,7}(?![\w(.!])|(?<![\w.$])\d{1,7}:|:\d{1,7}/;
/** Functions whose answer may depend on the cell that asks. */
const OF_PLACE = /\b(?:ROW|COLUMN|CELL|OFFSET|INDIRECT|RAND\w*)\s*\(/i;

/** Without its texts, which may look like references. */
const bare = (formula: string) => formula.replaceAll(/"(?:[^"]|"")*"/g, '""');

/** The part of `box` whose cells can have different answers: the rest repeats its first row or column. */
export function differingPart(formula: string, box: Box): Box {
  const text = bare(formula);
  if (OF_PLACE.test(text)) return box;
  return {
    ...box,
    rows: RELATIVE_ROW.test(text) ? box.rows : 1,
    columns: RELATIVE_COLUMN.test(text) ? box.columns : 1,
  };
}

/** Where a cell went; null when it was taken out. */
function moved(index: number, { at, count }: Move): number | null {
  if (index < at) return index;
  return count < 0 && index < at - count ? null : index + count;
}

/** Where a box went; null when nothing of it is left. */
export function movedBox<B extends Box>(box: B, move: Move): B | null {
  const [start, size] = move.axis === "row" ? [box.row, box.rows] : [box.column, box.columns];
  if (start + size <= move.at) return box;
  const isPushed = start >= move.at;
  const first = isPushed ? Math.max(move.at, start + move.count) : start;
  const lost =
    move.count < 0 ? Math.min(start + size, move.at - move.count) - Math.max(start, move.at) : 0;
  const left = isPushed || move.count < 0 ? size - Math.max(0, lost) : size + move.count;
  if (left <= 0) return null;
  return move.axis === "row"
    ? { ...box, row: first, rows: left }
    : { ...box, column: first, columns: left };
}

/**
 * The formula of a rule after the move, for the sheet that it stands on. What stands relative to the
 * rule's first cell stays so when that cell is taken out; an absolute reference to it is lost.
 */
export function movedFormula(formula: string, move: Move): string {
  const parts = formula.split(/("(?:[^"]|"")*")/);
  return parts
    .map((part, index) => {
      if (index % 2 === 1) return part;
      return part.replaceAll(
        CELL,
        (whole: string, dollarColumn: string, column: string, dollarRow: string, row: string) => {
          const isRow = move.axis === "row";
          const to = moved(isRow ? Number(row) - 1 : columnIndex(column), move);
          const isFixed = (isRow ? dollarRow : dollarColumn) !== "";
          if (to === null) return isFixed ? "#REF!" : whole;
          const [c, r] = isRow ? [column, String(to + 1)] : [columnName(to), row];
          return `${dollarColumn}${c}${dollarRow}${r}`;
        },
      );
    })
    .join("");
}
