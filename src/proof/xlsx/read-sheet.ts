/**
 * The cells of one sheet (ECMA-376, part 1, 18.3.1), and whatever a sheet of values has no use for:
 * formulas, formats that show another number than the cell holds, rows and columns out of sight, and
 * every kind of thing that can lie over a cell.
 */
import { refuse, type FileRefusal } from "../../channels/exports/refusals";
import { err, ok, type Result } from "../../base/result";
import {
  addressOf,
  columnLetters,
  parseAddress,
  ROWS_MAX,
  type CellType,
  type SheetCell,
} from "../cells";
import { proofLimits } from "./package";
import { childOf, childrenOf, findBelow, isTrue, type XmlNode } from "./xml-tree";

/** Something on a sheet or in the file that a proof has not. */
export interface Oddity {
  readonly kind: "added" | "formula" | "disguised" | "hidden" | "sheet" | "extra";
  /** An address, a row or column, a name. */
  readonly where: string;
}

export interface CellWorld {
  /** Null for a text that is not there. */
  readonly strings: readonly string[];
  /** Whether the style of this index shows a value as it is. */
  readonly showsPlainly: (style: number) => boolean;
}

export interface ReadCells {
  readonly cells: readonly SheetCell[];
  readonly oddities: readonly Oddity[];
}

/** What programs write into a sheet of plain values; the rest can show something of its own. */
const usual = new Set([
  ...["sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr"],
  ...["sheetProtection", "protectedRanges", "mergeCells", "phoneticPr", "printOptions", "drawing"],
  ...["pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "ignoredErrors"],
  ...["cellWatches", "extLst"],
]);
/** In extensions: newer conditional formats, sparklines, controls. */
const showing = new Set(["conditionalFormatting", "sparklineGroup", "dataValidation", "slicer"]);

/** A row of so few points, a column of so few characters, is out of sight. */
const POINTS_LEAST = 3;
const CHARACTERS_LEAST = 0.5;

/** _x0041_ is how a file writes a character that XML has not (22.9.2.19). */
function unescapeText(text: string): string {
  return text
    .replace(/_x([0-9a-f]{4})_/gi, (_, digits: string) =>
      String.fromCharCode(Number.parseInt(digits, 16)),
    )
    .replaceAll("\r\n", "\n");
}

/** Texts and runs of text; phonetic hints are no part of it. */
export function richText(node: XmlNode | null): string {
  const parts = (node?.children ?? []).map((child) => {
    if (child.name === "t") return child.text;
    return child.name === "r"
      ? childrenOf(child, "t")
          .map(({ text }) => text)
          .join("")
      : "";
  });
  return unescapeText(parts.join(""));
}

function numberText(raw: string): string {
  const value = Number(raw);
  if (raw.trim() === "" || !Number.isFinite(value)) return raw;
  return String(value === 0 ? 0 : value);
}

/** Null: it refers to a text that is not there, or says two things. */
function readValue(node: XmlNode, world: CellWorld): { type: CellType; value: string } | null {
  const values = childrenOf(node, "v").map(({ text }) => text);
  if (values.length > 1 || childrenOf(node, "is").length > 1) return null;
  const [raw = ""] = values;
  switch (node.attributes.get("t") ?? "n") {
    case "s": {
      if (raw === "") return { type: "t", value: "" };
      const text = /^\d{1,9}$/.test(raw) ? world.strings[Number(raw)] : undefined;
      return text === undefined ? null : { type: "t", value: text };
    }
    case "inlineStr":
      return { type: "t", value: richText(childOf(node, "is")) + unescapeText(raw) };
    case "str":
      return { type: "t", value: unescapeText(raw) };
    case "b":
      return { type: "b", value: raw };
    case "e":
      return { type: "e", value: raw };
    case "d":
      return { type: "d", value: raw };
    default:
      return { type: "n", value: numberText(raw) };
  }
}

function isSmall(text: string | undefined, least: number): boolean {
  return text !== undefined && !(Number(text) >= least);
}

class SheetReader {
  readonly #world: CellWorld;
  readonly cells: SheetCell[] = [];
  readonly oddities: Oddity[] = [];
  readonly #seen = new Set<string>();
  readonly #rowsOutOfSight = new Set<number>();
  #row = 0;
  #column = 0;
  #counted = 0;

  constructor(world: CellWorld) {
    this.#world = world;
  }

  /** Not null: the sheet cannot be read. */
  rows(data: XmlNode | null): FileRefusal | null {
    for (const row of childrenOf(data, "row")) {
      const told = row.attributes.get("r");
      this.#row = told === undefined ? this.#row + 1 : Number(told);
      this.#column = 0;
      if (!Number.isInteger(this.#row) || this.#row < 1 || this.#row > ROWS_MAX) {
        return refuse("broken_file", told);
      }
      const { attributes } = row;
      if (isTrue(attributes.get("hidden")) || isSmall(attributes.get("ht"), POINTS_LEAST)) {
        this.#rowsOutOfSight.add(this.#row);
      }
      for (const cell of childrenOf(row, "c")) {
        const refusal = this.#cell(cell);
        if (refusal !== null) return refusal;
      }
    }
    return null;
  }

  #cell(node: XmlNode): FileRefusal | null {
    const told = node.attributes.get("r");
    const place =
      told === undefined ? { row: this.#row, column: this.#column + 1 } : parseAddress(told);
    this.#counted += 1;
    if (this.#counted > proofLimits.cellsMax) return refuse("too_many_cells");
    if (place?.row !== this.#row) return refuse("broken_file", told);
    this.#column = place.column;
    const found = readValue(node, this.#world);
    if (found === null) return refuse("broken_file", told);
    if (found.value.length > proofLimits.cellMax) return refuse("cell_too_long", told);
    const where = addressOf(place);
    if (childOf(node, "f") !== null) this.oddities.push({ kind: "formula", where });
    if (found.value === "") return null;
    if (this.#seen.has(where)) this.oddities.push({ kind: "added", where });
    this.#seen.add(where);
    if (!this.#world.showsPlainly(Number(node.attributes.get("s") ?? 0))) {
      this.oddities.push({ kind: "disguised", where });
    }
    this.cells.push({ ...place, ...found });
    return null;
  }

  /** Cells that nobody sees: in rows and columns without height or width, or under a merged one. */
  sights(sheet: XmlNode): void {
    const columns = childrenOf(childOf(sheet, "cols"), "col").filter(
      ({ attributes }) =>
        isTrue(attributes.get("hidden")) || isSmall(attributes.get("width"), CHARACTERS_LEAST),
    );
    const isHiddenColumn = (column: number) =>
      columns.some(
        ({ attributes }) =>
          Number(attributes.get("min")) <= column && column <= Number(attributes.get("max")),
      );
    const format = childOf(sheet, "sheetFormatPr")?.attributes;
    const told = new Set(childrenOf(childOf(sheet, "sheetData"), "row").map(heightIsTold));
    const isAllHidden = isTrue(format?.get("zeroHeight")) && !told.has(true);
    const hidden = new Set<string>();
    for (const { row, column } of this.cells) {
      if (isAllHidden || this.#rowsOutOfSight.has(row)) hidden.add(String(row));
      if (isHiddenColumn(column)) hidden.add(columnLetters(column));
      const under = this.#mergeOver(sheet, row, column);
      if (under) hidden.add(addressOf({ row, column }));
    }
    for (const where of hidden) this.oddities.push({ kind: "hidden", where });
    const views = childrenOf(childOf(sheet, "sheetViews"), "sheetView");
    if (views.some(({ attributes }) => attributes.get("showZeros") === "0")) {
      this.oddities.push({ kind: "hidden", where: "0" });
    }
  }

  #mergeOver(sheet: XmlNode, row: number, column: number): boolean {
    return childrenOf(childOf(sheet, "mergeCells"), "mergeCell").some(({ attributes }) => {
      const [from, to] = (attributes.get("ref") ?? "").split(":").map(parseAddress);
      if (!from || !to) return false;
      const isIn = from.row <= row && row <= to.row && from.column <= column && column <= to.column;
      return isIn && (row !== from.row || column !== from.column);
    });
  }
}

const heightIsTold = ({ attributes }: XmlNode) => attributes.has("ht");

export function readSheet(sheet: XmlNode, world: CellWorld): Result<ReadCells, FileRefusal> {
  const reader = new SheetReader(world);
  const data = childrenOf(sheet, "sheetData");
  if (sheet.name !== "worksheet" || data.length > 1) return err(refuse("broken_file", sheet.name));
  const refusal = reader.rows(data[0] ?? null);
  if (refusal !== null) return err(refusal);
  reader.sights(sheet);
  for (const child of sheet.children) {
    const odd = usual.has(child.name)
      ? child.name === "extLst"
        ? findBelow(child, showing)
        : null
      : child.name;
    if (odd !== null) reader.oddities.push({ kind: "extra", where: odd });
  }
  return ok({ cells: reader.cells, oddities: reader.oddities });
}
