import { describe, expect, test } from "@jest/globals";
import type { Sku } from "../../src/base/ids";
import { note, type Entry, type Move } from "../../src/stock/entries";
import { newStream, type Stream } from "../../src/stock/streams";
import { streamTimeline } from "../../src/stock/timeline";

const START = Date.UTC(2026, 10, 23, 12);
const MINUTE = 60_000;
const sku = "OR-1" as Sku;

function stream(over: Partial<Stream> = {}): Stream {
  const plan = { channel: "tiktok", creator: "Mia", followers: 1, speed: 1, minutes: 5 } as const;
  return {
    ...newStream("s1", sku, 10, plan),
    startedAt: START,
    endsAt: START + 5 * MINUTE,
    ...over,
  };
}

let seq = 0;
const entry = (minute: number, draft: Parameters<typeof booked>[1]) => booked(minute, draft);
function booked(minute: number, draft: Move | ReturnType<typeof note>): Entry {
  const at = START + minute * MINUTE;
  return { ...draft, at, seq: (seq += 1), bookedAt: at } as Entry;
}
function sale(quantity: number, from: Move["from"]): Move {
  const times = { key: `k${seq}`, at: 0, reportedAt: 0 };
  return {
    type: "move",
    ...times,
    kind: "commit",
    sku,
    quantity,
    from,
    to: "committed:tiktok" as never,
    ref: "",
  };
}

describe("a stream's timeline", () => {
  test("tells the stock of each minute back from what is there now, and what happened", () => {
    const entries = [
      entry(-3, sale(5, "available")),
      entry(0.5, sale(4, "reserved:s1")),
      entry(2.2, sale(3, "available")),
      entry(2.5, note("alert", "a", 0, { sku, n: 3, detail: "red" })),
      entry(3.1, note("stockout", "o", 0, { sku, n: 1, ref: "s1" })),
      // After the end: neither stock nor event of the stream.
      entry(7, sale(1, "available")),
    ];
    const told = streamTimeline(stream(), entries, 2);
    expect(told?.stock).toEqual([6, 6, 3, 3, 3, 3]);
    expect(told?.events).toEqual([
      { minute: 0, code: "start" },
      { minute: 2, code: "alert", level: "red", left: 3 },
      { minute: 3, code: "soldOut" },
      { minute: 5, code: "end" },
    ]);
  });

  test("at sixty times life's speed a real second is a minute of the stream", () => {
    const fast = stream({ speed: 60, endsAt: START + 180_000, minutes: 180 });
    const told = streamTimeline(fast, [entry(1, sale(4, "available"))], 6);
    expect(told?.stock).toHaveLength(181);
    expect([told?.stock[59], told?.stock[60]]).toEqual([10, 6]);
  });

  test("a stream that has not started has none", () => {
    expect(streamTimeline(stream({ startedAt: null }), [], 1)).toBeNull();
  });

  test("a stream that has no end yet has none either", () => {
    expect(streamTimeline(stream({ endsAt: null }), [], 1)).toBeNull();
  });

  test("counts its own reservation and the free units, and nobody else's", () => {
    const entries = [
      entry(1, sale(4, "reserved:s1")),
      entry(2, sale(8, "reserved:s2")),
      entry(3, { ...sale(16, "available"), sku: "OR-2" as Sku }),
      // From the pool to its reservation: what it can sell stays the same.
      entry(4, { ...sale(2, "available"), kind: "grow", to: "reserved:s1" }),
    ];
    expect(streamTimeline(stream(), entries, 6)?.stock).toEqual([10, 6, 6, 6, 6, 6]);
  });

  test("tells when the other channels paused and went on, when it sold out and had units again", () => {
    const entries = [
      entry(0, note("paused", "p", 0, { sku })),
      entry(1, note("stockout", "o1", 0, { sku, n: 1, ref: "s1" })),
      entry(2, note("stockout", "o2", 0, { sku, n: 0, ref: "s1" })),
      entry(3, note("alert", "a", 0, { sku, n: -2, detail: "orange" })),
      entry(5, note("resumed", "r", 0, { sku })),
    ];
    expect(streamTimeline(stream(), entries, 6)?.events).toEqual([
      { minute: 0, code: "start" },
      { minute: 0, code: "paused" },
      { minute: 1, code: "soldOut" },
      { minute: 2, code: "back" },
      // Oversold: nothing is left, not less than nothing.
      { minute: 3, code: "alert", level: "orange", left: 0 },
      { minute: 5, code: "resumed" },
      { minute: 5, code: "end" },
    ]);
  });

  test("leaves out what is no news of this stream", () => {
    const other = "OR-2" as Sku;
    const entries = [
      // Before it started.
      entry(-1, note("paused", "p0", 0, { sku })),
      entry(1, note("paused", "p", 0, { sku: other })),
      entry(1, note("resumed", "r", 0, { sku: other })),
      entry(2, note("stockout", "o", 0, { sku, n: 1, ref: "s2" })),
      entry(2, note("alert", "a", 0, { sku: other, n: 3, detail: "red" })),
      entry(2, note("alert", "n", 0, { sku: other, n: 3, detail: "none" })),
      // All is well again: no alert.
      entry(3, note("alert", "b", 0, { sku, n: 300, detail: "none" })),
      entry(3, note("gap", "g", 0, { sku, n: 1 })),
      // After its end.
      entry(5.1, note("resumed", "q", 0, { sku })),
    ];
    expect(streamTimeline(stream(), entries, 6)?.events).toEqual([
      { minute: 0, code: "start" },
      { minute: 5, code: "end" },
    ]);
  });

  test("a sale in the very moment of its end is still its own, one after it is not", () => {
    const entries = [entry(5, sale(4, "available")), entry(5.01, sale(2, "available"))];
    expect(streamTimeline(stream(), entries, 6)?.stock).toEqual([12, 12, 12, 12, 12, 8]);
  });
});
