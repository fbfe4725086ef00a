/**
 * Registers the custom functions: at the top of the script, before Office is ready and before any
 * React is loaded, since late registration is how cells come to show #NAME? (platform.md 2.6).
 */
import { systemClock } from "../base/clock";
import { messagesOf } from "../locale/locale";
import type { Messages } from "../locale/messages";
import { pageSession } from "../runtime/runtime";
import { forecastError, invalidValue, notAvailable } from "./cell-error";
import { forecastCell } from "./forecast-cell";
import { sellableCell, type SellableRefusal } from "./sellable-cell";

const session = pageSession();

async function forecastLive(
  sales: unknown,
  followers?: unknown,
  history?: unknown,
  service?: unknown,
  creator?: unknown,
  options?: unknown,
): Promise<number> {
  const cells = { sales, followers, history, service, creator, options };
  const plan = await forecastCell(cells, (sku) => session.dailySales(sku));
  if (plan.ok) return plan.value;
  const m = messagesOf(session.locale);
  if (plan.error.kind === "sku_unknown") throw notAvailable(m.cellSkuUnknown(plan.error.sku));
  throw forecastError(plan.error.refusal, m);
}

function sellableError(refusal: SellableRefusal, m: Messages): CustomFunctions.Error {
  switch (refusal.code) {
    case "sku_empty":
      return invalidValue(m.cellSkuEmpty);
    case "sku_too_long":
      return invalidValue(m.cellSkuTooLong);
    case "channel_unknown":
      return invalidValue(m.cellChannelUnknown(refusal.text));
    case "starting":
      return notAvailable(m.cellStarting);
    case "stopped":
      return notAvailable(m.cellStopped);
    case "sku_unknown":
      return notAvailable(m.cellSkuUnknown(refusal.sku));
    case "channel_unlisted":
      return notAvailable(m.cellChannelUnlisted(refusal.sku, m.channel[refusal.channel]));
    case "channel_unread":
      return notAvailable(
        m.cellChannelUnread(refusal.channel === null ? "" : m.channel[refusal.channel]),
      );
    case "too_old":
      return notAvailable(m.cellTooOld(refusal.at));
  }
}

/** Open streaming cells, refreshed together: one subscription, one timer for all of them. */
const open = new Set<() => void>();
const TICK_MS = 1000;
let tick: ReturnType<typeof setInterval> | null = null;

function refreshAll(): void {
  for (const refresh of open) refresh();
}

function watch(refresh: () => void): () => void {
  open.add(refresh);
  // Numbers age without anything happening: look once a second.
  tick ??= setInterval(refreshAll, TICK_MS);
  return () => {
    open.delete(refresh);
    if (open.size > 0 || tick === null) return;
    clearInterval(tick);
    tick = null;
  };
}
session.subscribe(refreshAll);

/** A SKU of digits comes as a number when the cell holds one. */
function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** Streams: Excel shares one call between all cells with the same arguments. */
function sellable(
  sku: unknown,
  channel: unknown,
  invocation: CustomFunctions.StreamingInvocation<number>,
): void {
  let shown = "";
  const refresh = () => {
    const now = sellableCell(session.state(), textOf(sku), textOf(channel), systemClock.now());
    const text = JSON.stringify([now, session.locale]);
    if (text === shown) return;
    shown = text;
    invocation.setResult(now.ok ? now.value : sellableError(now.error, messagesOf(session.locale)));
  };
  const stop = watch(refresh);
  invocation.onCanceled = stop;
  // Exceptions in a streaming function are swallowed by the runtime: show them instead.
  try {
    refresh();
  } catch (cause) {
    invocation.setResult(notAvailable(String(cause)));
  }
}

CustomFunctions.associate("FORECAST_LIVE", forecastLive);
CustomFunctions.associate("SELLABLE", sellable);
