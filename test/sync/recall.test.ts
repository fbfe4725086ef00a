/** What a worker that starts anew knows of the numbers on its listings. */
import { describe, expect, test } from "@jest/globals";
import type { Sku } from "../../src/base/ids";
import type { Listing } from "../../src/channels/channel";
import { MemoryLedger } from "../../src/ledger/memory-ledger";
import { note, type Draft, type Move } from "../../src/stock/entries";
import { Catalogue } from "../../src/sync/catalogue";
import { recallShowing } from "../../src/sync/recall";
import { defaultSettings } from "../../src/sync/settings";
import { count, SKU } from "../support/entries";
import { engineWorld } from "../support/engine-world";

const MUG = "MUG" as Sku;
const TEA = "TEA" as Sku;
const SET = "SET" as Sku;
const AT = 1_700_000_000_000;

function listed(listingId: string): Listing {
  return { channel: "amazon", listingId, parentId: listingId, locationId: "1" };
}

/** A mug, a tea, and a set of one mug and two teas, on one channel. */
function shop(): Catalogue {
  const item = (sku: Sku) => ({ sku, title: sku, listings: [listed(sku)] });
  const parts = [
    { sku: MUG, units: 1 },
    { sku: TEA, units: 2 },
  ];
  return new Catalogue([item(MUG), item(TEA)], [{ ...item(SET), parts }]);
}

function told(sku: Sku, n: number, kind: "push_requested" | "push_confirmed" | "push_failed") {
  return note(kind, `${kind}/${sku}/${n}`, AT, { sku, channel: "amazon", n, ref: `${sku}/${n}` });
}

function sale(order: string, sku: Sku, quantity: number, over: Partial<Move> = {}): Move {
  return {
    ...{ type: "move", key: `${order}/${sku}`, at: AT, reportedAt: AT, kind: "commit", sku },
    ...{ quantity, from: "available", to: "committed:amazon", ref: `amazon/${order}/1/${sku}` },
    ...over,
  };
}

/** The range in which each number is explained: [lowest, highest], or nulls. */
async function recalled(...bookings: readonly (readonly Draft[])[]) {
  const ledger = new MemoryLedger();
  let bookedAt = AT;
  for (const drafts of bookings) {
    await ledger.append(drafts, {}, bookedAt);
    bookedAt += 120_000;
  }
  const head = await ledger.head();
  const catalogue = shop();
  await recallShowing(ledger, head.ok ? head.value : 0, catalogue, defaultSettings);
  return Object.fromEntries(
    [MUG, TEA, SET].map((sku) => {
      const state = catalogue.find("amazon", sku);
      return [sku, [state?.low, state?.high]];
    }),
  );
}

const pushed = [
  told(MUG, 50, "push_confirmed"),
  told(TEA, 90, "push_confirmed"),
  told(SET, 40, "push_confirmed"),
];

describe("where a bundle sells the same things on the same channel", () => {
  test("every listing is known by what it was told", async () => {
    expect(await recalled(pushed)).toEqual({ MUG: [50, 50], TEA: [90, 90], SET: [40, 40] });
  });

  test("a set that was sold is the set's, and a mug by itself is the mug's", async () => {
    expect(
      await recalled(pushed, [sale("1", MUG, 1), sale("1", TEA, 2)], [sale("2", MUG, 3)]),
    ).toEqual({ MUG: [47, 47], TEA: [90, 90], SET: [39, 39] });
  });

  test("units that came from a share and from the pool are one sale", async () => {
    const parts = [sale("1", MUG, 2), sale("1", TEA, 3), { ...sale("1", TEA, 1), key: "rest" }];
    expect(await recalled(pushed, parts)).toMatchObject({ TEA: [90, 90], SET: [38, 38] });
  });
});

test("units that were missing when a number was written are missing still", async () => {
  const [mug, ...others] = pushed;
  const written = [...others, { ...mug!, detail: "missing 7 0" } as Draft];
  expect(await recalled(written)).toMatchObject({ MUG: [57, 57] });
  expect(await recalled(written, [told(MUG, 30, "push_requested")])).toMatchObject({
    MUG: [37, 57],
  });
});

test("a number that was asked for and never confirmed may be there, or not", async () => {
  expect(await recalled(pushed, [told(MUG, 30, "push_requested")])).toMatchObject({
    MUG: [30, 50],
  });
});

test("one that was refused is not", async () => {
  const asked = [told(MUG, 30, "push_requested"), told(MUG, 30, "push_failed")];
  expect(await recalled(pushed, asked)).toMatchObject({ MUG: [50, 50] });
});

test("a late payment takes nothing from the number: it fell when the order was placed", async () => {
  const late = sale("1", MUG, 1, { reason: "late_payment" });
  expect(await recalled(pushed, [late])).toMatchObject({ MUG: [50, 50] });
});

test("an engine that starts anew in the same window forgets what it saw when it led before", async () => {
  const w = engineWorld(100);
  await w.book(count(100));
  w.start();
  await w.pass(20_000);
  const state = w.engine.situation().catalogue.find("tiktok", SKU);
  expect(state?.observed).toBe(100);
  await w.restart(0);
  expect(state?.observed).toBeNull();
});
