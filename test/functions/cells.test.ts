/** The live functions, on a book as it is: what each shows, and what it says when it cannot. */
import { describe, expect, test } from "@jest/globals";
import { alertCell } from "../../src/functions/alert-cell";
import type { Block } from "../../src/functions/cell-value";
import { readChannel } from "../../src/functions/channel-argument";
import { pledgeCells } from "../../src/functions/pledge-cells";
import { supportsCards, withCard, type NumberWithCard } from "../../src/functions/sellable-card";
import { sellableCell } from "../../src/functions/sellable-cell";
import { readMeasure, stockCell } from "../../src/functions/stock-cell";
import { termsOf, whyCells } from "../../src/functions/why-cells";
import { wordsOf } from "../../src/functions/words";
import { measures } from "../../src/locale/function-messages";
import { explain } from "../../src/stock/explain";
import { SAFE_AGE_MS, sellable } from "../../src/stock/sellable";
import { Catalogue } from "../../src/sync/catalogue";
import { skuViews } from "../../src/sync/view";
import { viewOf } from "../support/book-view";
import {
  channelState,
  engineState,
  NOON_ISH,
  skuState,
  streamState,
} from "../support/engine-state";
import { CHANNELS, History, SKUS } from "../support/stock-history";

const en = wordsOf("en");
const zh = wordsOf("zh-CN");
const SKU = "85123A";
const view = viewOf(engineState());
const says = (message: string) => expect.stringContaining(message);

describe("SELLABLE", () => {
  test("shows the channel's number; without a channel what is free for all", () => {
    expect(sellableCell(view, SKU, "tiktok", en)).toBe(270);
    expect(sellableCell(view, SKU, "Shopify", en)).toBe(60);
    expect(sellableCell(view, ` ${SKU} `, "", en)).toBe(60);
  });

  test("never shows a number that is too old to be sold on, and says since when", () => {
    const late = viewOf(engineState(), { now: NOON_ISH + SAFE_AGE_MS + 1 });
    const shown = sellableCell(late, SKU, "tiktok", en);
    expect(shown).toMatchObject({ error: "#N/A", message: says("Too old") });
    expect(sellableCell(viewOf(engineState(), { now: NOON_ISH + SAFE_AGE_MS }), SKU, "", en)).toBe(
      60,
    );
  });

  test.each([
    ["", "tiktok", "#VALUE!", "Give a SKU"],
    ["x".repeat(201), "tiktok", "#VALUE!", "200"],
    ["OR-2", "tiktok", "#N/A", "OR-2"],
    ["85123a", "tiktok", "#N/A", "Did you mean 85123A"],
    ["８５１２３Ａ", "tiktok", "#N/A", "Did you mean 85123A"],
    [SKU, "amazon", "#N/A", "not listed on Amazon"],
    [SKU, "etsy", "#VALUE!", "etsy"],
    ["__proto__", "tiktok", "#N/A", "__proto__"],
  ])("(%j, %j) is %s: %s", (sku, channel, error, message) => {
    expect(sellableCell(view, sku, channel, en)).toMatchObject({ error, message: says(message) });
  });

  test("says what it waits for: the ledger, the book, the channel that was not read", () => {
    expect(sellableCell(viewOf(null), SKU, "", en)).toMatchObject({ message: says("ledger") });
    const stopped = viewOf(engineState({ role: "stopped" }));
    expect(sellableCell(stopped, SKU, "", en)).toMatchObject({ message: says("stopped") });
    const half = engineState({
      skus: [skuState({ asOf: null })],
      channels: [channelState(), channelState({ channel: "shopify", lastOkAt: null })],
    });
    expect(sellableCell(viewOf(half), SKU, "", en)).toMatchObject({ message: says("Shopify") });
  });

  describe("after a reload", () => {
    const unread = engineState({
      skus: [skuState({ asOf: null })],
      channels: [
        channelState({ lastOkAt: null }),
        channelState({ channel: "shopify", lastOkAt: null }),
      ],
    });

    test("a number that was read seconds before stands at once", () => {
      const reopened = viewOf(unread, { remembered: NOON_ISH - 4000, openedAt: NOON_ISH });
      expect(sellableCell(reopened, SKU, "tiktok", en)).toBe(270);
    });

    test("one that was read long before does not, and the cell says when that was", () => {
      const reopened = viewOf(unread, { remembered: NOON_ISH - 60_000, openedAt: NOON_ISH });
      expect(sellableCell(reopened, SKU, "tiktok", en)).toMatchObject({
        error: "#N/A",
        message: says("read again"),
      });
    });

    test("nothing is as old as a memory that lies in the future", () => {
      const reopened = viewOf(unread, { remembered: NOON_ISH + 60_000, openedAt: NOON_ISH });
      expect(reopened.readAt(unread.skus[0]!)).toBe(NOON_ISH);
    });
  });

  test("what is listed nowhere cannot be sold, so its number is never old", () => {
    const state = engineState({ skus: [skuState({ listed: {}, sellable: {}, asOf: null })] });
    expect(sellableCell(viewOf(state), SKU, "", en)).toBe(60);
  });

  test("a window that follows shows the leader's numbers while the companion answers", () => {
    const row = skuState({ asOf: null, soldLately: null });
    const follower = engineState({ role: "follower", skus: [row] });
    expect(sellableCell(viewOf(follower), SKU, "tiktok", en)).toBe(270);
    const lost = engineState({
      ...{ role: "follower", skus: [row] },
      companion: { ok: false, lostAt: NOON_ISH },
    });
    expect(sellableCell(viewOf(lost), SKU, "tiktok", en)).toMatchObject({ error: "#N/A" });
  });
});

describe("STOCK", () => {
  const stock = (measure: string, channel = "", over = view) =>
    stockCell(over, SKU, measure, channel, en);

  test("has every number of the row, all channels together or one of them", () => {
    expect(stock("on hand")).toBe(620);
    expect(stock("free")).toBe(60);
    expect([
      stock("committed"),
      stock("committed", "tiktok"),
      stock("committed", "shopify"),
    ]).toEqual([120, 106, 14]);
    expect([stock("unpaid"), stock("unpaid", "shopify")]).toEqual([6, 0]);
    expect([stock("reserved"), stock("reserved", "tiktok"), stock("reserved", "shopify")]).toEqual([
      210, 210, 0,
    ]);
    expect([stock("incoming"), stock("damaged"), stock("oversold"), stock("age")]).toEqual([
      0, 0, 0, 0,
    ]);
  });

  test("velocity and cover are by the stream's own minutes", () => {
    // 12 units in five minutes.
    expect(stock("velocity")).toBe(2.4);
    expect(stock("velocity", "shopify")).toBe(0);
    expect(stock("cover")).toBe(25);
    expect(stock("minutes of cover", "tiktok")).toBe(112.5);
    expect(stock("cover", "shopify")).toMatchObject({
      error: "#N/A",
      message: says("Nothing sold"),
    });
    const live = viewOf(engineState({ stream: streamState() }));
    expect(stock("cover", "", live)).toBe(112.5);
    const empty = viewOf(engineState({ skus: [skuState({ available: -3, soldLately: {} })] }));
    expect(stock("cover", "", empty)).toBe(0);
    const elsewhere = viewOf(engineState({ skus: [skuState({ soldLately: null })] }));
    expect(stock("cover", "", elsewhere)).toMatchObject({ message: says("window that syncs") });
  });

  test("is asked for in English and in Chinese, however it is written", () => {
    for (const words of [en, zh]) {
      for (const id of measures) {
        for (const name of [words.cell.measure[id], ...words.cell.measureAlso[id]]) {
          expect([name, readMeasure(name)]).toEqual([name, id]);
        }
      }
    }
    for (const name of ["On-Hand", "ONHAND", " on  hand ", "实际库存", "在库"]) {
      expect([name, readMeasure(name)]).toEqual([name, "onHand"]);
    }
    expect(stock("profit")).toMatchObject({ error: "#VALUE!", message: says("profit") });
    expect(stock("toString")).toMatchObject({ error: "#VALUE!" });
  });

  test("a number for all channels is not asked of one", () => {
    expect(stock("on hand", "tiktok")).toMatchObject({
      error: "#VALUE!",
      message: says("On hand"),
    });
  });

  test("old news is refused, but what no order changes stands", () => {
    const late = viewOf(engineState(), { now: NOON_ISH + 60_000 });
    expect(stock("committed", "", late)).toMatchObject({ error: "#N/A", message: says("Too old") });
    expect(stock("on hand", "", late)).toBe(620);
    expect(stock("age", "", late)).toBe(60);
  });

  test("the book's own numbers stand at once while its channels are being read", () => {
    const unread = engineState({
      skus: [skuState({ asOf: null })],
      channels: [channelState({ lastOkAt: null })],
    });
    expect(stock("committed", "", viewOf(unread, { openedAt: NOON_ISH - 1000 }))).toBe(120);
    const long = viewOf(unread, { openedAt: NOON_ISH - SAFE_AGE_MS - 1 });
    expect(stock("committed", "", long)).toMatchObject({ error: "#N/A" });
    expect(stock("age", "", viewOf(unread, { openedAt: NOON_ISH }))).toMatchObject({
      error: "#N/A",
    });
  });
});

describe("WHY", () => {
  test("the terms add up to what the channel may sell, its own reservation on its side", () => {
    const block = whyCells(view, SKU, "tiktok", en) as Block;
    expect(block).toEqual([
      ["On hand", 620],
      ["Committed, TikTok Shop", -106],
      ["Committed, Shopify", -14],
      ["Unpaid, TikTok Shop", -6],
      ["= sellable on TikTok Shop", 494],
    ]);
    expect((whyCells(view, SKU, "", en) as Block).at(-1)).toEqual([
      "= free for every channel",
      284,
    ]);
    expect((whyCells(view, SKU, "shopify", en) as Block).map(([name]) => name)).toContain(
      "Reserved for a stream on TikTok Shop",
    );
  });

  test("says the same as the ledger's own explanation, term by term, for any book", () => {
    const listings = CHANNELS.map((channel) => ({
      ...{ channel, listingId: `${channel}-1`, parentId: "", locationId: "" },
    }));
    const catalogue = new Catalogue(SKUS.map((sku) => ({ sku, title: "", listings })));
    let terms = 0;
    for (let seed = 1; seed <= 20; seed += 1) {
      const book = new History(seed);
      for (let n = 0; n < 300; n += 1) book.step();
      for (const row of skuViews(book.projection, catalogue, new Map())) {
        for (const channel of CHANNELS) {
          const why = explain(book.entries, row.sku, channel);
          const ours = termsOf(row, channel, en);
          terms += ours.length;
          const unitsOf = (list: readonly { units: number }[]) =>
            list.map(({ units }) => units).sort((a, b) => a - b);
          const told = why.terms.filter(({ units, kind }) => units !== 0 || kind === "on_hand");
          expect(unitsOf(ours.filter(({ units }) => units !== 0))).toEqual(
            unitsOf(told.filter(({ units }) => units !== 0)),
          );
          expect(ours.reduce((sum, { units }) => sum + units, 0)).toBe(
            sellable(book.projection, row.sku, channel),
          );
        }
      }
    }
    expect(terms).toBeGreaterThan(500);
  });

  test("an oversold number is shown as it is, and as what the cell shows", () => {
    const state = engineState({
      skus: [skuState({ onHand: 5, committedOn: { ebay: 9 }, heldOn: {}, reservedFor: [] })],
    });
    expect((whyCells(viewOf(state), SKU, "", en) as Block).slice(-2)).toEqual([
      ["= free for every channel", -4],
      ["Oversold: shown as 0", 0],
    ]);
  });
});

describe("ALERT", () => {
  test("says level and rest in both languages, and on the live channel while it streams", () => {
    expect(alertCell(view, SKU, en)).toBe("OK · 60 left");
    expect(alertCell(view, SKU, zh)).toBe("正常 · 剩 60 件");
    const state = engineState({
      skus: [skuState({ alert: "orange", sellable: { tiktok: 41 }, oversold: 2 })],
      stream: streamState(),
      channels: [channelState(), channelState({ channel: "shopify", status: "paused" })],
    });
    expect(alertCell(viewOf(state), SKU, en)).toBe(
      "Orange · 41 left · 2 oversold · other channels paused",
    );
  });

  test("is never silent about being old", () => {
    const late = viewOf(engineState(), { now: NOON_ISH + 60_000 });
    expect(alertCell(late, SKU, en)).toMatch(/^Not live: last read \d\d:\d\d:\d\d$/);
    const unread = engineState({ skus: [skuState({ asOf: null })], channels: [] });
    expect(alertCell(viewOf(unread), SKU, en)).toBe("Not read yet");
    expect(alertCell(viewOf(null), SKU, en)).toMatchObject({ error: "#N/A" });
  });
});

describe("PLEDGE", () => {
  const pledged = (over: Parameters<typeof skuState>[0], stream = streamState()) =>
    (
      pledgeCells(viewOf(engineState({ skus: [skuState(over)], stream })), SKU, 200, en) as Block
    ).map((row) => row[1]);

  test("the free pool and the stream's own reservation, against three times the estimate", () => {
    expect(pledged({}).slice(0, 5)).toEqual([270, 600, 330, 620, 210]);
    expect(pledged({ available: 400 }).slice(0, 3)).toEqual([610, 600, 0]);
    // What buyers are owed already comes out of the reservation.
    expect(pledged({ available: -20 })[0]).toBe(190);
  });

  test("two creators are never promised the same units", () => {
    const reservedFor = [
      { stream: "a", channel: "tiktok" as const, units: 100 },
      { stream: "b", channel: "tiktok" as const, units: 80 },
    ];
    const elsewhere = streamState({ sku: "other" as never });
    expect(pledged({ reservedFor, reserved: 180 }, elsewhere)[0]).toBe(160);
  });

  test("wants a number, and numbers that are live", () => {
    expect(pledgeCells(view, SKU, "", en)).toMatchObject({ error: "#VALUE!" });
    const late = viewOf(engineState(), { now: NOON_ISH + 60_000 });
    expect(pledgeCells(late, SKU, 200, en)).toMatchObject({ error: "#N/A" });
  });
});

describe("the card of SELLABLE", () => {
  const supports = (...sets: string[]) => ({
    isSetSupported: (name: string, version: string) => sets.includes(`${name} ${version}`),
  });

  test("is for an Excel that says it has both halves of it", () => {
    const both = ["CustomFunctionsRuntime 1.4", "ExcelApi 1.19"] as const;
    expect(supportsCards(supports(...both))).toBe(true);
    expect(supportsCards(supports(both[0]))).toBe(false);
    expect(supportsCards(supports(both[1]))).toBe(false);
    expect(supportsCards(undefined)).toBe(false);
  });

  test("leaves the number a number; its lines add up to it", () => {
    const row = skuState({
      ...{ onHand: 620, available: 274, reserved: 220 },
      sellable: { tiktok: 494 - 10, shopify: 274 },
      reservedFor: [
        { stream: "a", channel: "tiktok", units: 110 },
        { stream: "b", channel: "tiktok", units: 110 },
      ],
    });
    const open = viewOf(engineState({ skus: [row] }));
    const card = withCard(274, open, SKU, "shopify", en) as NumberWithCard;
    expect(card.basicValue).toBe(274);
    const lines = Object.values(card.properties).map(({ basicValue }) => basicValue);
    expect(lines.reduce((sum, n) => sum + n, 0)).toBe(274);
    expect(card.properties["Reserved for a stream on TikTok Shop"]?.basicValue).toBe(-220);
    expect(card.layouts.card.sections[0].properties).toEqual(Object.keys(card.properties));
    expect(withCard({ error: "#N/A", message: "" }, open, SKU, "", en)).toMatchObject({
      error: "#N/A",
    });
  });
});

test("a channel is read as people write it", () => {
  for (const text of ["tiktok", "TikTok", "TikTok Shop", " tik-tok "]) {
    expect(readChannel(text)).toEqual({ ok: true, value: "tiktok" });
  }
});
