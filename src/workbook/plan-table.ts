/**
 * The Streams sheet's table: streams to come, a row each. What the seller fills in is read as rows
 * for the engine, and what the engine says of them becomes cells. Pure.
 */
import type { LocaleId } from "../locale/formats";
import { sheetMessagesOf } from "../locale/sheets";
import type { PlanRow, PlanStanding } from "../stock/plan-rows";
import { columnLetter } from "./column-letter";
import { isSameCell, type Places, type SheetCell, type SheetColumn } from "./sheet-table";

const both = [sheetMessagesOf("en"), sheetMessagesOf("zh-CN")];
const UNITS = "#,##0";
const TEXT = "@";
const GENERAL = "General";

/** In the order in which they are made; widths in points. */
const layout = [
  ["start", "yyyy-mm-dd hh:mm", 92],
  ["creator", GENERAL, 76],
  ["followers", UNITS, 72],
  ["sku", TEXT, 72],
  ["sold30", UNITS, 58],
  ["forecast", UNITS, 64],
  ["deadline", GENERAL, 136],
  ["state", GENERAL, 132],
  ["estimate", UNITS, 64],
  ["ask", UNITS, 48],
  ["guaranteed", UNITS, 78],
  ["gap", UNITS, 52],
  ["no", TEXT, 46],
] as const;
type PlanColumn = (typeof layout)[number][0];

/** Columns that the program alone writes; the others are hers, or hold a formula she may change. */
export const keptColumns: readonly PlanColumn[] = ["guaranteed", "state", "deadline", "no"];

export function planColumns(locale: LocaleId): readonly SheetColumn[] {
  return layout.map(([id, format, width]) => ({
    id,
    format,
    width,
    header: sheetMessagesOf(locale).planColumn[id],
    headers: both.map((words) => words.planColumn[id]),
  }));
}

export interface StandingPlan {
  readonly body: readonly (readonly unknown[])[];
  readonly places: Places;
  readonly width: number;
  /** Row of the sheet at which the body begins, and column of the table; from 0. */
  readonly row: number;
  readonly column: number;
}

export interface ReadPlanRow extends PlanRow {
  /** In the table's body. */
  readonly index: number;
}

/** Excel's day number as a moment, by the computer's own time zone. */
export function momentOf(serial: number): number {
  const at = new Date(Math.round((serial - 25_569) * 86_400_000));
  return new Date(
    at.getUTCFullYear(),
    at.getUTCMonth(),
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
  ).getTime();
}

const hers = ["start", "creator", "followers", "sku", "sold30", "estimate"] as const;

/** Rows in which she wrote something. `newNumber` names those that have no number yet. */
export function readPlanRows(
  { body, places }: StandingPlan,
  newNumber: () => string,
): readonly ReadPlanRow[] {
  const taken = new Set<string>();
  return body.flatMap((cells, index) => {
    const at = (id: PlanColumn): unknown => {
      const place = places.of[id] ?? null;
      return place === null ? "" : (cells[place] ?? "");
    };
    if (hers.every((id) => at(id) === "")) return [];
    const numeric = (id: PlanColumn) => {
      const value = at(id);
      return typeof value === "number" ? value : null;
    };
    const start = numeric("start");
    // A row that was copied carries the other's number: it is a stream of its own.
    const stands = String(at("no"));
    const no = stands === "" || taken.has(stands) ? newNumber() : stands;
    taken.add(no);
    const row: ReadPlanRow = {
      index,
      no,
      startsAt: start === null || start < 1 ? null : momentOf(start),
      creator: String(at("creator")),
      followers: numeric("followers"),
      sku: String(at("sku")),
      planned: numeric("forecast"),
    };
    return [row];
  });
}

/** Formulas of a row, by column; she may put her own in their place. */
function formulasOf(
  { places, column }: StandingPlan,
  row: number,
): Partial<Record<PlanColumn, string>> {
  const cell = (id: PlanColumn) => {
    const at = places.of[id] ?? null;
    return at === null ? null : `${columnLetter(column + at)}${row + 1}`;
  };
  const [sold, followers, forecast] = [cell("sold30"), cell("followers"), cell("forecast")];
  const [estimate, ask, guaranteed] = [cell("estimate"), cell("ask"), cell("guaranteed")];
  const formulas: Partial<Record<PlanColumn, string>> = {};
  if (sold !== null && followers !== null) {
    formulas.forecast = `=IF(${sold}="","",STREAM.FORECAST_LIVE(${sold},${followers}))`;
  }
  // Her creator's own estimate, else the forecast without the buffer of 1.2 (requirement 19).
  if (forecast !== null && estimate !== null) {
    formulas.ask = `=IF(${estimate}<>"",3*${estimate},IF(ISNUMBER(${forecast}),ROUNDUP(3*${forecast}/1.2,0),""))`;
  }
  if (ask !== null && guaranteed !== null) {
    formulas.gap = `=IF(AND(ISNUMBER(${ask}),ISNUMBER(${guaranteed})),MAX(0,${ask}-${guaranteed}),"")`;
  }
  return formulas;
}

export interface PlanPaint {
  readonly standing: PlanStanding;
  /** Units sold in the last 30 days, where the book knows; filled in only where nothing stands. */
  readonly sold30: number | null;
}

/** Changed cells by row of the body; null leaves a cell alone. */
export function planChanges(
  table: StandingPlan,
  rows: readonly ReadPlanRow[],
  paints: ReadonlyMap<string, PlanPaint>,
  locale: LocaleId,
): ReadonlyMap<number, readonly (SheetCell | null)[]> {
  const words = sheetMessagesOf(locale);
  const byIndex = new Map(rows.map((row) => [row.index, row]));
  const changes = new Map<number, readonly (SheetCell | null)[]>();
  table.body.forEach((cells, index) => {
    const row = byIndex.get(index);
    const change = new Array<SheetCell | null>(table.width).fill(null);
    const put = (id: PlanColumn, value: SheetCell, onlyBlank = false) => {
      const at = table.places.of[id] ?? null;
      if (at === null || isSameCell(cells[at], value)) return;
      if (onlyBlank && cells[at] !== "") return;
      change[at] = value;
    };
    if (row === undefined) for (const id of keptColumns) put(id, "");
    else {
      put("no", row.no);
      const paint = paints.get(row.no);
      if (paint !== undefined) {
        const { standing, sold30 } = paint;
        if (sold30 !== null) put("sold30", sold30, true);
        put("guaranteed", standing.guaranteed ?? "");
        const { units, missing, reservesAt: at, urgency, dueAt } = standing;
        put("state", words.reservation(standing.state, { units, missing, at }));
        put("deadline", urgency === null || dueAt === null ? "" : words.deadline(urgency, dueAt));
      }
    }
    for (const [id, formula] of Object.entries(formulasOf(table, table.row + index))) {
      put(id as PlanColumn, formula, true);
    }
    if (change.some((cell) => cell !== null)) changes.set(index, change);
  });
  return changes;
}

export interface PlanColour {
  /** A formula over the cells of the first row of the body. */
  readonly formula: string;
  readonly fill: string;
  readonly font: string;
}

/** Colour beside words: what is late, due, short, done; the strongest first. */
export function planColours(table: StandingPlan): readonly PlanColour[] {
  const cell = (id: PlanColumn) =>
    `$${columnLetter(table.column + (table.places.of[id] ?? 0))}${table.row + 1}`;
  const begins = (id: PlanColumn, texts: readonly string[]) =>
    `OR(${texts.map((text) => `LEFT(${cell(id)},${text.length})="${text}"`).join(",")})`;
  const gap = `AND(ISNUMBER(${cell("gap")}),${cell("gap")}>0)`;
  return [
    {
      formula: `=${begins(
        "deadline",
        both.map((w) => w.urgency.late),
      )}`,
      fill: "#F4A6A0",
      font: "#6E0811",
    },
    {
      formula: `=${begins(
        "deadline",
        both.map((w) => w.urgency.due),
      )}`,
      fill: "#FFF1A8",
      font: "#5C4B00",
    },
    {
      formula: `=${begins(
        "state",
        both.map((w) => w.reservationStart.short),
      )}`,
      fill: "#FFC680",
      font: "#663C00",
    },
    {
      formula: `=AND(${begins(
        "state",
        both.map((w) => w.reservationStart.reserved),
      )},NOT(${gap}))`,
      fill: "#DFF6DD",
      font: "#0B5A08",
    },
  ];
}
