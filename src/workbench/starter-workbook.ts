/** The opening workbook, as a small JSON that a person can write: parsed here, trusted after. */
import * as v from "valibot";
import type { ChartFacts, ConditionalFacts, TableFacts, ValidationFacts } from "./backend/backend";
import { keptBooks } from "./kept-book";
import type { Json } from "./richapi/json";
import type { Language } from "./words";

/** Written by the workbench itself, into storage that is its own: only its shape is looked at. */
interface BookParts {
  readonly tables: readonly TableFacts[];
  readonly conditionals: readonly ConditionalFacts[];
  readonly validations: readonly ValidationFacts[];
  readonly charts: readonly ChartFacts[];
  readonly settings: readonly (readonly [string, Json])[];
}

const lists = ["tables", "conditionals", "validations", "charts", "settings"] as const;

function isParts(value: unknown): value is BookParts {
  const parts = value as Partial<Record<(typeof lists)[number], unknown>> | null;
  return (
    typeof parts === "object" && parts !== null && lists.every((key) => Array.isArray(parts[key]))
  );
}

const borderSchema = v.object({
  line: v.picklist(["thin", "medium", "thick", "dashed", "dotted", "double"]),
  color: v.string(),
});

const styleSchema = v.object({
  bold: v.optional(v.boolean()),
  italic: v.optional(v.boolean()),
  size: v.optional(v.number()),
  font: v.optional(v.string()),
  color: v.optional(v.string()),
  fill: v.optional(v.string()),
  numberFormat: v.optional(v.string()),
  align: v.optional(v.picklist(["left", "center", "right"])),
  valign: v.optional(v.picklist(["top", "middle", "bottom"])),
  wrap: v.optional(v.boolean()),
  /** Sides, such as "bottom" or "top bottom", or "all". */
  border: v.optional(v.string()),
  borderColor: v.optional(v.string()),
  /** Side by side, where they differ. */
  borders: v.optional(
    v.partial(
      v.object({
        top: borderSchema,
        bottom: borderSchema,
        left: borderSchema,
        right: borderSchema,
      }),
    ),
  ),
});
export type StarterStyle = v.InferOutput<typeof styleSchema>;

const cellSchema = v.object({
  v: v.optional(v.union([v.string(), v.number(), v.boolean()])),
  f: v.optional(v.string()),
  s: v.optional(v.string()),
  t: v.optional(v.literal("text")),
});
export type StarterCell = v.InferOutput<typeof cellSchema>;

const sheetSchema = v.object({
  id: v.optional(v.string()),
  name: v.string(),
  visibility: v.optional(v.picklist(["Visible", "Hidden", "VeryHidden"]), "Visible"),
  isProtected: v.optional(v.boolean(), false),
  columnWidths: v.optional(v.record(v.string(), v.number()), {}),
  rowHeights: v.optional(v.record(v.string(), v.number()), {}),
  freezeRows: v.optional(v.number(), 0),
  showGridlines: v.optional(v.boolean(), true),
  tabColor: v.optional(v.string()),
  merges: v.optional(v.array(v.string()), []),
  cells: v.optional(v.record(v.string(), cellSchema), {}),
});
export type StarterSheet = v.InferOutput<typeof sheetSchema>;

const workbookSchema = v.object({
  name: v.optional(v.string(), "StreamStock"),
  active: v.optional(v.string()),
  sheets: v.pipe(v.array(sheetSchema), v.minLength(1)),
  styles: v.optional(v.record(v.string(), styleSchema), {}),
  names: v.optional(v.record(v.string(), v.string()), {}),
  parts: v.optional(v.custom<BookParts>(isParts)),
});
export type StarterWorkbook = v.InferOutput<typeof workbookSchema>;

const blankWorkbook: StarterWorkbook = v.parse(workbookSchema, { sheets: [{ name: "Sheet1" }] });

async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url);
  return response.ok ? await response.json() : null;
}

/** As the page was left, or null: what does not fit is as good as none. */
export async function loadKept(language: Language): Promise<StarterWorkbook | null> {
  const kept = v.safeParse(workbookSchema, await keptBooks.read(language));
  return kept.success ? kept.output : null;
}

/** In the language's own version where there is one; a blank workbook where there is none at all. */
export async function loadStarter(language: Language): Promise<StarterWorkbook> {
  const base = "/assets/starter-workbook";
  const own = language === "zh-CN" ? await fetchJson(`${base}.zh-CN.json`) : null;
  const json = own ?? (await fetchJson(`${base}.json`));
  return json === null ? blankWorkbook : v.parse(workbookSchema, json);
}
