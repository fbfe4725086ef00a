/**
 * A proof as a workbook file: values only, no formula, no link, no add-in (platform.md 7). It is
 * protected without a password, against a slip of the hand and nothing else.
 */
import { addressOf, columnLetters } from "../cells";
import type { ProofSheet, StyledCell } from "../layout";
import { styleIndex, stylesXml } from "./styles";
import { writeZip } from "./zip-writer";

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** What looks like an escaped character is escaped itself (ECMA-376, part 1, 22.9.2.19). */
function textXml(text: string): string {
  const escaped = escapeXml(text.replace(/_(?=x[0-9a-f]{4}_)/gi, "_x005F_"));
  return `<si><t xml:space="preserve">${escaped}</t></si>`;
}

class Strings {
  readonly #places = new Map<string, number>();
  #used = 0;

  indexOf(text: string): number {
    this.#used += 1;
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    this.#places.set(text, this.#places.size);
    return this.#places.size - 1;
  }

  xml(): string {
    const texts = [...this.#places.keys()].map(textXml);
    return `${xml}<sst xmlns="${MAIN}" count="${this.#used}" uniqueCount="${texts.length}">${texts.join("")}</sst>`;
  }
}

function cellXml(cell: StyledCell, strings: Strings): string {
  const place = `r="${addressOf(cell)}" s="${styleIndex(cell.style)}"`;
  return cell.type === "n"
    ? `<c ${place}><v>${cell.value}</v></c>`
    : `<c ${place} t="s"><v>${strings.indexOf(cell.value)}</v></c>`;
}

function rowsXml({ cells, heights }: ProofSheet, strings: Strings): string {
  const numbers = new Set([...cells.map(({ row }) => row), ...heights.keys()]);
  return [...numbers]
    .sort((a, b) => a - b)
    .map((row) => {
      const height = heights.get(row);
      const tall = height === undefined ? "" : ` ht="${height}" customHeight="1"`;
      const own = cells.filter((cell) => cell.row === row).sort((a, b) => a.column - b.column);
      return `<row r="${row}"${tall}>${own.map((cell) => cellXml(cell, strings)).join("")}</row>`;
    })
    .join("");
}

/** The parts of a worksheet stand in the order of its schema (18.3.1.99). */
function sheetXml(sheet: ProofSheet, strings: Strings): string {
  const columns = sheet.widths.map(
    (width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
  );
  const merges = sheet.merges.map(
    ({ row, from, to }) =>
      `<mergeCell ref="${columnLetters(from)}${row}:${columnLetters(to)}${row}"/>`,
  );
  return [
    `${xml}<worksheet xmlns="${MAIN}">`,
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
    '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0"/></sheetViews>',
    '<sheetFormatPr defaultRowHeight="15"/>',
    `<cols>${columns.join("")}</cols>`,
    `<sheetData>${rowsXml(sheet, strings)}</sheetData>`,
    '<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0"/>',
    `<mergeCells count="${merges.length}">${merges.join("")}</mergeCells>`,
    '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>',
    '<pageSetup paperSize="9" orientation="portrait" fitToWidth="1" fitToHeight="0"/>',
    "</worksheet>",
  ].join("");
}

function relationships(list: readonly (readonly [type: string, target: string])[]): string {
  const items = list.map(
    ([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${type}" Target="${target}"/>`,
  );
  return `${xml}<Relationships xmlns="${PACKAGE}/relationships">${items.join("")}</Relationships>`;
}

const contentTypes = [
  `${xml}<Types xmlns="${PACKAGE}/content-types">`,
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
  '<Default Extension="xml" ContentType="application/xml"/>',
  ...[
    ["/xl/workbook.xml", `${SHEET_TYPE}.sheet.main+xml`],
    ["/xl/worksheets/sheet1.xml", `${SHEET_TYPE}.worksheet+xml`],
    ["/xl/styles.xml", `${SHEET_TYPE}.styles+xml`],
    ["/xl/sharedStrings.xml", `${SHEET_TYPE}.sharedStrings+xml`],
  ].map(([part, type]) => `<Override PartName="${part}" ContentType="${type}"/>`),
  "</Types>",
].join("");

export function writeXlsx(sheet: ProofSheet): Uint8Array<ArrayBuffer> {
  const strings = new Strings();
  const worksheet = sheetXml(sheet, strings);
  const workbook =
    `${xml}<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><bookViews><workbookView/></bookViews>` +
    `<sheets><sheet name="${escapeXml(sheet.name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`;
  return writeZip([
    { name: "[Content_Types].xml", text: contentTypes },
    {
      name: "_rels/.rels",
      text: relationships([[`${DOCUMENT}/officeDocument`, "xl/workbook.xml"]]),
    },
    { name: "xl/workbook.xml", text: workbook },
    {
      name: "xl/_rels/workbook.xml.rels",
      text: relationships([
        [`${DOCUMENT}/worksheet`, "worksheets/sheet1.xml"],
        [`${DOCUMENT}/styles`, "styles.xml"],
        [`${DOCUMENT}/sharedStrings`, "sharedStrings.xml"],
      ]),
    },
    { name: "xl/styles.xml", text: `${xml}${stylesXml(MAIN)}` },
    { name: "xl/sharedStrings.xml", text: strings.xml() },
    { name: "xl/worksheets/sheet1.xml", text: worksheet },
  ]);
}
