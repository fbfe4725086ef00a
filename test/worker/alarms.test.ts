import { expect, test } from "@jest/globals";
import { ok } from "../../src/base/result";
import { note, type Draft, type Entry } from "../../src/stock/entries";
import { Alarms } from "../../src/worker/alarms";
import { projected, SKU, stream } from "../support/entries";

function told(): { alarms: Alarms; posts: [string, unknown][] } {
  const posts: [string, unknown][] = [];
  const transport = {
    get: () => Promise.resolve(ok(null)),
    post: (path: string, body: unknown) => {
      posts.push([path, body]);
      return Promise.resolve(ok({ shown: true }));
    },
  };
  return { alarms: new Alarms(transport, "live", { locale: () => "zh-CN" }), posts };
}

const entries = (...drafts: Draft[]): Entry[] =>
  drafts.map((draft, n) => ({ ...draft, seq: n + 1, bookedAt: 1 }));

test("a level and an oversell are told once each, a level that eased is not", () => {
  const { alarms, posts } = told();
  alarms.booked(
    entries(
      note("alert", "a", 1, { sku: SKU, n: 19, detail: "red" }),
      note("alert", "b", 1, { sku: SKU, n: 120, detail: "none" }),
      note("oversold", "c", 1, { sku: SKU, n: 2, detail: "same_second" }),
    ),
  );
  expect(posts).toEqual([
    ["/api/alarm/live", { kind: "level", locale: "zh-CN", level: "red", sku: SKU, left: 19 }],
    ["/api/alarm/live", { kind: "oversold", locale: "zh-CN", sku: SKU, units: 2 }],
  ]);
});

test("a stream is watched from its start to its end, and by whoever takes it over", () => {
  const { alarms, posts } = told();
  alarms.booked(entries(note("stream_started", "s", 1, { sku: SKU, ref: "stream-1" })));
  alarms.booked(entries(note("stream_ended", "e", 2, { sku: SKU, ref: "stream-1" })));
  alarms.again(projected(stream({ planned: 5, startedAt: 1 })));
  alarms.again(projected(stream({ planned: 5 })));
  expect(posts.map(([path, body]) => [path, (body as { on: boolean }).on])).toEqual([
    ["/api/alarm/live/watch", true],
    ["/api/alarm/live/watch", false],
    ["/api/alarm/live/watch", true],
  ]);
});
