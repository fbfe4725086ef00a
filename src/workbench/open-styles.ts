/** How a cell of a file looks, as the workbench writes it down. */
import type ExcelJS from "exceljs";
import type { Border, BorderSide } from "./backend/backend";
import type { StarterStyle } from "./starter-workbook";

/** The colours of Excel's own theme, by their number in a file; files with others look a little off. */
const theme = [
  ...["FFFFFF", "000000", "E7E6E6", "44546A", "4472C4", "ED7D31"],
  ...["A5A5A5", "FFC000", "5B9BD5", "70AD47", "0563C1", "954F72"],
];

/** ExcelJS types the first of them alone. */
type FileColor = Partial<ExcelJS.Color> & { readonly tint?: number };

export function colorOf(color: FileColor | undefined): string | undefined {
  if (color?.argb !== undefined) return `#${color.argb.slice(-6).toUpperCase()}`;
  const base = color?.theme === undefined ? undefined : theme[color.theme];
  if (base === undefined) return undefined;
  const { tint = 0 } = color ?? {};
  const part = (at: number) => {
    const value = Number.parseInt(base.slice(at, at + 2), 16);
    const tinted = tint < 0 ? value * (1 + tint) : value + (255 - value) * tint;
    return Math.round(tinted).toString(16).padStart(2, "0").toUpperCase();
  };
  return `#${part(0)}${part(2)}${part(4)}`;
}

export function fillOf(fill: ExcelJS.Fill | undefined): string | undefined {
  if (fill?.type !== "pattern" || fill.pattern === "none") return undefined;
  // A rule's fill keeps its colour in the background, a cell's in the foreground.
  return colorOf(fill.fgColor) ?? colorOf(fill.bgColor);
}

const lines: Readonly<Record<string, Border["line"]>> = {
  medium: "medium",
  thick: "thick",
  dashed: "dashed",
  dotted: "dotted",
  double: "double",
};

function bordersOf(borders: Partial<ExcelJS.Borders> | undefined): StarterStyle["borders"] {
  const sides: readonly BorderSide[] = ["top", "bottom", "left", "right"];
  const found = sides.flatMap((side): [BorderSide, Border][] => {
    const border = borders?.[side];
    if (border?.style === undefined) return [];
    return [
      [side, { line: lines[border.style] ?? "thin", color: colorOf(border.color) ?? "#000000" }],
    ];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

function placed(alignment: Partial<ExcelJS.Alignment> | undefined): StarterStyle {
  const { horizontal, vertical, wrapText } = alignment ?? {};
  const isAlign = horizontal === "left" || horizontal === "center" || horizontal === "right";
  const isVertical = vertical === "top" || vertical === "middle" || vertical === "bottom";
  return {
    ...(isAlign ? { align: horizontal } : {}),
    ...(isVertical ? { valign: vertical } : {}),
    ...(wrapText === true ? { wrap: true } : {}),
  };
}

/** What a file says of a cell: less than ExcelJS's types promise. */
type Given = Partial<Pick<ExcelJS.Cell, "font" | "fill" | "numFmt" | "border" | "alignment">>;

export function styleOf({ font, fill, numFmt, border, alignment }: Given): StarterStyle {
  const given = font ?? {};
  const [color, ground, borders] = [colorOf(given.color), fillOf(fill), bordersOf(border)];
  return {
    ...(given.bold === true ? { bold: true } : {}),
    ...(given.italic === true ? { italic: true } : {}),
    ...(given.size === undefined ? {} : { size: given.size }),
    ...(given.name === undefined ? {} : { font: given.name }),
    ...(color === undefined ? {} : { color }),
    ...(ground === undefined ? {} : { fill: ground }),
    ...(numFmt === undefined || numFmt === "General" ? {} : { numberFormat: numFmt }),
    ...(borders === undefined ? {} : { borders }),
    ...placed(alignment),
  };
}
