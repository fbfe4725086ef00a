/** Whether a number of the book may be called live, and what to say when it may not. Pure. */
import type { ChannelId, Sku } from "../base/ids";
import { parseSku } from "../base/ids";
import { err, ok, type Result } from "../base/result";
import type { BookView } from "../runtime/book-view";
import { SAFE_AGE_MS } from "../stock/sellable";
import type { EngineState, SkuState } from "../worker/api";
import { invalidValue, notAvailable, type CellError } from "./cell-value";
import type { Words } from "./words";

/** The book, once it is open. */
export function openBook(view: BookView, { shared }: Words): Result<EngineState, CellError> {
  const { state } = view;
  if (state === null || state.role === "starting") return err(notAvailable(shared.cellStarting));
  if (state.role === "stopped") return err(notAvailable(shared.cellStopped));
  return ok(state);
}

/** The row of a SKU, as a person writes it; a near miss is named. */
export function rowOf(view: BookView, text: string, words: Words): Result<SkuState, CellError> {
  const { shared, cell } = words;
  const sku: Result<Sku, "sku_empty" | "sku_too_long"> = parseSku(text);
  if (!sku.ok) {
    const empty = sku.error === "sku_empty";
    return err(invalidValue(empty ? shared.cellSkuEmpty : shared.cellSkuTooLong));
  }
  const open = openBook(view, words);
  if (!open.ok) return open;
  const row = view.index.rows.get(sku.value);
  if (row !== undefined) return ok(row);
  const near = view.index.near(sku.value);
  const message = near === null ? shared.cellSkuUnknown(sku.value) : cell.skuNear(sku.value, near);
  return err(notAvailable(message));
}

function unread(view: BookView, row: SkuState, words: Words): CellError {
  const channels = view.state?.channels ?? [];
  const waiting = (Object.keys(row.listed) as ChannelId[]).find(
    (id) => (channels.find(({ channel }) => channel === id)?.lastOkAt ?? null) === null,
  );
  const name = waiting === undefined ? "" : words.shared.channel[waiting];
  return notAvailable(words.shared.cellChannelUnread(name));
}

/**
 * Why this row's numbers must not be sold on; null = they may. A follower reads the leader's journal:
 * its numbers are as fresh as the companion answers.
 */
export function staleness(view: BookView, row: SkuState, words: Words): CellError | null {
  const { state, now } = view;
  if (state?.role === "follower") {
    const told = state.entries > 0 && state.companion.ok;
    return told ? null : notAvailable(words.shared.cellStarting);
  }
  const at = view.readAt(row);
  if (at === null) return unread(view, row, words);
  if (now - at <= SAFE_AGE_MS) return null;
  return notAvailable(
    row.asOf === null ? words.cell.readingSince(at) : words.shared.cellTooOld(at),
  );
}

/**
 * The same for what the book itself says: while the book is being opened its own numbers stand at once,
 * and what the channels have to say comes to them in a moment.
 */
export function bookStaleness(view: BookView, row: SkuState, words: Words): CellError | null {
  if (row.asOf === null && view.isOpening && (view.state?.entries ?? 0) > 0) return null;
  return staleness(view, row, words);
}
