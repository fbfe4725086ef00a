/** The Live table as it should be: engine state in, cells out. Pure. */
import type { ChannelId } from "../base/ids";
import { seedThresholds, type AlertLevel } from "../stock/alerts";
import type { LocaleId } from "../locale/formats";
import { messagesOf } from "../locale/locale";
import type { Messages } from "../locale/messages";
import { sheetMessagesOf } from "../locale/sheets";
import type { SheetColumn } from "./sheet-table";

/** Of `sync/view.ts`, what the table shows. */
export interface LiveRowInput {
  readonly sku: string;
  readonly onHand: number;
  readonly committed: number;
  readonly held: number;
  readonly reserved: number;
  readonly sellable: Readonly<Partial<Record<ChannelId, number>>>;
  readonly alert: AlertLevel;
  readonly asOf: number | null;
}

export interface LiveRow {
  readonly sku: string;
  /** In the order of the columns. */
  readonly cells: readonly (string | number)[];
}

/** A row turns to `fill` while its alert cell begins with one of `prefixes`. */
export interface AlertColour {
  readonly level: Exclude<AlertLevel, "none">;
  readonly prefixes: readonly string[];
  readonly fill: string;
  readonly font: string;
}

export interface LiveTable {
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly LiveRow[];
  readonly alertColumn: string;
  /** For a row with a SKU that is not in the book. */
  readonly notInBook: string;
  /** What Excel says to somebody who types into a column of ours. */
  readonly kept: { readonly title: string; readonly text: string };
  readonly colours: readonly AlertColour[];
}

const everyLanguage = [messagesOf("en"), messagesOf("zh-CN")];
const TEXT = "@";
const UNITS = "#,##0";
const CLOCK = "hh:mm:ss";

function column(
  id: string,
  messages: Messages,
  header: (m: Messages) => string,
  format: string,
  width: number,
): SheetColumn {
  return { id, header: header(messages), headers: everyLanguage.map(header), format, width };
}

/** Excel's serial day number of a moment, in the computer's own time zone. */
export function excelTime(at: number, offsetMinutes: number): number {
  return (at / 60_000 - offsetMinutes) / 1440 + 25_569;
}

const bounds: Readonly<Record<AlertLevel, number>> = {
  none: 0,
  yellow: seedThresholds.yellow,
  orange: seedThresholds.orange,
  red: seedThresholds.red,
};

/** Colour is never the only sign: the alert's name stands in the cell. */
const colours: readonly Omit<AlertColour, "prefixes">[] = [
  { level: "red", fill: "#F4A6A0", font: "#6E0811" },
  { level: "orange", fill: "#FFC680", font: "#663C00" },
  { level: "yellow", fill: "#FFF1A8", font: "#5C4B00" },
];

export function liveTable(
  inputs: readonly LiveRowInput[],
  locale: LocaleId,
  offsetMinutes: number,
): LiveTable {
  const messages = messagesOf(locale);
  const words = sheetMessagesOf(locale);
  const channels: ChannelId[] = ["tiktok", "shopify", "amazon", "ebay"].filter((channel) =>
    inputs.some((row) => row.sellable[channel as ChannelId] !== undefined),
  ) as ChannelId[];
  const columns = [
    column("sku", messages, (m) => m.columnSku, TEXT, 70),
    column("onHand", messages, (m) => m.columnOnHand, UNITS, 62),
    column("committed", messages, (m) => m.columnCommitted, UNITS, 76),
    column("held", messages, (m) => m.columnHeld, UNITS, 58),
    column("reserved", messages, (m) => m.columnReserved, UNITS, 70),
    ...channels.map((channel) =>
      column(
        `sellable:${channel}`,
        messages,
        (m) => m.columnSellable(m.channel[channel]),
        UNITS,
        67,
      ),
    ),
    column("alert", messages, (m) => m.columnAlert, TEXT, 98),
    column("asOf", messages, (m) => m.columnAsOf, CLOCK, 62),
  ];
  const rows = inputs.map((row) => ({
    sku: row.sku,
    cells: [
      row.sku,
      row.onHand,
      row.committed,
      row.held,
      row.reserved,
      ...channels.map((channel) => row.sellable[channel] ?? ""),
      messages.alertCell(row.alert, bounds[row.alert]),
      row.asOf === null ? "" : excelTime(row.asOf, offsetMinutes),
    ],
  }));
  return {
    columns,
    rows,
    alertColumn: "alert",
    notInBook: words.notInBook,
    kept: { title: words.keptTitle, text: words.keptText },
    colours: colours.map((colour) => ({
      ...colour,
      prefixes: everyLanguage.map((m) => m.ladderName[colour.level]),
    })),
  };
}

/**
 * SKUs whose row must be written: any number changed, or only the time did and it is older than
 * `timeEveryMs`. Writing the time alone every second would fill the undo history.
 */
export function changedRows(
  before: LiveTable | null,
  after: LiveTable,
  timeEveryMs: number,
): readonly string[] {
  const headers = (table: LiveTable) => table.columns.map(({ header }) => header).join("|");
  if (before === null || headers(before) !== headers(after)) {
    return after.rows.map((row) => row.sku);
  }
  const old = new Map(before.rows.map((row) => [row.sku, row.cells]));
  return after.rows
    .filter((row) => differs(old.get(row.sku), row.cells, timeEveryMs))
    .map((r) => r.sku);
}

function differs(
  before: LiveRow["cells"] | undefined,
  after: LiveRow["cells"],
  timeEveryMs: number,
): boolean {
  if (before?.length !== after.length) return true;
  const last = after.length - 1;
  for (let i = 0; i < last; i += 1) if (before[i] !== after[i]) return true;
  const [was, is] = [before[last], after[last]];
  if (typeof was !== "number" || typeof is !== "number") return was !== is;
  return Math.abs(is - was) * 86_400_000 >= timeEveryMs;
}
