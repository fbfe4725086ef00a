import { describe, expect, test } from "@jest/globals";
import type { QuantityWrite } from "../../../src/channels/channel";
import { ebayChannel } from "../../../src/channels/ebay/ebay-channel";
import { RevisionBudget } from "../../../src/channels/ebay/revisions";
import { write } from "../../support/listings";
import { inTurn, scriptedHttp, type Told } from "../../support/scripted-http";
import { clock, ebayListing as listing, failure } from "./told";

interface Row {
  readonly sku: string;
  readonly offers: readonly { readonly offerId: string }[];
}
const rowsOf = (body: string | null): Row[] => JSON.parse(body ?? "{}").requests;
const fine = (rows: readonly Row[]): Told => ({
  body: {
    responses: rows.map(({ sku, offers }) => ({
      sku,
      offerId: offers[0]?.offerId,
      statusCode: 200,
    })),
  },
});
const accepting = () => scriptedHttp(({ body }) => fine(rowsOf(body)));
const writes = (count: number, more: Partial<QuantityWrite> = {}) =>
  Array.from({ length: count }, (_, n) => write(listing(n + 1), n + 1, more));
const kinds = (outcomes: readonly { listingId: string; kind: string }[]) =>
  Object.fromEntries(outcomes.map(({ listingId, kind }) => [listingId, kind]));

async function outcomes(answer: ReturnType<ReturnType<typeof ebayChannel>["writeStock"]>) {
  const written = await answer;
  if (!written.ok) throw new Error(JSON.stringify(written.error));
  return written.value;
}

describe("quantities to eBay", () => {
  test("name both numbers, the item's and the offer's, one SKU a call", async () => {
    const http = accepting();
    const told = await outcomes(ebayChannel({ http, clock }).writeStock(writes(3)));
    expect(kinds(told)).toEqual({ "SKU-1": "accepted", "SKU-2": "accepted", "SKU-3": "accepted" });
    expect(http.asked.map(({ body }) => JSON.parse(body ?? "")).sort()).toEqual(
      [1, 2, 3].map((n) => ({
        requests: [
          {
            sku: `SKU-${n}`,
            shipToLocationAvailability: { quantity: n },
            offers: [{ offerId: `82094000${n}0`, availableQuantity: n }],
          },
        ],
      })),
    );
  });

  test("go 25 a call where that was switched on", async () => {
    const http = accepting();
    const told = await outcomes(ebayChannel({ http, clock, batch: 25 }).writeStock(writes(25)));
    expect(http.asked).toHaveLength(1);
    expect(rowsOf(http.asked[0]?.body ?? null)).toHaveLength(25);
    expect(told.filter(({ kind }) => kind === "accepted")).toHaveLength(25);
  });

  test("that are refused 25 a call go one a call after all, and cost no revision twice", async () => {
    const revisions = new RevisionBudget();
    const http = scriptedHttp(({ body }) =>
      rowsOf(body).length > 1 ? failure(400, 25709, "one SKU") : fine(rowsOf(body)),
    );
    const channel = ebayChannel({ http, clock, batch: 25, revisions });
    const told = await outcomes(channel.writeStock(writes(3)));
    expect(http.asked).toHaveLength(4);
    expect(Object.values(kinds(told))).toEqual(["accepted", "accepted", "accepted"]);
    expect(revisions.left("8209400010", clock.now())).toBe(249);
  });

  test("that a row refuses hide nothing of the row beside it: 207 says each its own", async () => {
    const http = inTurn([
      {
        status: 207,
        body: {
          responses: [
            { sku: "SKU-1", offerId: "8209400010", statusCode: 200 },
            {
              sku: "SKU-2",
              offerId: "8209400020",
              statusCode: 400,
              errors: [{ errorId: 25759, message: "short", longMessage: "auction allocation" }],
            },
          ],
        },
      },
    ]);
    const told = await outcomes(ebayChannel({ http, clock, batch: 25 }).writeStock(writes(3)));
    expect(told).toEqual([
      { listingId: "SKU-1", kind: "accepted" },
      { listingId: "SKU-2", kind: "rejected", code: "25759", message: "auction allocation" },
      // Nobody said a word of it: that is no success.
      { listingId: "SKU-3", kind: "rejected", code: "no_answer", message: "" },
    ]);
  });

  test("of which the item went through and the offer did not are refused", async () => {
    const http = inTurn([
      {
        status: 207,
        body: {
          responses: [
            { sku: "SKU-1", statusCode: 200 },
            { sku: "SKU-1", offerId: "8209400010", statusCode: 500, errors: [{ errorId: 25001 }] },
          ],
        },
      },
    ]);
    const told = await outcomes(ebayChannel({ http, clock }).writeStock(writes(1)));
    expect(told).toMatchObject([{ kind: "rejected", code: "25001" }]);
  });

  test("of a row with a bad status and without a word are refused", async () => {
    const responses = [{ sku: "SKU-1", offerId: "8209400010", statusCode: 409 }];
    const http = inTurn([{ status: 207, body: { responses } }]);
    const told = await outcomes(ebayChannel({ http, clock }).writeStock(writes(1)));
    expect(told).toMatchObject([{ kind: "rejected", code: "http_409" }]);
  });

  test("of one unknown SKU are its own refusal and not the channel's", async () => {
    const http = scriptedHttp(({ body }) =>
      rowsOf(body)[0]?.sku === "SKU-1" ? failure(400, 25702, "no such SKU") : fine(rowsOf(body)),
    );
    const channel = ebayChannel({ http, clock });
    expect(kinds(await outcomes(channel.writeStock(writes(2))))).toEqual({
      "SKU-1": "rejected",
      "SKU-2": "accepted",
    });
    expect(await outcomes(channel.writeStock(writes(1)))).toMatchObject([{ code: "25702" }]);
  });

  test("of variations of one listing go one after the other, and share its revisions", async () => {
    let open = 0;
    let most = 0;
    const inner = accepting();
    const http = {
      async send(request: Parameters<typeof inner.send>[0]) {
        open += 1;
        most = Math.max(most, open);
        await new Promise((resolve) => setTimeout(resolve, 5));
        open -= 1;
        return inner.send(request);
      },
    };
    const revisions = new RevisionBudget();
    const channel = ebayChannel({ http, clock, revisions });
    const together = [1, 2, 3].map((n) => write(listing(n, { locationId: "G" }), n));
    await outcomes(channel.writeStock(together));
    expect(most).toBe(1);
    expect(revisions.left("group G", clock.now())).toBe(247);
    await outcomes(channel.writeStock(writes(9)));
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(4);
  });
});

describe("eBay's refusals while writing", () => {
  test.each<[string, Told, object]>([
    ["429", failure(429, 2001), { kind: "throttled", retryAfterMs: 1000 }],
    [
      "an expired token",
      failure(401, 1001, "Invalid access token"),
      { kind: "unauthorised", code: "1001" },
    ],
    ["a missing right", failure(403, 1100), { kind: "unauthorised", code: "1100" }],
    ["a fault of eBay's", failure(500, 25001), { kind: "server_error", status: 500 }],
    ["another write at the same time", failure(500, 25025), { kind: "server_error", status: 500 }],
    ["no JSON", { body: "<html>" }, { kind: "malformed" }],
    ["no companion", { refusal: { kind: "companion_down" } }, { kind: "companion_down" }],
  ])("%s is the channel's state, and said once", async (_name, told, refusal) => {
    const channel = ebayChannel({ http: scriptedHttp(() => told), clock });
    expect(await channel.writeStock(writes(2))).toMatchObject({ ok: false, error: refusal });
  });

  test("what is turned away at the door costs no revision; what was lost on the way does", async () => {
    const spent = async (told: Told) => {
      const revisions = new RevisionBudget();
      const channel = ebayChannel({ http: scriptedHttp(() => told), clock, revisions });
      await channel.writeStock(writes(1));
      return 250 - revisions.left("8209400010", clock.now());
    };
    expect(await spent(failure(429, 2001))).toBe(0);
    expect(await spent(failure(401, 1001))).toBe(0);
    expect(await spent(failure(400, 25702))).toBe(0);
    expect(await spent({ refusal: { kind: "unreachable", message: "" } })).toBe(1);
    expect(await spent({ refusal: { kind: "companion_down" } })).toBe(1);
    expect(await spent(failure(500, 25001))).toBe(1);
  });

  test("after a throttle nothing more is sent until it is over", async () => {
    let now = clock.now();
    let asked = 0;
    const http = scriptedHttp(({ body }) => {
      asked += 1;
      return asked === 1
        ? { ...failure(429, 2001), headers: { "retry-after": "30" } }
        : fine(rowsOf(body));
    });
    const channel = ebayChannel({ http, clock: { now: () => now } });
    const [first, ...rest] = writes(9);
    await channel.writeStock([first as QuantityWrite]);
    expect(await channel.writeStock(rest)).toMatchObject({
      error: { kind: "throttled", retryAfterMs: 30_000 },
    });
    expect(asked).toBe(1);
    expect(channel.allowance("write_stock").nextAt).toBe(now + 30_000);
    // Orders are another API with numbers of its own.
    expect(channel.allowance("read_orders").nextAt).toBe(now);
    now += 30_000;
    expect(Object.values(kinds(await outcomes(channel.writeStock(rest))))).toEqual(
      Array(8).fill("accepted"),
    );
  });

  test("a channel that does not answer is not waited for 25 times", async () => {
    const http = scriptedHttp(() => ({ refusal: { kind: "unreachable", message: "" } }));
    const revisions = new RevisionBudget();
    const channel = ebayChannel({ http, clock, revisions });
    expect(await channel.writeStock(writes(25))).toMatchObject({ error: { kind: "unreachable" } });
    expect(http.asked.length).toBeLessThanOrEqual(4);
    expect(revisions.left(`82094000250`, clock.now())).toBe(250);
  });
});

describe("revisions while writing", () => {
  const used = (revisions: number) =>
    new RevisionBudget({ "8209400010": { day: "2026-11-23", revisions } });

  test("when only the reserve is left a level is kept back unsent, a pause goes", async () => {
    const http = accepting();
    const channel = ebayChannel({ http, clock, revisions: used(230) });
    const [one] = writes(1);
    expect(await outcomes(channel.writeStock([one as QuantityWrite]))).toEqual([
      { listingId: "SKU-1", kind: "rejected", code: "revisions_kept_back", message: "" },
    ]);
    expect(http.asked).toHaveLength(0);
    const pause = write(listing(1), 0, { reason: "pause" });
    expect(await outcomes(channel.writeStock([pause]))).toMatchObject([{ kind: "accepted" }]);
  });

  test("one listing kept back hides nothing of the next", async () => {
    const channel = ebayChannel({ http: accepting(), clock, revisions: used(230) });
    expect(kinds(await outcomes(channel.writeStock(writes(2))))).toEqual({
      "SKU-1": "rejected",
      "SKU-2": "accepted",
    });
  });

  test("eBay's own word that a listing was revised too often closes it for levels", async () => {
    const revisions = used(3);
    const told = failure(400, 25002, "The item has exceeded the maximum number of revisions");
    const channel = ebayChannel({ http: inTurn([told]), clock, revisions });
    await outcomes(channel.writeStock(writes(1)));
    expect(revisions.left("8209400010", clock.now())).toBe(20);
    expect(await outcomes(channel.writeStock(writes(1)))).toMatchObject([
      { code: "revisions_kept_back" },
    ]);
  });
});
