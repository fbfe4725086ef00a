/** What a person does by hand, from the worker's boundary to ledger, journal and channels. */
import { describe, expect, test } from "@jest/globals";
import type { Sku } from "../../src/base/ids";
import { constants } from "../../src/stock/constants";
import { balancesOf } from "../../src/stock/projection";
import { newestStream, streamView } from "../../src/sync/view";
import { booked, inJournal, lead, pass, site, told } from "../support/desk-world";
import { SKU } from "../support/entries";
import { running } from "../support/engine-world";

const OTHER = "SKU-2" as Sku;
const fine = { ok: true, value: null };
const refused = (code: string) => ({ ok: false, error: { code } });

async function onAir(over: { readonly planned?: number; readonly reserved?: number } = {}) {
  const world = await lead();
  const { planned = 60, reserved = 60 } = over;
  await booked(world.book, ...running(site.time.now(), { planned, reserved }));
  await pass(5000);
  const { projection } = world.book.bookkeeper;
  return { ...world, projection, balances: () => balancesOf(projection, SKU) };
}

describe("a channel held by hand", () => {
  test("shows 0 whatever the policy says, over a restart too, until it is let go", async () => {
    const first = await lead();
    await pass(5000);
    expect(site.shopify.listed.get(SKU)).toBeGreaterThan(0);
    expect(await told(first.hand.holdChannel("shopify", true))).toEqual(fine);
    expect(await told(first.hand.holdChannel("shopify", true))).toEqual(fine);
    await pass(5000);
    expect(site.shopify.listed.get(SKU)).toBe(0);
    expect(site.tiktok.listed.get(SKU)).toBeGreaterThan(0);
    first.book.close();
    const next = await lead();
    await pass(20_000);
    expect(site.shopify.listed.get(SKU)).toBe(0);
    expect(await told(next.hand.holdChannel("shopify", false))).toEqual(fine);
    await pass(5000);
    expect(site.shopify.listed.get(SKU)).toBeGreaterThan(0);
    expect(inJournal().filter(({ kind }) => /^channel_/.test(kind))).toHaveLength(2);
    const nobody = "ozon" as "tiktok";
    expect(await told(next.hand.holdChannel(nobody, true))).toEqual(refused("listing_unknown"));
  });

  test("in a stream the live one too, and it sells its share again afterwards", async () => {
    const { hand, balances } = await onAir();
    const share = balances().reserved.get("stream-1");
    expect(await told(hand.holdChannel("tiktok", true))).toEqual(fine);
    await pass(20_000);
    expect(site.tiktok.listed.get(SKU)).toBe(0);
    // Its share is kept for it, neither moved away nor grown.
    expect(balances().reserved.get("stream-1")).toBe(share);
    await told(hand.holdChannel("tiktok", false));
    await pass(20_000);
    expect(site.tiktok.listed.get(SKU)).toBe(share);
  });
});

describe("the units of a stream", () => {
  test("grow as far as units are free, and nothing is promised twice", async () => {
    const { hand, balances } = await onAir();
    const free = balances().available;
    expect(await told(hand.growReservation("stream-1", 0))).toEqual(refused("units_not_whole"));
    expect(await told(hand.growReservation("nobody", 5))).toEqual(refused("stream_unknown"));
    const grown = await told(hand.growReservation("stream-1", free + 50));
    expect(grown).toMatchObject({ ok: true, value: { units: free } });
    expect(await told(hand.growReservation("stream-1", 1))).toEqual(refused("nothing_free"));
    await pass(10_000);
    const shown = [...site.tiktok.listed.values(), ...site.shopify.listed.values()];
    expect(shown.reduce((sum, units) => sum + units, 0)).toBeLessThanOrEqual(120);
  });

  test("go to the others on her word, once the live listing was lowered by them", async () => {
    const { hand, balances, projection } = await onAir({ planned: 110, reserved: 110 });
    const before = site.shopify.listed.get(SKU) ?? 0;
    expect(await told(hand.lend("stream-1", 30))).toEqual(fine);
    const { view } = streamView(projection, newestStream(projection)!, site.time.now());
    expect(view.lending).toBe(30);
    await pass(20_000);
    expect(projection.desk.lending.size).toBe(0);
    expect(balances().reserved.get("stream-1")).toBeLessThanOrEqual(80);
    expect(site.shopify.listed.get(SKU)).toBeGreaterThan(before);
    const shown = (site.tiktok.listed.get(SKU) ?? 0) + (site.shopify.listed.get(SKU) ?? 0);
    expect(shown).toBeLessThanOrEqual(120);
    expect(await told(hand.lend("stream-1", -1))).toEqual(refused("units_not_whole"));
    expect(await told(hand.lend("nobody", 5))).toEqual(refused("stream_unknown"));
  });

  test("stay when the wish is taken back before anything moved", async () => {
    const { hand, projection, balances } = await onAir();
    await told(hand.holdChannel("tiktok", true));
    await told(hand.lend("stream-1", 20));
    await told(hand.lend("stream-1", 0));
    await told(hand.holdChannel("tiktok", false));
    await pass(20_000);
    expect(projection.desk.lending.size).toBe(0);
    expect(balances().reserved.get("stream-1")).toBe(60);
  });
});

describe("how stock is shared", () => {
  test("changes while the stream runs, and escrow takes what the live listing showed", async () => {
    const { hand, balances, projection } = await onAir();
    expect(await told(hand.setPolicy("stream-1", "seed"))).toEqual(fine);
    await pass(10_000);
    expect(projection.streams.get("stream-1")).toMatchObject({ policy: "seed", phase: "running" });
    expect(await told(hand.lend("stream-1", 5))).toEqual(refused("no_share"));
    expect(site.tiktok.listed.get(SKU)).toBe(120);
    expect(await told(hand.setPolicy("stream-1", "escrow"))).toEqual(fine);
    // No unit is on offer twice: what the live listing shows is its own now.
    expect(balances().available).toBe(0);
    await pass(20_000);
    const shown = (site.tiktok.listed.get(SKU) ?? 0) + (site.shopify.listed.get(SKU) ?? 0);
    expect(shown).toBeLessThanOrEqual(120);
    expect(await told(hand.setPolicy("nobody", "seed"))).toEqual(refused("stream_unknown"));
    const unknown = "luck" as "seed";
    expect((await told(hand.setPolicy("stream-1", unknown))).ok).toBe(false);
  });
});

describe("another product", () => {
  test("the stream ends, and one for the new product has its stock and its time at once", async () => {
    const { book, hand } = await lead("live", [SKU, OTHER]);
    for (const channel of [site.tiktok, site.shopify]) channel.listed.set(OTHER, 120);
    await booked(book, ...running(site.time.now(), { planned: 60, reserved: 60 }));
    await pass(5000);
    const ends = book.bookkeeper.projection.streams.get("stream-1")?.endsAt ?? 0;
    for (const [sku, units, code] of [
      [SKU, 5, "sku_unknown"],
      ["none", 5, "sku_unknown"],
      [OTHER, 0, "units_not_whole"],
    ] as const) {
      expect(await told(hand.switchProduct("stream-1", sku, units))).toEqual(refused(code));
    }
    const made = await told(hand.switchProduct("stream-1", OTHER, 40));
    if (!made.ok) throw new Error(made.error.code);
    await pass(20_000);
    const { streams } = book.bookkeeper.projection;
    expect(streams.get("stream-1")?.phase).toBe("ended");
    expect(streams.get(made.value.id)).toMatchObject({ sku: OTHER, phase: "running", made: 40 });
    expect(Math.abs((streams.get(made.value.id)?.endsAt ?? 0) - ends)).toBeLessThan(120_000);
    expect(await told(hand.switchProduct("stream-1", SKU, 5))).toEqual(refused("not_running"));
    book.close();
    const rehearsal = await lead("rehearsal-a");
    expect(await told(rehearsal.hand.switchProduct("x", SKU, 5))).toEqual(refused("not_live"));
  });
});

describe("the constants", () => {
  test("that she sets are kept in the journal and used by the engine, and reset by name", async () => {
    const first = await lead();
    expect(await told(first.hand.setConstants({ red: 60 }))).toMatchObject(refused("bad_order"));
    expect(await told(first.hand.setConstants({ reds: 6 }))).toMatchObject(refused("bad_constant"));
    expect(await told(first.hand.setConstants({ yellow: 0.5 }))).toMatchObject(
      refused("bad_constant"),
    );
    const set = { yellow: 115, orange: 114, channelBuffer: 30, shareShopify: 50 };
    expect(await told(first.hand.setConstants({ ...set, red: constants.red.seed }))).toEqual(fine);
    expect(first.book.bookkeeper.projection.desk.constants).toEqual(set);
    await pass(10_000);
    // Half of the free units at most, and thirty kept back.
    expect(site.shopify.listed.get(SKU)).toBe(60);
    first.book.close();
    const { book, hand } = await lead();
    expect(book.bookkeeper.projection.desk.constants).toEqual(set);
    await booked(book, ...running(site.time.now(), { planned: 120, reserved: 100 }));
    for (let n = 0; n < 7; n += 1) site.tiktok.buy(SKU, 1);
    await pass(5000);
    // 113 left: an alert by her lines, and none by the method's.
    expect(book.bookkeeper.projection.alerts.get(SKU)).toBe("orange");
    expect(await told(hand.setConstants({}))).toEqual(fine);
    expect(book.bookkeeper.projection.desk.constants).toEqual({});
    expect(inJournal().filter(({ kind }) => kind === "constants_set")).toHaveLength(2);
  });
});

describe("stock by hand", () => {
  test("counts and receipts are booked, listed, undone once, and told to the channels", async () => {
    const { book, hand } = await lead();
    const onHand = () => balancesOf(book.bookkeeper.projection, SKU).available;
    const counted = await told(hand.count(SKU, 100));
    expect(counted).toMatchObject({ ok: true, value: { units: 20 } });
    expect(await told(hand.receive(SKU, 5))).toMatchObject({ ok: true, value: { units: 5 } });
    expect(onHand()).toBe(105);
    await pass(10_000);
    expect(site.tiktok.listed.get(SKU)).toBe(105);
    const { lines, next } = await told(hand.history(SKU, null));
    expect(next).toBeNull();
    expect(lines.map(({ kind, units, mayUndo }) => [kind, units, mayUndo])).toEqual([
      ["receipt", 5, true],
      ["count", 20, true],
      ["count", 120, false],
    ]);
    expect(await told(hand.undo(lines[1]!.seq))).toEqual(fine);
    expect(onHand()).toBe(125);
    expect(await told(hand.undo(lines[1]!.seq))).toEqual(refused("cannot_undo"));
    expect(await told(hand.undo(lines[2]!.seq))).toEqual(refused("cannot_undo"));
    expect(await told(hand.undo(9999))).toEqual(refused("cannot_undo"));
    const after = await told(hand.history(SKU, null));
    expect(after.lines.find(({ seq }) => seq === lines[1]!.seq)?.reversed).toBe(true);
    expect(await told(hand.count("none", 5))).toEqual(refused("sku_unknown"));
    expect(await told(hand.receive(SKU, 0.5))).toEqual(refused("units_not_whole"));
    expect(await told(hand.count(SKU, 125))).toMatchObject({ ok: true, value: { units: 0 } });
  });

  test("a long history comes in pages that leave nothing out", async () => {
    const { hand } = await lead();
    for (let n = 0; n < 45; n += 1) await told(hand.receive(SKU, n + 1));
    const first = await told(hand.history(SKU, null));
    const second = await told(hand.history(SKU, first.next));
    expect([first.lines.length, second.lines.length, second.next]).toEqual([40, 6, null]);
    const seqs = [...first.lines, ...second.lines].map(({ seq }) => seq);
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => b - a));
  });

  test("its listings are told with what they show, and notifications stay out on request", async () => {
    const { hand } = await lead();
    await pass(5000);
    const listed = await hand.listings(SKU);
    expect(listed.map(({ channel, bundle, units }) => [channel, bundle, units]).sort()).toEqual([
      ["shopify", "", 1],
      ["tiktok", "", 1],
    ]);
    expect(await hand.listings("none")).toEqual([]);
    expect(await hand.mute(true)).toBeNull();
    expect(site.muted).toBe(true);
  });

  test("a window that only follows books nothing", async () => {
    const { book, hand } = await lead();
    const following = book.setLeads(false);
    await pass(3000);
    await following;
    expect(await told(hand.count(SKU, 1))).toEqual(refused("not_leader"));
    expect(await told(hand.holdChannel("tiktok", true))).toEqual(refused("not_leader"));
    expect(await told(hand.setConstants({ red: 5 }))).toEqual(refused("not_leader"));
  });
});
