/**
 * A number that stays a number, with a card that takes it apart: where Excel knows such numbers
 * (platform.md 2.4). Every other Excel gets the plain number.
 */
import type { BookView } from "../runtime/book-view";
import type { CellValue } from "./cell-value";
import { isCellError } from "./cell-value";
import { channelOf } from "./channel-argument";
import { rowOf } from "./freshness";
import { termsOf } from "./why-cells";
import type { Words } from "./words";

/** The part of Excel's number with properties that is used (ExcelApi 1.19). */
export interface NumberWithCard {
  readonly type: "Double";
  readonly basicType: "Double";
  readonly basicValue: number;
  readonly numberFormat: string;
  readonly properties: Readonly<Record<string, { type: "Double"; basicValue: number }>>;
  readonly layouts: {
    readonly card: {
      readonly title: string;
      readonly sections: readonly [
        { readonly layout: "List"; readonly properties: readonly string[] },
      ];
    };
  };
}

interface Requirements {
  isSetSupported(name: string, minVersion: string): boolean;
}

/** Both are needed: the runtime takes the value over, the workbook shows it. */
export function supportsCards(requirements: Requirements | undefined): boolean {
  return (
    requirements?.isSetSupported("CustomFunctionsRuntime", "1.4") === true &&
    requirements.isSetSupported("ExcelApi", "1.19")
  );
}

/** Its terms are signed and add up to the number, as WHY spills them. */
export function withCard(
  value: CellValue,
  view: BookView,
  skuText: string,
  channelText: string,
  words: Words,
): CellValue | NumberWithCard {
  if (typeof value !== "number" || isCellError(value)) return value;
  const row = rowOf(view, skuText, words);
  if (!row.ok) return value;
  const channel = channelOf(row.value, channelText, words);
  if (!channel.ok) return value;
  const properties: Record<string, { type: "Double"; basicValue: number }> = {};
  for (const { name, units } of termsOf(row.value, channel.value, words)) {
    // Two reservations of one channel have one name: on the card they are one line.
    const before = properties[name]?.basicValue ?? 0;
    properties[name] = { type: "Double", basicValue: before + units };
  }
  return {
    type: "Double",
    basicType: "Double",
    basicValue: value,
    numberFormat: "#,##0",
    properties,
    layouts: {
      card: {
        title: words.cell.cardTitle(row.value.sku),
        sections: [{ layout: "List", properties: Object.keys(properties) }],
      },
    },
  };
}
