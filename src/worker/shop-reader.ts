/** Reads what the live shops list and show, page by page, as slowly as their limits ask. */
import { ok, type Result } from "../base/result";
import type { Channel, ListedItem, ListedPage, Refusal } from "../channels/channel";
import type { ChannelReading } from "./live-mapping";

export interface ReaderPorts {
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Listings found so far on this channel. */
  readonly onProgress: (found: number) => void;
}

/** A channel that asks for more patience than this in all is told of instead. */
const PATIENCE_MS = 180_000;
const WAIT_MAX_MS = 30_000;
/** A shop with more pages than this does not answer sensibly. */
const PAGES_MAX = 5000;

/** Calls again for as long as the channel only asks for a pause. */
async function patiently<T>(
  sleep: ReaderPorts["sleep"],
  call: () => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> {
  const never = new AbortController().signal;
  for (let waited = 0; ;) {
    const answer = await call();
    if (answer.ok || answer.error.kind !== "throttled" || waited >= PATIENCE_MS) return answer;
    const wait = Math.min(WAIT_MAX_MS, Math.max(200, answer.error.retryAfterMs));
    waited += wait;
    await sleep(wait, never);
  }
}

export async function readShop(
  channel: Channel,
  { sleep, onProgress }: ReaderPorts,
): Promise<Result<ChannelReading, Refusal>> {
  const items: ListedItem[] = [];
  let page: string | null = null;
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const asked: string | null = page;
    const answer: Result<ListedPage, Refusal> = await patiently(sleep, () =>
      channel.readListings(asked),
    );
    if (!answer.ok) return answer;
    items.push(...answer.value.items);
    onProgress(items.length);
    page = answer.value.next;
    if (page === null) break;
  }
  const own = items.filter((item) => item.fulfilledBy === "seller").map((item) => item.listing);
  const stock = await patiently(sleep, () => channel.readStock(own));
  if (!stock.ok) return stock;
  // What is kept for a campaign cannot be told from here, and is the seller's stock all the same.
  const shown = new Map(stock.value.map((reading) => [reading.listingId, reading.available]));
  return ok({ channel: channel.id, items, shown });
}

/** How many listings the shop has, by its first page alone. */
export async function countListings(
  channel: Channel,
  { sleep }: Pick<ReaderPorts, "sleep">,
): Promise<Result<{ listings: number; more: boolean }, Refusal>> {
  const first = await patiently(sleep, () => channel.readListings(null));
  if (!first.ok) return first;
  return ok({ listings: first.value.items.length, more: first.value.next !== null });
}
