/** The opening workbook as `assets/starter-workbook*.json` has it: the parts that are written to a file. */
import * as v from "valibot";

const styleSchema = v.object({
  bold: v.optional(v.boolean(), false),
  italic: v.optional(v.boolean(), false),
  size: v.optional(v.number(), 11),
  color: v.optional(v.string()),
  fill: v.optional(v.string()),
  numberFormat: v.optional(v.string()),
  align: v.optional(v.picklist(["left", "center", "right"])),
  valign: v.optional(v.picklist(["top", "middle", "bottom"])),
  wrap: v.optional(v.boolean(), false),
  border: v.optional(v.string()),
});
export type StarterStyle = v.InferOutput<typeof styleSchema>;

const cellSchema = v.object({
  v: v.optional(v.union([v.string(), v.number(), v.boolean()])),
  f: v.optional(v.string()),
  s: v.optional(v.string()),
});
export type StarterCell = v.InferOutput<typeof cellSchema>;

const sheetSchema = v.object({
  name: v.string(),
  /** Pixels. */
  columnWidths: v.optional(v.record(v.string(), v.number()), {}),
  rowHeights: v.optional(v.record(v.string(), v.number()), {}),
  freezeRows: v.optional(v.number(), 0),
  showGridlines: v.optional(v.boolean(), true),
  merges: v.optional(v.array(v.string()), []),
  cells: v.optional(v.record(v.string(), cellSchema), {}),
});
export type StarterSheet = v.InferOutput<typeof sheetSchema>;

const starterSchema = v.object({
  active: v.optional(v.string()),
  sheets: v.pipe(v.array(sheetSchema), v.minLength(1)),
  styles: v.optional(v.record(v.string(), styleSchema), {}),
  names: v.optional(v.record(v.string(), v.string()), {}),
});
export type Starter = v.InferOutput<typeof starterSchema>;

/** Throws when our own asset does not fit. */
export function parseStarter(text: string): Starter {
  return v.parse(starterSchema, JSON.parse(text));
}
