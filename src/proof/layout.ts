/**
 * A statement as a sheet: which cell says what, and how it looks. `read-statement.ts` reads it back by
 * the same places, whatever the language. A sheet of another form is another version of the seal.
 */
import type { ProofSheetWords } from "../locale/proof-messages";
import { addressOf, type SheetCell } from "./cells";
import { missingUnits, type ProofLine, type ProofStatement } from "./statement";
import { writeTime } from "./times";

/** Looks of a cell; `xlsx/styles.ts` has them. */
export type StyleName =
  | "plain"
  | "title"
  | "subtitle"
  | "warning"
  | "label"
  | "value"
  | "strong"
  | "digits"
  | "small"
  | "head"
  | "headNumber"
  | "text"
  | "number"
  | "strongNumber"
  | "missing"
  | "section"
  | "note"
  | "seal";

export interface StyledCell extends SheetCell {
  readonly style: StyleName;
}

export interface ProofSheet {
  readonly name: string;
  readonly cells: readonly StyledCell[];
  /** Over the columns from the first to the second, on one row. */
  readonly merges: readonly { readonly row: number; readonly from: number; readonly to: number }[];
  /** Points, where it is not the usual one. */
  readonly heights: ReadonlyMap<number, number>;
  /** Characters of the usual font, from the first column on. */
  readonly widths: readonly number[];
}

/** Where read-statement.ts finds what. */
export const places = {
  seller: "B4",
  creator: "B5",
  stream: "B6",
  asOf: "B7",
  validUntil: "B8",
  fingerprint: "B9",
  book: "B10",
  firstLine: 13,
} as const;

export const columns = {
  sku: 1,
  onHand: 2,
  reserved: 3,
  available: 4,
  expected: 5,
  requirement: 6,
  missing: 7,
} as const;

const widths = [24, 13, 13, 13, 13, 13, 13] as const;
const LAST = widths.length;
/** Characters that fit on a line across all columns, in the note's font; Chinese ones are twice as wide. */
const ACROSS = 96;
const LINE_POINTS = 15;

export interface LayoutOptions {
  readonly words: ProofSheetWords;
  readonly zoneMinutes: number;
}

/** How many lines of `across` characters a text takes; never too few. */
function linesOf(text: string, across: number): number {
  let width = 0;
  for (const character of text) width += (character.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1;
  return Math.max(1, Math.ceil(width / across));
}

class SheetBuilder {
  readonly cells: StyledCell[] = [];
  readonly merges: { row: number; from: number; to: number }[] = [];
  readonly heights = new Map<number, number>();
  row = 1;

  text(column: number, value: string, style: StyleName): void {
    this.cells.push({ row: this.row, column, type: "t", value, style });
  }

  number(column: number, value: number, style: StyleName): void {
    this.cells.push({ row: this.row, column, type: "n", value: String(value), style });
  }

  /** A text over all columns on a row of its own. */
  across(value: string, style: StyleName, height?: number): void {
    this.text(1, value, style);
    this.merges.push({ row: this.row, from: 1, to: LAST });
    this.heights.set(this.row, height ?? linesOf(value, ACROSS) * LINE_POINTS + 3);
    this.row += 1;
  }

  fact(label: string, value: string, style: StyleName): void {
    this.text(1, label, "label");
    this.text(2, value, style);
    this.merges.push({ row: this.row, from: 2, to: LAST });
    this.heights.set(this.row, 18);
    this.row += 1;
  }

  gap(height = 9): void {
    this.heights.set(this.row, height);
    this.row += 1;
  }
}

/** The book as a cell says it: its name, the entry, the hash of the chain there. */
function bookText({ book, seq, head }: ProofStatement): string {
  return `${book} #${seq} ${head}`;
}

function addFacts(sheet: SheetBuilder, statement: ProofStatement, options: LayoutOptions): void {
  const { words, zoneMinutes } = options;
  const { streamAt } = statement;
  const time = (at: number) => writeTime(at, zoneMinutes);
  sheet.fact(words.seller, statement.seller, "strong");
  sheet.fact(words.creator, statement.creator, "strong");
  sheet.fact(words.stream, streamAt === null ? words.notDated : time(streamAt), "value");
  sheet.fact(words.asOf, time(statement.asOf), "value");
  sheet.fact(words.validUntil, time(statement.validUntil), "strong");
  sheet.fact(words.fingerprint, statement.fingerprint, "digits");
  sheet.fact(words.book, bookText(statement), "small");
}

function addLine(sheet: SheetBuilder, line: ProofLine, words: ProofSheetWords): void {
  const missing = missingUnits(line);
  sheet.text(columns.sku, line.sku, "text");
  sheet.number(columns.onHand, line.onHand, "number");
  sheet.number(columns.reserved, line.reserved, "number");
  sheet.number(columns.available, line.available, "strongNumber");
  if (line.expected === null) sheet.text(columns.expected, words.notSaid, "number");
  else sheet.number(columns.expected, line.expected, "number");
  sheet.number(columns.requirement, line.requirement, "strongNumber");
  sheet.number(columns.missing, missing, missing > 0 ? "missing" : "number");
  sheet.heights.set(sheet.row, Math.max(20, linesOf(line.sku, 22) * LINE_POINTS));
  sheet.row += 1;
}

function addTable(sheet: SheetBuilder, statement: ProofStatement, words: ProofSheetWords): void {
  for (const [name, column] of Object.entries(columns) as [keyof typeof columns, number][]) {
    sheet.text(column, words.columns[name], column === columns.sku ? "head" : "headNumber");
  }
  sheet.heights.set(sheet.row, 48);
  sheet.row += 1;
  for (const line of statement.lines) addLine(sheet, line, words);
}

function addNotes(sheet: SheetBuilder, title: string, notes: readonly string[]): void {
  sheet.gap();
  sheet.across(title, "section", 20);
  for (const note of notes) sheet.across(`•  ${note}`, "note");
}

export interface UnsealedSheet extends ProofSheet {
  /** Where map and seal go. */
  readonly mapAt: string;
  readonly sealAt: string;
}

export function layOut(statement: ProofStatement, options: LayoutOptions): UnsealedSheet {
  const { words } = options;
  const sheet = new SheetBuilder();
  sheet.across(words.title, "title", 36);
  if (statement.book === "live") sheet.across(words.subtitle, "subtitle", 20);
  else sheet.across(words.rehearsal, "warning", 24);
  sheet.gap();
  addFacts(sheet, statement, options);
  sheet.gap();
  addTable(sheet, statement, words);
  if (statement.lines.some((line) => missingUnits(line) > 0)) {
    sheet.across(words.waysOut, "note", 24);
  }
  addNotes(sheet, words.provesTitle, words.proves);
  addNotes(sheet, words.provesNotTitle, words.provesNot);
  addNotes(sheet, words.checkTitle, words.check);
  sheet.gap();
  sheet.across(words.sealTitle, "section", 20);
  const mapRow = sheet.row;
  for (const row of [mapRow, mapRow + 1]) sheet.merges.push({ row, from: 1, to: LAST });
  sheet.heights.set(mapRow, 24).set(mapRow + 1, 24);
  return {
    name: words.tab,
    cells: sheet.cells,
    merges: sheet.merges,
    heights: sheet.heights,
    widths,
    mapAt: addressOf({ row: mapRow, column: 1 }),
    sealAt: addressOf({ row: mapRow + 1, column: 1 }),
  };
}

/** The sheet with a text in one more cell. */
export function withText(sheet: ProofSheet, address: string, value: string): ProofSheet {
  const row = Number(/\d+$/.exec(address)?.[0]);
  const cell: StyledCell = { row, column: 1, type: "t", value, style: "seal" };
  return { ...sheet, cells: [...sheet.cells, cell] };
}
