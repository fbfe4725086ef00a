/** Cell styles between the workbench's words and Univer's. */
import {
  BorderStyleTypes,
  BooleanNumber,
  HorizontalAlign,
  type IBorderData,
  type IStyleData,
  type Nullable,
  VerticalAlign,
  WrapStrategy,
} from "@univerjs/core";
import {
  type Align,
  type Border,
  type BorderLine,
  type BorderSide,
  type CellStyle,
  plainStyle,
  type StylePatch,
  type VerticalAlign as Vertical,
} from "../backend/backend";

const horizontal: Readonly<Record<Align, HorizontalAlign>> = {
  left: HorizontalAlign.LEFT,
  center: HorizontalAlign.CENTER,
  right: HorizontalAlign.RIGHT,
};
const vertical: Readonly<Record<Vertical, VerticalAlign>> = {
  top: VerticalAlign.TOP,
  middle: VerticalAlign.MIDDLE,
  bottom: VerticalAlign.BOTTOM,
};
const lines: Readonly<Record<BorderLine, BorderStyleTypes>> = {
  thin: BorderStyleTypes.THIN,
  medium: BorderStyleTypes.MEDIUM,
  thick: BorderStyleTypes.THICK,
  dashed: BorderStyleTypes.DASHED,
  dotted: BorderStyleTypes.DOTTED,
  double: BorderStyleTypes.DOUBLE,
};
const sides: Readonly<Record<BorderSide, "t" | "b" | "l" | "r">> = {
  top: "t",
  bottom: "b",
  left: "l",
  right: "r",
};

function keyOf<K extends string, V>(table: Readonly<Record<K, V>>, value: V): K | null {
  for (const key in table) if (table[key] === value) return key;
  return null;
}

/** "#RRGGBB" from any colour that Univer's parts write: "#6280f9", "#fff", "rgb(95, 101, 116)". */
export function hexColor(text: Nullable<string>): string | null {
  if (text == null || text === "") return null;
  const rgb = /^rgba?\((\d+),\s*(\d+),\s*(\d+)/.exec(text);
  if (rgb !== null) {
    const part = (index: number) => Number(rgb[index]).toString(16).padStart(2, "0");
    return `#${part(1)}${part(2)}${part(3)}`.toUpperCase();
  }
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text);
  if (short !== null)
    return `#${short
      .slice(1)
      .map((one) => one + one)
      .join("")}`.toUpperCase();
  return /^#[0-9a-f]{6}/i.test(text) ? text.slice(0, 7).toUpperCase() : null;
}

function univerBorders(borders: NonNullable<StylePatch["borders"]>): IBorderData {
  const result: Record<string, unknown> = {};
  for (const [side, border] of Object.entries(borders) as [BorderSide, Border | null][]) {
    result[sides[side]] =
      border === null ? null : { s: lines[border.line], cl: { rgb: border.color } };
  }
  return result;
}

function color(rgb: string | null): { rgb: string } | null {
  return rgb === null ? null : { rgb };
}

/** Only what the patch names; null takes a property away. */
export function univerStyle(patch: StylePatch): Record<string, unknown> {
  const style: Record<string, unknown> = {};
  if (patch.fill !== undefined) style["bg"] = color(patch.fill);
  if (patch.fontColor !== undefined) style["cl"] = color(patch.fontColor);
  if (patch.fontName !== undefined) style["ff"] = patch.fontName;
  if (patch.fontSize !== undefined) style["fs"] = patch.fontSize;
  if (patch.bold !== undefined) style["bl"] = patch.bold ? BooleanNumber.TRUE : BooleanNumber.FALSE;
  if (patch.italic !== undefined) {
    style["it"] = patch.italic ? BooleanNumber.TRUE : BooleanNumber.FALSE;
  }
  if (patch.numberFormat !== undefined) {
    style["n"] = patch.numberFormat === "General" ? null : { pattern: patch.numberFormat };
  }
  if (patch.align !== undefined)
    style["ht"] = patch.align === null ? null : horizontal[patch.align];
  if (patch.verticalAlign !== undefined) {
    style["vt"] = patch.verticalAlign === null ? null : vertical[patch.verticalAlign];
  }
  if (patch.wrap !== undefined) style["tb"] = patch.wrap ? WrapStrategy.WRAP : null;
  if (patch.borders !== undefined) style["bd"] = univerBorders(patch.borders);
  return style;
}

function readBorders(borders: Nullable<IBorderData>): CellStyle["borders"] {
  const result: Partial<Record<BorderSide, Border>> = {};
  for (const [side, key] of Object.entries(sides) as [BorderSide, "t" | "b" | "l" | "r"][]) {
    const border = borders?.[key];
    if (border == null || border.s === BorderStyleTypes.NONE) continue;
    result[side] = {
      line: keyOf(lines, border.s) ?? "thin",
      color: hexColor(border.cl.rgb) ?? "#000000",
    };
  }
  return result;
}

export function readStyle(style: Nullable<IStyleData>): CellStyle {
  if (style == null) return plainStyle;
  return {
    fill: hexColor(style.bg?.rgb),
    fontColor: hexColor(style.cl?.rgb),
    fontName: style.ff ?? null,
    fontSize: style.fs ?? null,
    bold: style.bl === BooleanNumber.TRUE,
    italic: style.it === BooleanNumber.TRUE,
    numberFormat: style.n?.pattern ?? "General",
    align: style.ht == null ? null : keyOf(horizontal, style.ht),
    verticalAlign: style.vt == null ? null : keyOf(vertical, style.vt),
    wrap: style.tb === WrapStrategy.WRAP,
    borders: readBorders(style.bd),
  };
}
