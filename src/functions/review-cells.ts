/** REVIEW, TURNOVER_DAYS, STOCKOUT_SHARE and OVERSELL_RISK: arithmetic on plain cells. Pure. */
import { oversellRisk, WINDOW_UNITS_MAX } from "../forecast/oversell-risk";
import { review } from "../stock/review";
import { turnoverDays } from "../stock/turnover";
import { neededNumber, numbersOf, optionalNumber } from "./arguments";
import { invalidNumber, invalidValue, notAvailable, type Answer } from "./cell-value";
import type { Words } from "./words";

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
const mean = (numbers: readonly number[]): number => sum(numbers) / numbers.length;

export interface ReviewArguments {
  readonly plan: unknown;
  readonly actual: unknown;
  readonly stockoutMinutes: unknown;
  readonly streamMinutes: unknown;
}

/** The look back on one stream (requirements 46 to 51 and 55). */
export function reviewCells(cells: ReviewArguments, { shared, cell }: Words): Answer {
  const plan = neededNumber(cells.plan, "plan", cell, { least: 0, strict: true });
  if (!plan.ok) return plan.error;
  const actual = neededNumber(cells.actual, "actual", cell);
  if (!actual.ok) return actual.error;
  const out = optionalNumber(cells.stockoutMinutes, "stockoutMinutes", cell);
  if (!out.ok) return out.error;
  const minutes = optionalNumber(cells.streamMinutes, "streamMinutes", cell);
  if (!minutes.ok) return minutes.error;
  const stockoutMinutes = out.value ?? 0;
  const streamMinutes = minutes.value ?? 0;
  if (stockoutMinutes > 0 && minutes.value === null) return invalidValue(cell.minutesTogether);
  if (stockoutMinutes > streamMinutes) return invalidNumber;
  const seen = review({
    ...{ sku: "", planned: plan.value, sold: actual.value, stockoutMinutes, streamMinutes },
    ...{ soldElsewhere: 0, leftReserved: 0, oversold: 0, endedSoldOut: false },
  });
  // Out of stock all the time: what demand was nobody can tell.
  const band = seen.isLowerBound ? (seen.demandVerdict ?? "sold_out") : seen.verdict;
  const verdict = band === null ? null : shared.verdict[band];
  const timed = minutes.value !== null && minutes.value > 0;
  const onTarget = seen.stockoutOk ? shared.reviewStockoutOk : shared.reviewStockoutOver;
  return [
    [cell.accuracy, seen.accuracy ?? ""],
    [cell.verdict, verdict?.title ?? ""],
    [cell.next, verdict?.next ?? ""],
    [cell.forecastAccuracy, seen.forecastAccuracy ?? ""],
    [cell.stockoutShare, timed ? seen.stockoutShare : ""],
    [cell.stockoutVerdict, timed ? onTarget : ""],
    [cell.demand, seen.demand ?? ""],
    [cell.coefficientFactor, seen.suggestions.coefficientFactor ?? ""],
    [cell.bufferNext, seen.suggestions.planBuffer ?? ""],
    ...(seen.isLowerBound ? [[cell.inWords, cell.lowerBound]] : []),
  ];
}

/** Days that the stock lies; of ranges the means are taken (requirement 52). */
export function turnoverCell(averageStock: unknown, dailySales: unknown, { cell }: Words): Answer {
  const stock = numbersOf(averageStock, "averageStock", cell);
  if (!stock.ok) return stock.error;
  const sales = numbersOf(dailySales, "dailySales", cell);
  if (!sales.ok) return sales.error;
  return turnoverDays([mean(stock.value)], mean(sales.value)) ?? notAvailable(cell.noSales);
}

/** Minutes without stock by minutes of the stream; several gaps are added up (requirement 55). */
export function stockoutShareCell(
  minutes: unknown,
  streamMinutes: unknown,
  { cell }: Words,
): Answer {
  const out = numbersOf(minutes, "stockoutMinutes", cell);
  if (!out.ok) return out.error;
  const all = neededNumber(streamMinutes, "streamMinutes", cell, { least: 0, strict: true });
  if (!all.ok) return all.error;
  const total = sum(out.value);
  return total > all.value ? invalidNumber : total / all.value;
}

export interface OversellArguments {
  /** Units a minute that the other channels sell; a range: of each of them. */
  readonly rate: unknown;
  /** From a sale to the moment the others know: reading plus pushing, seconds. */
  readonly seconds: unknown;
  readonly buffer: unknown;
  readonly risk: unknown;
}

/** In half a percent of such windows more sells than is kept back (forecast.md 3.1). */
const RISK_DEFAULT = 0.005;

export function oversellCells(cells: OversellArguments, { cell }: Words): Answer {
  const rates = numbersOf(cells.rate, "rate", cell);
  if (!rates.ok) return rates.error;
  const seconds = numbersOf(cells.seconds, "seconds", cell);
  if (!seconds.ok) return seconds.error;
  const windows = seconds.value;
  if (windows.length !== 1 && windows.length !== rates.value.length) {
    return invalidValue(cell.rangesDiffer);
  }
  const buffer = optionalNumber(cells.buffer, "buffer", cell, { least: 0, most: WINDOW_UNITS_MAX });
  if (!buffer.ok) return buffer.error;
  const risk = optionalNumber(cells.risk, "risk", cell, { least: 0, most: 1, strict: true });
  if (!risk.ok) return risk.error;
  const units = rates.value.map((rate, i) => (rate * (windows[i] ?? windows[0] ?? 0)) / 60);
  const expected = sum(units);
  if (expected > WINDOW_UNITS_MAX) return invalidNumber;
  const kept = Math.floor(buffer.value ?? 0);
  const accepted = risk.value ?? RISK_DEFAULT;
  const seen = oversellRisk(expected, kept, accepted);
  return [
    [cell.oversellChance, seen.chance],
    [cell.oversellUnits, seen.units],
    [cell.oversellBuffer(accepted), seen.enough],
    [cell.inWords, cell.oversellTold(seen.chance, kept, seen.enough, accepted)],
  ];
}
