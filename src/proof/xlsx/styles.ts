/** The looks of a proof's cells in the words of SpreadsheetML (ECMA-376, part 1, 18.8). */
import type { StyleName } from "../layout";

interface Style {
  readonly bold?: true;
  readonly size?: number;
  /** RRGGBB. */
  readonly ink?: string;
  readonly fill?: string;
  readonly line?: true;
  readonly align?: "left" | "right";
  readonly up?: "top";
  readonly wrap?: true;
  /** 3 is #,##0; 0 shows as it is. */
  readonly format?: 3;
  readonly mono?: true;
}

const INK = "1F2328";
const QUIET = "57606A";
const PETROL = "0B5563";
const RED = "B42318";
const PALE = "E6F1F2";

export const styles: Readonly<Record<StyleName, Style>> = {
  plain: {},
  title: { bold: true, size: 22, ink: PETROL },
  subtitle: { ink: QUIET },
  warning: { bold: true, size: 12, ink: RED, fill: "FDE7E4", wrap: true },
  label: { ink: QUIET },
  value: { ink: INK, align: "left" },
  strong: { bold: true, ink: INK, align: "left" },
  digits: { bold: true, size: 12, ink: PETROL, align: "left", mono: true },
  small: { size: 9, ink: QUIET, align: "left", mono: true },
  head: { bold: true, ink: PETROL, fill: PALE, line: true, wrap: true },
  headNumber: { bold: true, ink: PETROL, fill: PALE, line: true, align: "right", wrap: true },
  text: { ink: INK, line: true, align: "left", wrap: true },
  number: { ink: INK, line: true, align: "right", format: 3 },
  strongNumber: { bold: true, ink: INK, line: true, align: "right", format: 3 },
  missing: { bold: true, ink: RED, line: true, align: "right", format: 3 },
  section: { bold: true, size: 12, ink: PETROL },
  note: { ink: INK, wrap: true, up: "top", align: "left" },
  seal: { size: 6, ink: QUIET, wrap: true, up: "top", align: "left", mono: true },
};

const names = Object.keys(styles) as StyleName[];

export function styleIndex(name: StyleName): number {
  return names.indexOf(name);
}

function font({ bold, size = 11, ink = INK, mono }: Style): string {
  const face = mono ? "Consolas" : "Calibri";
  return `<font>${bold ? "<b/>" : ""}<sz val="${size}"/><color rgb="FF${ink}"/><name val="${face}"/></font>`;
}

function fill({ fill: color }: Style): string {
  const pattern =
    color === undefined
      ? '<patternFill patternType="none"/>'
      : `<patternFill patternType="solid"><fgColor rgb="FF${color}"/></patternFill>`;
  return `<fill>${pattern}</fill>`;
}

function border({ line }: Style): string {
  const bottom = line ? '<bottom style="thin"><color rgb="FFD0D7DE"/></bottom>' : "<bottom/>";
  return `<border><left/><right/><top/>${bottom}<diagonal/></border>`;
}

function form(style: Style, at: number): string {
  const across = style.align === undefined ? "" : ` horizontal="${style.align}"`;
  const wrap = style.wrap ? ' wrapText="1"' : "";
  return (
    `<xf numFmtId="${style.format ?? 0}" fontId="${at}" fillId="${at + 2}" borderId="${at}" xfId="0" ` +
    'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">' +
    `<alignment${across} vertical="${style.up ?? "center"}"${wrap}/></xf>`
  );
}

function counted(name: string, parts: readonly string[]): string {
  return `<${name} count="${parts.length}">${parts.join("")}</${name}>`;
}

export function stylesXml(main: string): string {
  const list = Object.values(styles);
  return [
    `<styleSheet xmlns="${main}">`,
    counted("fonts", list.map(font)),
    // The first two fills are fixed by every program, whatever a file says of them.
    counted("fills", [
      '<fill><patternFill patternType="none"/></fill>',
      '<fill><patternFill patternType="gray125"/></fill>',
      ...list.map(fill),
    ]),
    counted("borders", list.map(border)),
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
    counted("cellXfs", list.map(form)),
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
    "</styleSheet>",
  ].join("");
}
