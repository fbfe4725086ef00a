/** Whatever a channel answers, an adapter gives a Result, and what it lets through makes sense. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { amazonChannel } from "../../src/channels/amazon/amazon-channel";
import type { Channel, ChannelPorts, Listing, OrderPage } from "../../src/channels/channel";
import { shopifyChannel } from "../../src/channels/shopify/shopify-channel";
import { tiktokChannel } from "../../src/channels/tiktok/tiktok-channel";
import { amazonListing, shopifyListing, tiktokListing, write } from "../support/listings";
import { scriptedHttp, type Told } from "../support/scripted-http";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const clock = { now: () => Date.UTC(2026, 10, 23, 10) };

interface Subject {
  readonly name: string;
  readonly open: (ports: ChannelPorts) => Channel;
  readonly listing: (n: number) => Listing;
}
const subjects: Subject[] = [
  { name: "tiktok", open: tiktokChannel, listing: (n) => tiktokListing(n) },
  { name: "shopify", open: shopifyChannel, listing: (n) => shopifyListing(n) },
  { name: "amazon", open: amazonChannel, listing: (n) => amazonListing(n) },
];

function goldenReplies(name: string): Json[] {
  const folder = join(__dirname, "..", "cases", name);
  return readdirSync(folder).flatMap(
    (one) => JSON.parse(readFileSync(join(folder, one, "wire.json"), "utf8")) as Json[],
  );
}

/** Texts, so that __proto__ stands in the reply as an attacker would send it. */
const oddities = [
  "null",
  "-1",
  "1e999",
  "1.5",
  "9007199254740993",
  '"NaN"',
  '""',
  "[]",
  "{}",
  "[null]",
  "true",
  '"__proto__"',
  '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
  '{"hasNextPage":true,"endCursor":"x"}',
  '"2026-99-99T99:99:99Z"',
];

/** The reply as text with the `at`-th value (counted through the whole of it) replaced. */
function spoiled(reply: Json, at: number, odd: string): string {
  let count = 0;
  const walk = (value: Json): string => {
    count += 1;
    if (count - 1 === at) return odd;
    if (Array.isArray(value)) return `[${value.map(walk).join(",")}]`;
    if (typeof value !== "object" || value === null) return JSON.stringify(value);
    const pairs = Object.entries(value).map(
      ([key, inner]) => `${JSON.stringify(key)}:${walk(inner)}`,
    );
    return `{${pairs.join(",")}}`;
  };
  return walk(reply);
}

function expectSane(page: OrderPage): void {
  // A reading that was cut short also names the place to go on from.
  expect(page.cursor).toMatch(/^\d{1,15}(\/\d{1,15})?$/);
  for (const order of page.orders) {
    expect(typeof order.orderId).toBe("string");
    expect(Number.isSafeInteger(order.updatedAt) && Number.isSafeInteger(order.createdAt)).toBe(
      true,
    );
    for (const { ordered, cancelled, shipped, listingId } of order.lines) {
      expect(typeof listingId).toBe("string");
      for (const units of [ordered, cancelled, shipped, ordered - cancelled - shipped]) {
        expect(Number.isSafeInteger(units)).toBe(true);
        expect(units).toBeGreaterThanOrEqual(0);
      }
    }
  }
}

const response: fc.Arbitrary<Told> = fc.record({
  status: fc.constantFrom(200, 200, 200, 204, 301, 400, 401, 404, 429, 500, 503, 0, -1),
  headers: fc.dictionary(
    fc.constantFrom("retry-after", "date", "x-request-id", "__proto__"),
    fc.oneof(fc.string(), fc.constantFrom("-1", "1e9", "Infinity", "Mon, 99 Foo 2026")),
  ),
  body: fc.oneof(fc.json(), fc.string(), fc.constantFrom("", "[]", '{"code":0,"data":null}')),
});

describe.each(subjects)("a hostile $name", ({ name, open, listing }) => {
  test("one wrong value anywhere in a reply is refused or harmless", async () => {
    const replies = goldenReplies(name);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...replies),
        fc.nat({ max: 150 }),
        fc.constantFrom(...oddities),
        async (reply, at, odd) => {
          // Every later page is the spoiled one too, so that bounds are met.
          const http = scriptedHttp(() => ({ body: spoiled(reply, at, odd) }));
          const page = await open({ http, clock }).readOrders("1600000000000", 0);
          if (page.ok) expectSane(page.value);
          expect(http.asked.length).toBeLessThanOrEqual(500);
          expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
        },
      ),
      { numRuns: 600 },
    );
  });

  test("any answer at all to any question is a Result, and waits are bounded", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(response, { minLength: 1, maxLength: 4 }), async (answers) => {
        const http = scriptedHttp((_request, n) => answers[n % answers.length] ?? {});
        const channel = open({ http, clock });
        const listings = [listing(1), listing(2)];
        const results = [
          await channel.readStock(listings),
          await channel.readOrders(null, 1000),
          await channel.writeStock(listings.map((of) => write(of, 1, { expected: 2 }))),
          await channel.readListings(null),
          await channel.setOnSale(listing(1), false),
          await channel.testConnection(),
        ];
        for (const result of results) {
          if (result.ok || result.error.kind !== "throttled") continue;
          expect(result.error.retryAfterMs).toBeGreaterThanOrEqual(0);
          expect(result.error.retryAfterMs).toBeLessThanOrEqual(3_600_000);
        }
        const written = results[2];
        if (written?.ok === true) expect(written.value).toHaveLength(2);
        const { nextAt } = channel.allowance("read_stock");
        expect(nextAt - clock.now()).toBeLessThanOrEqual(3_600_000);
      }),
      { numRuns: 400 },
    );
  });

  test("ten times the orders on a page take about ten times as long, not a hundred times", async () => {
    const file = join(__dirname, "..", "cases", name, "unpaid", "wire.json");
    const [reply] = JSON.parse(readFileSync(file, "utf8")) as Json[];
    const text = JSON.stringify(reply);
    const list = /"(orders|nodes)":\[(\{"(?:id|orderId)":.*\})\]/.exec(text)?.[2] ?? "";
    const timeOf = async (count: number) => {
      const body = text.replace(list, () => Array.from({ length: count }, () => list).join(","));
      expect(body.length).toBeGreaterThan(200 * count);
      const started = performance.now();
      const http = scriptedHttp(() => ({ body }));
      const page = await open({ http, clock }).readOrders("1600000000000", 0);
      expect(page.ok).toBe(true);
      return performance.now() - started;
    };
    await timeOf(5000);
    const few = await timeOf(5000);
    // Against one another and not against the clock: the machine may be busy with something else.
    expect(await timeOf(50_000)).toBeLessThan(40 * few);
  }, 120_000);
});
