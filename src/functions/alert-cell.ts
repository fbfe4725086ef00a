/** STREAM.ALERT: one line of text that is never silent about being old. Pure. */
import type { BookView } from "../runtime/book-view";
import { SAFE_AGE_MS } from "../stock/sellable";
import type { SkuState } from "../worker/api";
import type { CellValue } from "./cell-value";
import { liveChannel } from "./cover";
import { rowOf } from "./freshness";
import type { Words } from "./words";

/** Why the line does not tell what is now; null = it does. */
function notLive(view: BookView, row: SkuState, { cell }: Words): string | null {
  if (view.state?.role === "follower") return view.state.companion.ok ? null : cell.alertUnread;
  const at = view.readAt(row);
  if (at === null) return cell.alertUnread;
  return view.now - at > SAFE_AGE_MS ? cell.alertStale(at) : null;
}

export function alertCell(view: BookView, skuText: string, words: Words): CellValue {
  const found = rowOf(view, skuText, words);
  if (!found.ok) return found.error;
  const { cell, shared } = words;
  const row = found.value;
  const channel = liveChannel(view.state, row);
  const old = notLive(view, row, words);
  if (old !== null) return old;
  const left = channel === null ? Math.max(0, row.available) : (row.sellable[channel] ?? 0);
  const parts = [cell.alertLeft(shared.ladderName[row.alert], left)];
  if (row.oversold > 0) parts.push(cell.alertOversold(row.oversold));
  const paused = view.state?.channels.some(({ status }) => status === "paused") === true;
  if (channel !== null && paused) parts.push(cell.alertPaused);
  return cell.join(parts);
}
