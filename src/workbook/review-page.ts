/** The Review sheet as it should be: what a stream came to, in words and numbers. Pure. */
import type { LocaleId } from "../locale/formats";
import { sheetMessagesOf } from "../locale/sheets";
import type { Review } from "../stock/review";
import type { Timeline, TimelineEvent } from "../stock/timeline";
import type { SheetCell } from "./sheet-table";

export interface ReviewedStream {
  readonly id: string;
  readonly creator: string;
  /** ms. */
  readonly endsAt: number;
  /** Units sold on the live channel up to each minute, cumulative. */
  readonly curve: readonly number[];
}

export interface ReviewFact {
  readonly label: string;
  readonly value: SheetCell;
  readonly format: string;
  /** Beside the value, quietly. */
  readonly note: string;
}

export interface ReviewPage {
  readonly streamId: string;
  readonly title: string;
  readonly subtitle: string;
  readonly verdict: string;
  readonly isGood: boolean;
  readonly facts: readonly ReviewFact[];
  readonly suggestionTitle: string;
  readonly suggestions: readonly string[];
  readonly timelineHeaders: readonly [string, string, string, string];
  /** Minute, sold so far, stock left, what happened. Empty while the timeline is not told. */
  readonly timeline: readonly (readonly [number, number, number, string])[];
  readonly chartTitle: string;
}

const UNITS = "#,##0";
const SHARE = "0.0%";
/** Excel draws 180 minutes well; a longer stream is told every other minute, and so on. */
const ROWS_MAX = 240;

function suggestionLines(
  { suggestions, verdict }: Review,
  share: number,
  locale: LocaleId,
): readonly string[] {
  const words = sheetMessagesOf(locale);
  const { coefficientFactor, planBuffer, planFactor } = suggestions;
  const lines: string[] = [];
  if (coefficientFactor !== null) lines.push(words.suggestCoefficient(coefficientFactor, share));
  if (planBuffer !== null) lines.push(words.suggestBuffer(planBuffer, share));
  if (planFactor !== null) lines.push(words.suggestPlan(planFactor));
  if (lines.length > 0) return lines;
  return [verdict === "sold_out" ? words.suggestMore : words.suggestNothing];
}

function factsOf(review: Review, locale: LocaleId): readonly ReviewFact[] {
  const words = sheetMessagesOf(locale);
  const label = words.reviewFact;
  const units = (text: string, value: number, note = ""): ReviewFact => ({
    label: text,
    value,
    format: UNITS,
    note,
  });
  const { accuracy, demand } = review;
  const atLeast = review.isLowerBound ? words.reviewLowerBound : "";
  return [
    units(label.planned, review.planned),
    units(label.sold, review.sold),
    { label: label.accuracy, value: accuracy ?? "", format: SHARE, note: atLeast },
    {
      label: label.stockout,
      value: review.stockoutShare,
      format: SHARE,
      note: words.reviewTarget,
    },
    units(label.stockoutMinutes, Math.round(review.stockoutMinutes)),
    {
      label: label.demand,
      value: demand === null ? "" : Math.round(demand),
      format: UNITS,
      note: "",
    },
    units(label.elsewhere, review.soldElsewhere),
    units(label.left, review.leftReserved),
    units(label.oversold, review.oversold),
  ];
}

function eventText(event: TimelineEvent, locale: LocaleId): string {
  const words = sheetMessagesOf(locale);
  if (event.code === "alert") return words.timelineAlert(event.level, event.left);
  return words.timelineEvent[event.code];
}

function timelineRows(
  curve: readonly number[],
  timeline: Timeline | null,
  locale: LocaleId,
): ReviewPage["timeline"] {
  if (timeline === null) return [];
  const step = Math.max(1, Math.ceil(timeline.stock.length / ROWS_MAX));
  const rows: [number, number, number, string][] = [];
  for (let minute = 0; minute < timeline.stock.length; minute += step) {
    const told = timeline.events.filter((e) => e.minute >= minute && e.minute < minute + step);
    const sold = curve[Math.min(minute, curve.length - 1)] ?? 0;
    const texts = told.map((event) => eventText(event, locale));
    rows.push([
      minute,
      sold,
      timeline.stock[minute] ?? 0,
      texts.join(locale === "en" ? "; " : "；"),
    ]);
  }
  return rows;
}

export function reviewPage(
  stream: ReviewedStream,
  review: Review,
  timeline: Timeline | null,
  locale: LocaleId,
): ReviewPage {
  const words = sheetMessagesOf(locale);
  const { verdict, planned, demand } = review;
  const column = words.timelineColumn;
  return {
    streamId: stream.id,
    title: words.reviewTitle,
    subtitle: words.reviewOf(stream.creator, review.sku, stream.endsAt),
    verdict: words.reviewVerdict[verdict ?? "no_plan"],
    isGood: verdict === "reasonable" && review.stockoutOk,
    facts: factsOf(review, locale),
    suggestionTitle: words.suggestionTitle,
    suggestions: suggestionLines(
      review,
      demand === null || planned === 0 ? 0 : demand / planned,
      locale,
    ),
    timelineHeaders: [column.minute, column.sold, column.stock, column.event],
    timeline: timelineRows(stream.curve, timeline, locale),
    chartTitle: words.chartTitle,
  };
}
