/** What one cell says. */
import { describe, expect, test } from "@jest/globals";
import { cleanCell, readId, readUnits } from "../../../src/channels/exports/cells";
import { orderShown, readDate } from "../../../src/channels/exports/dates";
import { ShopZone } from "../../../src/channels/exports/shop-zone";
import { plainName, Words } from "../../../src/channels/exports/words";

describe("a quantity", () => {
  test.each([
    ["0", 0],
    ["12", 12],
    ["12.0", 12],
    ["1,250", 1250],
    ["1 250", 1250],
    ["1\u00a0250", 1250],
    ["1'250", 1250],
    ["1,250,000.00", 1250000],
    ["\uff11\uff12", 12],
    ["+3", 3],
    ["007", 7],
  ])("%j is %d", (text, units) => {
    expect(readUnits(text)).toEqual({ ok: true, value: units });
  });

  test.each([
    ["", "quantity_missing"],
    ["-3", "quantity_negative"],
    ["\u22123", "quantity_negative"],
    ["(3)", "quantity_negative"],
    ["1.5", "quantity_fraction"],
    ["1,5", "quantity_fraction"],
    ["1.250", "quantity_fraction"],
    ["12 pcs", "quantity_unreadable"],
    ["1,25,000", "quantity_unreadable"],
    ["1.2E+06", "quantity_unreadable"],
    ["=1+1", "quantity_unreadable"],
    ["Infinity", "quantity_unreadable"],
    ["10000000", "quantity_too_large"],
  ])("%j is refused: %s", (text, code) => {
    expect(readUnits(text)).toEqual({ ok: false, error: code });
  });
});

describe("an id", () => {
  test.each(["0042", "576461413038785752", "1E5", "__proto__", "12-3", "A+B"])("%j stays", (id) => {
    expect(readId(cleanCell(id))).toEqual({ ok: true, value: id });
  });

  test.each(["5.76461E+17", "1E+12", "5,76461E+17"])("%j has lost its digits", (id) => {
    expect(readId(id)).toEqual({ ok: false, error: "id_digits_lost" });
  });

  test("is taken out of what exports wrap it in", () => {
    expect(cleanCell('="00123"')).toBe("00123");
    expect(cleanCell("576461413038785752\t")).toBe("576461413038785752");
    expect(cleanCell("\ufeff\u00a0A-1 ")).toBe("A-1");
    expect(cleanCell("'=A1")).toBe("=A1");
    expect(cleanCell("'s Hertogenbosch")).toBe("'s Hertogenbosch");
  });
});

describe("a date", () => {
  const zone = ShopZone.named("America/Los_Angeles");
  const at = (text: string, order: "dmy" | "mdy" = "mdy") => {
    const local = readDate(text, order);
    return local === null ? null : new Date(zone?.toEpoch(local) ?? 0).toISOString();
  };

  test.each([
    ["2026-11-20T18:22:05+00:00", "2026-11-20T18:22:05.000Z"],
    ["2026-09-03 10:14:00 -0400", "2026-09-03T14:14:00.000Z"],
    ["2026-11-20 10:00:00", "2026-11-20T18:00:00.000Z"],
    ["2026/7/1 10:00", "2026-07-01T17:00:00.000Z"],
    ["11/20/2026 9:04:31 PM", "2026-11-21T05:04:31.000Z"],
    ["11/20/2026 12:00:00 AM", "2026-11-20T08:00:00.000Z"],
    ["Nov-20-26", "2026-11-20T08:00:00.000Z"],
    ["20-Nov-2026", "2026-11-20T08:00:00.000Z"],
    ["Jun-29-26 16:00:01 PDT", "2026-06-29T23:00:01.000Z"],
    ["2026年11月20日 10:00", "2026-11-20T18:00:00.000Z"],
  ])("%j is %s", (text, iso) => {
    expect(at(text)).toBe(iso);
  });

  test("has its day first or its month, as told", () => {
    expect(at("03/04/2026 00:00:00", "dmy")).toBe("2026-04-03T07:00:00.000Z");
    expect(at("03/04/2026 00:00:00", "mdy")).toBe("2026-03-04T08:00:00.000Z");
    expect(orderShown("20/11/2026")).toBe("dmy");
    expect(orderShown("11/20/2026")).toBe("mdy");
    expect(orderShown("03/04/2026")).toBe("either");
    expect(orderShown("2026-03-04")).toBeNull();
  });

  test.each(["31/02/2026", "2026-13-01", "2026-11-20 25:00", "soon", "", "1/1/1970", "Foo-20-26"])(
    "%j is none",
    (text) => expect(at(text, "dmy")).toBeNull(),
  );

  test("is right on both sides of the hour that summer time takes or gives", () => {
    expect(at("2026-03-08 01:59:00")).toBe("2026-03-08T09:59:00.000Z");
    expect(at("2026-03-08 03:00:00")).toBe("2026-03-08T10:00:00.000Z");
    expect(at("2026-11-01 03:00:00")).toBe("2026-11-01T11:00:00.000Z");
    expect(ShopZone.named("Mars/Olympus")).toBeNull();
  });
});

describe("words", () => {
  const words = new Words();

  test("of columns compare without case, width and punctuation", () => {
    expect(plainName("Custom label (SKU)")).toBe(plainName("custom LABEL - sku"));
    expect(plainName("自定义标签（SKU）")).toBe(plainName("自定义标签(SKU)"));
  });

  test.each([
    ["To ship", "open"],
    ["Canceled", "cancelled"],
    ["已发货", "shipped"],
    ["Shipped - Delivered to Buyer", "shipped"],
    ["Pending", "unpaid"],
    ["Something new", null],
  ])("%s is %s", (word, state) => expect(words.state(word)).toBe(state));

  test("tell whose warehouse it is", () => {
    for (const mine of ["Merchant", "DEFAULT", "Fulfillment by seller", "", "MFN"]) {
      expect(words.isOfTheChannel(mine)).toBe(false);
    }
    for (const theirs of ["Amazon", "AFN", "AMAZON_NA", "Fulfillment by TikTok Shop", "平台履约"]) {
      expect(words.isOfTheChannel(theirs)).toBe(true);
    }
  });
});
