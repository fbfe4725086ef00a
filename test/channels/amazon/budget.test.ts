import { describe, expect, test } from "@jest/globals";
import { amazonListing } from "../../support/listings";
import { inTurn, scriptedHttp } from "../../support/scripted-http";
import { items, page, refused, shop, START } from "./shop";

describe("the order search's budget", () => {
  const every = scriptedHttp(() => page(""));

  test("twenty at once, then none before its time, and nothing is sent in between", async () => {
    const http = scriptedHttp(() => page(""));
    const channel = shop(http);
    for (let n = 0; n < 20; n += 1) expect((await channel.readOrders("0", 0)).ok).toBe(true);
    expect(await channel.readOrders("0", 0)).toEqual({
      ok: false,
      error: { kind: "throttled", retryAfterMs: 178_572 },
    });
    channel.later(178_571);
    expect((await channel.readOrders("0", 0)).ok).toBe(false);
    expect(http.asked).toHaveLength(20);
    channel.later(1);
    expect((await channel.readOrders("0", 0)).ok).toBe(true);
  });

  test("an hour's stream is read every minute and a half, and never runs dry", async () => {
    const channel = shop(every);
    let calls = 0;
    let longest = 0;
    for (let last = 0, second = 0; second < 3600; second += 5) {
      channel.later(5000);
      if (channel.allowance("read_orders").nextAt > START + (second + 5) * 1000) continue;
      expect((await channel.readOrders("0", 0)).ok).toBe(true);
      calls += 1;
      longest = Math.max(longest, second - last);
      last = second;
    }
    expect(calls).toBeGreaterThanOrEqual(28);
    expect(longest).toBeLessThanOrEqual(180);
  });

  test("a raised rate is learned from the header, an absurd one is not believed", async () => {
    for (const [told, wait] of [
      ["0.5", 2000],
      ["0.0000001", 178_572],
      ["-3", 178_572],
    ] as const) {
      const headers = { "x-amzn-ratelimit-limit": told };
      const channel = shop(scriptedHttp(() => ({ ...page(""), headers })));
      for (let n = 0; n < 20; n += 1) await channel.readOrders("0", 0);
      expect(await channel.readOrders("0", 0)).toMatchObject({ error: { retryAfterMs: wait } });
    }
  });

  test("after a 429 nothing is sent until a call is there again, or for as long as Amazon says", async () => {
    const http = inTurn([refused(429, "QuotaExceeded"), page("")]);
    const channel = shop(http);
    const throttled = await channel.readOrders("0", 0);
    expect(throttled).toMatchObject({ error: { kind: "throttled", retryAfterMs: 178_572 } });
    expect((await channel.readOrders("0", 0)).ok).toBe(false);
    channel.later(178_572);
    expect((await channel.readOrders("0", 0)).ok).toBe(true);

    const patient = inTurn([
      { ...refused(429, "QuotaExceeded"), headers: { "retry-after": "600" } },
    ]);
    expect(await shop(patient).readOrders("0", 0)).toMatchObject({
      error: { kind: "throttled", retryAfterMs: 600_000 },
    });
  });

  test("operations are counted apart: orders that have to wait hold up no stock", async () => {
    const http = scriptedHttp(({ path }) =>
      path.startsWith("/orders") ? refused(429, "QuotaExceeded") : items(["S", { DEFAULT: 1 }]),
    );
    const channel = shop(http);
    expect((await channel.readOrders("0", 0)).ok).toBe(false);
    expect((await channel.readStock([amazonListing(1, { listingId: "S" })])).ok).toBe(true);
  });
});
