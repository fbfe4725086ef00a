/**
 * Two dozen bugs that a tired engineer could write, each as a change of one place in the sources. The
 * simulation may miss one (`npm run planted`). A unit test holds that every place
 * is still there.
 */
export const plantedBugs = [
  {
    name: "dedupe dropped: the same event is booked twice",
    file: "ledger/memory-ledger.ts",
    find: "if (this.#keys.has(draft.key)) continue;",
    replace: "",
  },
  {
    name: "an old report of an order is believed",
    file: "stock/orders.ts",
    find: "if (state !== undefined && line.updatedAt < state.updatedAt) return [];",
    replace: "",
  },
  {
    name: "fencing ignored: relay and journal take every token",
    file: "simulation/sim-companion.ts",
    find: "return holder !== null && fence > 0 && fence === current;",
    replace: "return fence >= 0 && fence <= current && holder !== undefined;",
  },
  {
    name: "own in-flight sales given back: the live listing is written while it sells",
    file: "sync/policies/escrow.ts",
    find: "if (live.observed === null || live.restlessReads > 0 || live.observed === 0) return null;",
    replace: "return Math.max(0, own);",
  },
  {
    name: "the rest moves over before the others read 0",
    file: "sync/policies/escrow.ts",
    find: "const ready = states.every((state) => soldOutForSure(situation, state));",
    replace: "const ready = true;",
  },
  {
    name: "one reading of 0 is enough, whatever the channel lists late",
    file: "sync/policies/escrow.ts",
    find: "if (state.observed !== 0 || state.zeroReads < 2 || state.zeroSince === null) return false;",
    replace:
      "if (state.observed === 0) return true; else if (state.zeroSince === null) return false;",
  },
  {
    name: "the others keep no guard",
    file: "sync/policies/escrow.ts",
    find: "return Math.max(sharing.situation.settings.channelBuffer, guard);",
    replace: "return Math.min(-3, -guard);",
  },
  {
    name: "orders that are listed late are never looked for",
    file: "sync/engine.ts",
    find: "if (now - last >= settings.deepLookEveryMs) return true;",
    replace: "if (now >= 0) return false;",
  },
  {
    name: "a bundle takes one unit of each part",
    file: "stock/bundles.ts",
    find: "ordered: line.ordered * units,",
    replace: "ordered: line.ordered,",
  },
  {
    name: "a cancellation gives nothing back",
    file: "stock/orders.ts",
    find: "if (wanted < booked && state !== undefined) {",
    replace: "if (wanted > booked && state !== undefined) {",
  },
  {
    name: "a payment is not seen",
    file: "stock/orders.ts",
    find: "if (line.paid && cursor.held > 0) {",
    replace: "if (line.paid && cursor.held > 1) {",
  },
  {
    name: "shipped units are taken twice",
    file: "stock/orders.ts",
    find: "const toShip = Math.min(line.shipped - shippedBefore, cursor.committed);",
    replace:
      "const toShip = line.shipped - shippedBefore + (line.shipped > shippedBefore ? 1 : 0);",
  },
  {
    name: "a number that somebody raised by hand is set back without a word",
    file: "sync/drift.ts",
    find: "if (n <= 0) return null;",
    replace: "if (n !== 0) return null;",
  },
  {
    name: "a start forgets the entries after the snapshot",
    file: "ledger/projection-cache.ts",
    find: "if (entry.seq > projection.seq) apply(projection, entry);",
    replace: "if (snapshotSeq === 0) apply(projection, entry); else projection.seq = entry.seq;",
  },
  {
    name: "a profile that parted from the journal stays parted",
    file: "worker/open-book.ts",
    find: "if (!same.value) return restored;",
    replace: "if (same.value) return restored;",
  },
  {
    name: "a worker starts to book before the journal gave back what was lost",
    file: "worker/open-book.ts",
    find: "const restored = await this.#level(ledger);",
    replace: "const restored = ok(null);",
  },
  {
    name: "the journal is tried once and never again",
    file: "worker/open-book.ts",
    find: 'if (!this.#stop.signal.aborted && this.#role === "leader") void this.flush();',
    replace: "",
  },
  {
    name: "a leader whose lease another one took leads on",
    file: "worker/lease-keeper.ts",
    find: "    this.#set(granted, fence);",
    replace: "    if (granted) this.#set(true, fence);",
  },
  {
    name: "the cursor is saved before the entries that it led to",
    file: "sync/bookkeeper.ts",
    find: "const booked = await this.#ledger.append(drafts, cursors, bookedAt);",
    replace:
      "await this.#ledger.append([], cursors, bookedAt); const booked = await this.#ledger.append(drafts, {}, bookedAt);",
  },
  {
    name: "unpaid orders are ignored",
    file: "sync/book.ts",
    find: "for (const line of order.lines) {",
    replace: "if (order.paid) for (const line of order.lines) {",
  },
  {
    name: "what is reserved counts for everybody",
    file: "sync/policies/pool.ts",
    find: "return balancesOf(situation.projection, sku).available - unlisted(situation, sku, besides);",
    replace:
      "const b = balancesOf(situation.projection, sku); return b.available + [...b.reserved.values()].reduce((a, n) => a + n, 0) - unlisted(situation, sku, besides);",
  },
  {
    name: "the pause of the other channels is booked and not carried out",
    file: "sync/policies/escrow.ts",
    find: "if (situation.projection.paused.has(sku)) return 0;",
    replace: "",
  },
  {
    name: "an unpaid hold ends with its time, whatever the channel says",
    file: "stock/holds.ts",
    find: 'const stays = settings.holdsEnd === "channel" && wordOf(line, ref) === "unpaid";',
    replace: "const stays = wordOf(line, ref) !== wordOf(line, ref);",
  },
  {
    name: "a refused ledger's plan stays in memory",
    file: "sync/bookkeeper.ts",
    find: "this.#stale = true;\n      const reloaded = await this.#load();",
    replace: "const reloaded = { ok: true };",
  },
];
