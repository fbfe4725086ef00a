/** Work in a few lanes at a time: enough to hide the way there and back, too few to be a burst. */

/** Calls to eBay at the same time. No rate per second is published; a browser would open six. */
const LANES = 4;

/**
 * Runs `work` over all items; results stand in the items' order. After one for which `ends` is true
 * nothing more is begun, and what was not begun is undefined.
 */
export async function pooled<Item, Done>(
  items: readonly Item[],
  work: (item: Item) => Promise<Done>,
  ends: (done: Done) => boolean,
): Promise<readonly (Done | undefined)[]> {
  const results = new Array<Done | undefined>(items.length).fill(undefined);
  const waiting = items.entries();
  let ended = false;
  const lane = async () => {
    for (const [index, item] of waiting) {
      const done = await work(item);
      results[index] = done;
      ended ||= ends(done);
      if (ended) return;
    }
  };
  await Promise.all(Array.from({ length: Math.min(LANES, items.length) }, lane));
  return results;
}
