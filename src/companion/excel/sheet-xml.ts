/** One sheet and the styles of its cells in the words of SpreadsheetML (ECMA-376, part 1, 18). */
import type { Starter, StarterCell, StarterSheet, StarterStyle } from "./starter";

export const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
export const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

export function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** A pixel is three quarters of a point, and a column is measured in digits of about seven pixels. */
const points = (pixels: number) => pixels * 0.75;
const digits = (pixels: number) => Math.max(1, (pixels - 5) / 7);

const columnNumber = (letters: string) =>
  [...letters.matchAll(/[A-Z]/g)].reduce((sum, [one]) => sum * 26 + one.charCodeAt(0) - 64, 0);

interface PlacedCell {
  readonly address: string;
  readonly column: number;
  readonly row: number;
  readonly cell: StarterCell;
}

function place(address: string, cell: StarterCell): PlacedCell {
  const [, letters = "A", row = "1"] = /^([A-Z]+)(\d+)$/.exec(address) ?? [];
  return { address, column: columnNumber(letters), row: Number(row), cell };
}

/**
 * In a file a custom function has another name than in a cell: STREAM.SELLABLE is written
 * _xldudf_STREAM_SELLABLE (platform.md 2.7).
 */
function formulaInFile(formula: string): string {
  return formula.replace(/^=/, "").replace(/\bSTREAM\.([A-Z_]+)\(/g, "_xldudf_STREAM_$1(");
}

function cellXml({ address, cell }: PlacedCell, styles: readonly string[]): string {
  const style = cell.s === undefined ? "" : ` s="${styles.indexOf(cell.s) + 1}"`;
  if (cell.f !== undefined) {
    return `<c r="${address}"${style}><f>${escapeXml(formulaInFile(cell.f))}</f></c>`;
  }
  if (typeof cell.v === "number") return `<c r="${address}"${style}><v>${cell.v}</v></c>`;
  if (typeof cell.v === "boolean") return `<c r="${address}"${style} t="b"><v>${+cell.v}</v></c>`;
  if (cell.v === undefined || cell.v === "") return `<c r="${address}"${style}/>`;
  const text = `<t xml:space="preserve">${escapeXml(cell.v)}</t>`;
  return `<c r="${address}"${style} t="inlineStr"><is>${text}</is></c>`;
}

function rowsXml(sheet: StarterSheet, styles: readonly string[]): string {
  const placed = Object.entries(sheet.cells).map(([address, cell]) => place(address, cell));
  const numbers = new Set([
    ...placed.map(({ row }) => row),
    ...Object.keys(sheet.rowHeights).map(Number),
  ]);
  return [...numbers]
    .sort((a, b) => a - b)
    .map((row) => {
      const height = sheet.rowHeights[String(row)];
      const tall = height === undefined ? "" : ` ht="${points(height)}" customHeight="1"`;
      const cells = placed
        .filter((one) => one.row === row)
        .sort((a, b) => a.column - b.column)
        .map((one) => cellXml(one, styles));
      return `<row r="${row}"${tall}>${cells.join("")}</row>`;
    })
    .join("");
}

export function sheetXml(sheet: StarterSheet, styles: readonly string[], active: boolean): string {
  const pane =
    sheet.freezeRows === 0
      ? ""
      : `<pane ySplit="${sheet.freezeRows}" topLeftCell="A${sheet.freezeRows + 1}" activePane="bottomLeft" state="frozen"/>`;
  const grid = sheet.showGridlines ? "" : ' showGridLines="0"';
  const selected = active ? ' tabSelected="1"' : "";
  const columns = Object.entries(sheet.columnWidths).map(([letters, pixels]) => {
    const number = columnNumber(letters);
    return `<col min="${number}" max="${number}" width="${digits(pixels).toFixed(2)}" customWidth="1"/>`;
  });
  const merges = sheet.merges.map((range) => `<mergeCell ref="${range}"/>`);
  return [
    `${xml}<worksheet xmlns="${MAIN}">`,
    `<sheetViews><sheetView${grid}${selected} workbookViewId="0">${pane}</sheetView></sheetViews>`,
    '<sheetFormatPr defaultRowHeight="15"/>',
    columns.length === 0 ? "" : `<cols>${columns.join("")}</cols>`,
    `<sheetData>${rowsXml(sheet, styles)}</sheetData>`,
    merges.length === 0
      ? ""
      : `<mergeCells count="${merges.length}">${merges.join("")}</mergeCells>`,
    "</worksheet>",
  ].join("");
}

const argb = (color: string) => `FF${color.replace("#", "").toUpperCase()}`;

function fontXml({ bold, italic, size, color }: StarterStyle): string {
  const ink = color === undefined ? "" : `<color rgb="${argb(color)}"/>`;
  return `<font>${bold ? "<b/>" : ""}${italic ? "<i/>" : ""}<sz val="${size}"/>${ink}<name val="Calibri"/></font>`;
}

function fillXml({ fill }: StarterStyle): string {
  if (fill === undefined) return '<fill><patternFill patternType="none"/></fill>';
  return `<fill><patternFill patternType="solid"><fgColor rgb="${argb(fill)}"/></patternFill></fill>`;
}

function borderXml({ border }: StarterStyle): string {
  const line = (side: string) =>
    border?.split(" ").includes(side) === true || border === "all"
      ? `<${side} style="thin"><color rgb="FFD5DAE1"/></${side}>`
      : `<${side}/>`;
  return `<border>${["left", "right", "top", "bottom"].map(line).join("")}<diagonal/></border>`;
}

function alignmentXml({ align, valign, wrap }: StarterStyle): string {
  const across = align === undefined ? "" : ` horizontal="${align}"`;
  const up = valign === undefined ? "" : ` vertical="${valign === "middle" ? "center" : valign}"`;
  return `<alignment${across}${up}${wrap ? ' wrapText="1"' : ""}/>`;
}

/** Custom number formats are counted from 164 on. */
const FORMAT_BASE = 164;

export function stylesXml({ styles }: Starter): string {
  const list = Object.values(styles);
  const formats = list.map(({ numberFormat }) => numberFormat ?? "General");
  const counted = (name: string, parts: readonly string[]) =>
    `<${name} count="${parts.length}">${parts.join("")}</${name}>`;
  const forms = list.map(
    (style, at) =>
      `<xf numFmtId="${FORMAT_BASE + at}" fontId="${at + 1}" fillId="${at + 2}" borderId="${at + 1}" xfId="0" ` +
      `applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">${alignmentXml(style)}</xf>`,
  );
  const plain = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"';
  return [
    `${xml}<styleSheet xmlns="${MAIN}">`,
    counted(
      "numFmts",
      formats.map(
        (code, at) => `<numFmt numFmtId="${FORMAT_BASE + at}" formatCode="${escapeXml(code)}"/>`,
      ),
    ),
    counted("fonts", ['<font><sz val="11"/><name val="Calibri"/></font>', ...list.map(fontXml)]),
    counted("fills", [
      '<fill><patternFill patternType="none"/></fill>',
      '<fill><patternFill patternType="gray125"/></fill>',
      ...list.map(fillXml),
    ]),
    counted("borders", [
      "<border><left/><right/><top/><bottom/><diagonal/></border>",
      ...list.map(borderXml),
    ]),
    `<cellStyleXfs count="1">${plain}/></cellStyleXfs>`,
    counted("cellXfs", [`${plain} xfId="0"/>`, ...forms]),
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
    "</styleSheet>",
  ].join("");
}
