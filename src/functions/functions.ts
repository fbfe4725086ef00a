/**
 * Registers the custom functions: at the top of the script, before Office is ready and before any
 * React is loaded, since late registration is how cells come to show #NAME? (platform.md 2.6).
 * Thin on purpose: what a function answers is worked out in the files beside this one.
 */
import type { Result } from "../base/result";
import { pageCells, pageSession } from "../runtime/runtime";
import { alertCell } from "./alert-cell";
import { textOf } from "./arguments";
import type { Answer, CellError } from "./cell-value";
import { answered } from "./excel-answer";
import { forecastOf, type DailySales } from "./forecast-cell";
import { explained } from "./forecast-explain";
import { forecastUpdate } from "./forecast-update";
import { pledgeCells } from "./pledge-cells";
import { oversellCells, reviewCells, stockoutShareCell, turnoverCell } from "./review-cells";
import { supportsCards } from "./sellable-card";
import { sellableCell } from "./sellable-cell";
import { stockCell } from "./stock-cell";
import { cardOf, streamBlock, streamCells } from "./streaming";
import { whatIf } from "./what-if";
import { whyCells } from "./why-cells";
import { wordsOf, type Words } from "./words";

const session = pageSession();
const cells = pageCells();

type Streaming = CustomFunctions.StreamingInvocation<unknown>;

const words = (): Words => wordsOf(session.locale);
const dailySales: DailySales = (sku) => session.dailySales(sku);

async function once(answer: Promise<Result<Answer, CellError>>): Promise<unknown> {
  const result = await answer;
  return answered(result.ok ? result.value : result.error);
}

async function plan(args: Parameters<typeof forecastOf>[0]): ReturnType<typeof forecastOf> {
  return forecastOf(args, dailySales, words());
}

async function forecastLive(
  sales: unknown,
  followers?: unknown,
  history?: unknown,
  service?: unknown,
  creator?: unknown,
  options?: unknown,
): Promise<unknown> {
  const made = await plan({ sales, followers, history, service, creator, options });
  return answered(made.ok ? made.value.units : made.error);
}

async function forecastExplain(
  sales: unknown,
  followers?: unknown,
  history?: unknown,
  service?: unknown,
  creator?: unknown,
  options?: unknown,
): Promise<unknown> {
  const made = await plan({ sales, followers, history, service, creator, options });
  const known = typeof followers === "number" ? followers : null;
  return answered(made.ok ? explained(made.value, known, words().cell) : made.error);
}

function forecastUpdateCells(
  sales: unknown,
  followers?: unknown,
  history?: unknown,
  sold?: unknown,
  share?: unknown,
  stockLeft?: unknown,
  service?: unknown,
): Promise<unknown> {
  const args = { sales, followers, history, sold, share, stockLeft, service };
  return once(forecastUpdate(args, dailySales, words()));
}

function whatIfCells(
  sales: unknown,
  followers?: unknown,
  history?: unknown,
  service?: unknown,
  creator?: unknown,
  changes?: unknown,
): Promise<unknown> {
  const args = { sales, followers, history, service, creator, options: changes };
  return once(whatIf(args, dailySales, words()));
}

function review(
  plan: unknown,
  actual: unknown,
  stockoutMinutes?: unknown,
  streamMinutes?: unknown,
): unknown {
  return answered(reviewCells({ plan, actual, stockoutMinutes, streamMinutes }, words()));
}

function turnoverDays(averageStock: unknown, dailySales: unknown): unknown {
  return answered(turnoverCell(averageStock, dailySales, words()));
}

function stockoutShare(minutes: unknown, streamMinutes: unknown): unknown {
  return answered(stockoutShareCell(minutes, streamMinutes, words()));
}

function oversellRisk(rate: unknown, seconds: unknown, buffer?: unknown, risk?: unknown): unknown {
  return answered(oversellCells({ rate, seconds, buffer, risk }, words()));
}

/** Asked anew for each cell: Office says what it supports only once it is ready. */
function cardsHere(): boolean {
  const { context } = Office as { readonly context?: Partial<Office.Context> };
  return supportsCards(context?.requirements);
}

function sellable(sku: unknown, channel: unknown, invocation: Streaming): void {
  const on = textOf(channel);
  const card = cardsHere() ? cardOf(on) : null;
  streamCells(cells, invocation, sku, (view, text, m) => sellableCell(view, text, on, m), card);
}

function stock(sku: unknown, measure: unknown, channel: unknown, invocation: Streaming): void {
  const [what, on] = [textOf(measure), textOf(channel)];
  streamCells(cells, invocation, sku, (view, text, m) => stockCell(view, text, what, on, m));
}

function cover(sku: unknown, invocation: Streaming): void {
  streamCells(cells, invocation, sku, (view, text, m) => stockCell(view, text, "cover", "", m));
}

function alert(sku: unknown, invocation: Streaming): void {
  streamCells(cells, invocation, sku, alertCell);
}

function why(sku: unknown, channel: unknown, invocation: Streaming): void {
  const on = textOf(channel);
  streamBlock(cells, invocation, sku, (view, text, m) => whyCells(view, text, on, m));
}

function pledge(sku: unknown, estimate: unknown, invocation: Streaming): void {
  streamBlock(cells, invocation, sku, (view, text, m) => pledgeCells(view, text, estimate, m));
}

CustomFunctions.associate("FORECAST_LIVE", forecastLive);
CustomFunctions.associate("FORECAST_EXPLAIN", forecastExplain);
CustomFunctions.associate("FORECAST_UPDATE", forecastUpdateCells);
CustomFunctions.associate("SELLABLE", sellable);
CustomFunctions.associate("STOCK", stock);
CustomFunctions.associate("WHY", why);
CustomFunctions.associate("ALERT", alert);
CustomFunctions.associate("COVER", cover);
CustomFunctions.associate("REVIEW", review);
CustomFunctions.associate("TURNOVER_DAYS", turnoverDays);
CustomFunctions.associate("STOCKOUT_SHARE", stockoutShare);
CustomFunctions.associate("PLEDGE", pledge);
CustomFunctions.associate("OVERSELL_RISK", oversellRisk);
CustomFunctions.associate("WHATIF", whatIfCells);
