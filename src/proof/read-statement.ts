/**
 * A sheet read as a statement, by the places of `layout.ts`. Labels are not looked at, so it reads both
 * languages. Null for a sheet that states nothing of this form, however well it is signed.
 */
import * as v from "valibot";
import { addressOf, type SheetCell } from "./cells";
import { columns, places } from "./layout";
import { missingUnits, statementSchema, type ProofStatement } from "./statement";
import { readTime } from "./times";

type Cells = ReadonlyMap<string, SheetCell>;

function textAt(cells: Cells, address: string): string {
  const cell = cells.get(address);
  return cell?.type === "t" ? cell.value : "";
}

/** NaN for a cell that holds no number: no schema takes it. */
function numberAt(cells: Cells, row: number, column: number): number {
  const cell = cells.get(addressOf({ row, column }));
  return cell?.type === "n" ? Number(cell.value) : Number.NaN;
}

/** Null where a text stands instead, and where nothing stands. */
function expectedAt(cells: Cells, row: number): number | null {
  const cell = cells.get(addressOf({ row, column: columns.expected }));
  return cell?.type === "n" ? Number(cell.value) : null;
}

function readLines(cells: Cells) {
  const lines = [];
  for (let row: number = places.firstLine; cells.has(addressOf({ row, column: columns.onHand }));) {
    lines.push({
      sku: textAt(cells, addressOf({ row, column: columns.sku })),
      onHand: numberAt(cells, row, columns.onHand),
      reserved: numberAt(cells, row, columns.reserved),
      available: numberAt(cells, row, columns.available),
      expected: expectedAt(cells, row),
      requirement: numberAt(cells, row, columns.requirement),
      missing: numberAt(cells, row, columns.missing),
    });
    row += 1;
  }
  return lines;
}

export function readStatement(list: readonly SheetCell[]): ProofStatement | null {
  const cells: Cells = new Map(list.map((cell) => [addressOf(cell), cell]));
  const [, book = "", seq = "", head = ""] =
    /^(\S+) #(\d{1,16}) (\S+)$/.exec(textAt(cells, places.book)) ?? [];
  const stream = readTime(textAt(cells, places.stream));
  const lines = readLines(cells);
  const parsed = v.safeParse(statementSchema, {
    seller: textAt(cells, places.seller),
    creator: textAt(cells, places.creator),
    streamAt: stream,
    asOf: readTime(textAt(cells, places.asOf)),
    validUntil: readTime(textAt(cells, places.validUntil)),
    fingerprint: textAt(cells, places.fingerprint),
    book,
    head,
    seq: Number(seq),
    lines,
  });
  if (!parsed.success) return null;
  const isSound = parsed.output.lines.every(
    (line, index) => missingUnits(line) === lines[index]?.missing,
  );
  return isSound ? parsed.output : null;
}
