import { describe, expect, test } from "@jest/globals";
import type { Sku } from "../../src/base/ids";
import { forecastCell } from "../../src/functions/forecast-cell";
import { readChannel, sellableCell } from "../../src/functions/sellable-cell";
import { SAFE_AGE_MS } from "../../src/stock/sellable";
import type { EngineState } from "../../src/worker/api";

const noSales = () => Promise.resolve(null);

describe("FORECAST_LIVE in a cell", () => {
  test("450 sold and 80,000 followers make 405", async () => {
    expect(await forecastCell({ sales: 450, followers: 80_000 }, noSales)).toEqual({
      ok: true,
      value: 405,
    });
  });

  test("a range is daily units: thirty days of 15 make the same 405", async () => {
    const days = Array.from({ length: 30 }, () => [15]);
    expect(await forecastCell({ sales: days, followers: 80_000 }, noSales)).toEqual({
      ok: true,
      value: 405,
    });
  });

  test("a SKU is looked up in the ledger", async () => {
    const look = (sku: string) =>
      Promise.resolve(sku === "OR-1" ? Array<number>(30).fill(15) : null);
    expect(await forecastCell({ sales: "OR-1", followers: 80_000 }, look)).toEqual({
      ok: true,
      value: 405,
    });
    expect(await forecastCell({ sales: "OR-2", followers: 80_000 }, look)).toEqual({
      ok: false,
      error: { kind: "sku_unknown", sku: "OR-2" },
    });
  });

  test.each([
    [{ sales: -1, followers: 1 }, "sales_out_of_range"],
    [{ sales: 450, followers: -1 }, "followers_out_of_range"],
    [{ sales: 450, followers: "many" }, "followers_out_of_range"],
    [{ sales: null, followers: null }, "nothing_known"],
    [{ sales: 450, followers: 1, service: 1.5 }, "service_out_of_range"],
    [{ sales: 450, followers: 1, options: "nonsense=1" }, "option_unknown"],
  ])("%j is refused as %s", async (cells, code) => {
    expect(await forecastCell(cells, noSales)).toMatchObject({
      ok: false,
      error: { kind: "forecast", refusal: { code } },
    });
  });
});

const NOW = 1_000_000;
const state: EngineState = {
  book: "rehearsal-1",
  role: "leader",
  fault: null,
  companion: { ok: true, lostAt: null },
  journalBacklog: 0,
  entries: 1,
  skus: [
    {
      sku: "OR-1" as Sku,
      title: "",
      onHand: 200,
      available: 120,
      committed: 80,
      held: 0,
      reserved: 0,
      sellable: { tiktok: 120, shopify: 110 },
      listed: {},
      oversold: 0,
      alert: "none",
      asOf: NOW - 1000,
    },
  ],
  channels: [],
  next: null,
  stream: null,
  review: null,
  activity: [],
  connections: null,
  work: null,
};

describe("SELLABLE in a cell", () => {
  test("shows the channel's number; without a channel what is free for all", () => {
    expect(sellableCell(state, "OR-1", "tiktok", NOW)).toEqual({ ok: true, value: 120 });
    expect(sellableCell(state, "OR-1", "Shopify", NOW)).toEqual({ ok: true, value: 110 });
    expect(sellableCell(state, "OR-1", null, NOW)).toEqual({ ok: true, value: 120 });
  });

  test("never shows a number that is too old to be sold on", () => {
    const late = NOW - 1000 + SAFE_AGE_MS + 1;
    expect(sellableCell(state, "OR-1", "tiktok", late)).toEqual({
      ok: false,
      error: { code: "too_old", at: NOW - 1000 },
    });
  });

  test.each([
    ["", "tiktok", "sku_empty"],
    ["x".repeat(201), "tiktok", "sku_too_long"],
    ["OR-2", "tiktok", "sku_unknown"],
    ["OR-1", "amazon", "channel_unlisted"],
    ["OR-1", "etsy", "channel_unknown"],
    ["__proto__", "tiktok", "sku_unknown"],
  ])("(%j, %j) is refused as %s", (sku, channel, code) => {
    expect(sellableCell(state, sku, channel, NOW)).toMatchObject({ ok: false, error: { code } });
  });

  test("says that it is starting until the ledger is read", () => {
    expect(sellableCell(null, "OR-1", "tiktok", NOW)).toMatchObject({
      error: { code: "starting" },
    });
  });
});

test("a channel is read as people write it", () => {
  for (const text of ["tiktok", "TikTok", "TikTok Shop", " tik-tok "]) {
    expect(readChannel(text)).toEqual({ ok: true, value: "tiktok" });
  }
});
