/** The pace that cover and its alerts go by, at the speed of the largest streams. */
import { expect, test } from "@jest/globals";
import type { Sku } from "../../src/base/ids";
import type { Entry } from "../../src/stock/entries";
import { PaceBook } from "../../src/sync/pace";

const SKU = "OR-1" as Sku;
const MINUTE = 60_000;

function sale(seq: number, at: number): Entry {
  return {
    ...{ type: "move", kind: "hold", key: `k${seq}`, seq, at, bookedAt: at, reportedAt: at },
    ...{
      sku: SKU,
      quantity: 1,
      from: "available",
      to: "held:tiktok",
      ref: `tiktok/${seq}/1/${SKU}`,
    },
  };
}

test("every sale of the last five minutes counts, twenty a second for an hour", () => {
  const pace = new PaceBook(10 * MINUTE);
  const end = 60 * MINUTE;
  const sales = Array.from({ length: 72_000 }, (_, n) => sale(n + 1, (n + 1) * 50));
  pace.add(sales);
  const sold = pace.sold(SKU, "tiktok", end, 5 * MINUTE);
  expect(Math.abs(sold - 6000)).toBeLessThanOrEqual(20);
  expect(pace.sold(SKU, "amazon", end, 5 * MINUTE)).toBe(0);
});

test("sales that are told out of order count once each", () => {
  const pace = new PaceBook(10 * MINUTE);
  pace.add([sale(1, 5000), sale(2, 1000), sale(3, 5100), sale(4, 9000)]);
  expect(pace.sold(SKU, "tiktok", 10_000, MINUTE)).toBe(4);
  expect(pace.sold(SKU, "tiktok", 10_000, 6000)).toBe(3);
});

test.each([
  ["behind", -10 * MINUTE],
  ["ahead", 10 * MINUTE],
])("a channel whose clock is %s sells as fast as one whose clock is right", (_word, off) => {
  const right = new PaceBook(5 * MINUTE);
  const wrong = new PaceBook(5 * MINUTE);
  const now = 60 * MINUTE;
  for (let n = 0; n < 100; n += 1) {
    const bookedAt = now - (100 - n) * 1000;
    right.add([sale(n, bookedAt)]);
    wrong.add([{ ...sale(n, bookedAt + off), bookedAt }]);
  }
  expect(wrong.of(SKU, "tiktok", now).count).toBeCloseTo(right.of(SKU, "tiktok", now).count, 0);
  expect(wrong.sold(SKU, "tiktok", now, MINUTE)).toBe(right.sold(SKU, "tiktok", now, MINUTE));
  // Our own clock is set ahead: from then on the sales are of now by it, too.
  wrong.clockJumped();
  const later = now + 20 * MINUTE;
  wrong.add([{ ...sale(200, now + off), bookedAt: later }]);
  expect(wrong.sold(SKU, "tiktok", later, MINUTE)).toBe(1);
});
