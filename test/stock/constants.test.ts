import { describe, expect, test } from "@jest/globals";
import { seedSettings } from "../../src/forecast/settings";
import { percentThresholds, seedThresholds, alertThresholds } from "../../src/stock/alerts";
import {
  constantIds,
  constantOf,
  constants,
  isAllowed,
  parseConstants,
} from "../../src/stock/constants";
import { emptyProjection } from "../../src/stock/projection";
import { STOCKOUT_SHARE_TARGET } from "../../src/stock/review";
import { seedStock, stockSettings } from "../../src/stock/settings";
import { bookSettings } from "../../src/sync/book-settings";
import { defaultSettings } from "../../src/sync/settings";
import { forecastSettings } from "../../src/runtime/forecast-settings";

/** The same settings whether a constant is absent or set to what the method has. */
const allSeeds = Object.fromEntries(constantIds.map((id) => [id, constants[id].seed]));

function bookWith(set: Readonly<Record<string, number>>) {
  const projection = emptyProjection();
  projection.desk.constants = set;
  return projection;
}

describe("the constants of the method", () => {
  test("have the seed's values, each within its own range", () => {
    expect(constantIds.filter((id) => !isAllowed(id, constants[id].seed))).toEqual([]);
    expect(stockSettings(bookWith(allSeeds))).toEqual(seedStock);
    expect(forecastSettings(allSeeds)).toEqual(seedSettings);
    expect(alertThresholds(allSeeds)).toEqual(seedThresholds);
    expect(alertThresholds(allSeeds, "percent")).toEqual(percentThresholds);
    expect(constants.stockoutTarget.seed / 100).toBe(STOCKOUT_SHARE_TARGET);
    const { channelShares, ...sync } = {
      ...bookSettings(defaultSettings, () => bookWith(allSeeds)),
    };
    expect({ ...sync, channelShares: {} }).toEqual(defaultSettings);
    expect(Object.values(channelShares)).toEqual([100, 100, 100, 100]);
  });

  test("each of them changes a setting of the engine or the forecast", () => {
    const told = (set: Readonly<Record<string, number>>) =>
      JSON.stringify([
        stockSettings(bookWith(set)),
        forecastSettings(set),
        alertThresholds(set),
        alertThresholds(set, "percent"),
        { ...bookSettings(defaultSettings, () => bookWith(set)) },
        set["stockoutTarget"] ?? 5,
      ]);
    const before = told({});
    expect(constantIds.filter((id) => told({ [id]: constants[id].most }) === before)).toEqual([
      // 100 per cent is no limit.
      ...["shareTiktok", "shareAmazon", "shareShopify", "shareEbay"].filter(
        (id) => told({ [id]: 100 }) === before,
      ),
    ]);
  });

  test("that are the method's own are not kept, and wrong ones are named", () => {
    expect(parseConstants(allSeeds)).toEqual({ ok: true, value: {} });
    expect(parseConstants({ red: 10 })).toEqual({ ok: true, value: { red: 10 } });
    expect(constantOf({ red: 10 }, "red")).toBe(10);
    for (const [json, error] of [
      ["red", { code: "bad_constant", id: "" }],
      [{ red: "10" }, { code: "bad_constant", id: "" }],
      [{ red: 10.5 }, { code: "bad_constant", id: "red" }],
      [{ red: -1 }, { code: "bad_constant", id: "red" }],
      [{ unheard: 1 }, { code: "bad_constant", id: "unheard" }],
      [{ red: 51 }, { code: "bad_order", id: "red", than: "orange" }],
      [{ coldLow: 3 }, { code: "bad_order", id: "coldLow", than: "coldHigh" }],
    ] as const) {
      expect(parseConstants(json)).toEqual({ ok: false, error });
    }
  });

  test("hold from the next look on, without a new start", () => {
    let projection = bookWith({});
    const settings = bookSettings(defaultSettings, () => projection);
    expect(settings.pollLiveMs).toBe(700);
    projection = bookWith({ pollLive: 3 });
    expect(settings.pollLiveMs).toBe(3000);
  });
});
