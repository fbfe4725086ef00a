import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Budget, RollingWindow, TokenBucket } from "../../../src/channels/http/budget";
import { callsPerSecond, retryAfterMs } from "../../../src/channels/http/reply-headers";
import { sendWithin } from "../../../src/channels/http/send-within";
import { scriptedHttp } from "../../support/scripted-http";

function at(now: number) {
  const time = { now };
  return { time, clock: { now: () => time.now } };
}
const request = { method: "GET", path: "/", query: {}, body: null } as const;

describe("a bucket of calls", () => {
  test("goes out at once as far as it is full, and then by its rate", () => {
    const { time, clock } = at(0);
    const budget = new Budget(clock, [new TokenBucket({ perSecond: 0.5, burst: 2 })]);
    expect([budget.take(), budget.take()]).toEqual([null, null]);
    expect(budget.take()).toEqual({ kind: "throttled", retryAfterMs: 2000 });
    time.now = 1999;
    expect(budget.take()).toEqual({ kind: "throttled", retryAfterMs: 1 });
    time.now = 2000;
    expect(budget.take()).toBeNull();
  });

  test("a slow rate tells a wait that is really enough", () => {
    const { time, clock } = at(1_763_000_000_000);
    const budget = new Budget(clock, [new TokenBucket({ perSecond: 0.0056, burst: 1 })]);
    budget.take();
    for (let turn = 0; turn < 200; turn += 1) {
      time.now += budget.waitMs();
      expect(budget.take()).toBeNull();
    }
  });

  test("a rate that the channel tells replaces the published one; nonsense does not", () => {
    const { clock } = at(0);
    const bucket = new TokenBucket({ perSecond: 1, burst: 1 });
    const budget = new Budget(clock, [bucket]);
    budget.take();
    bucket.told({ perSecond: 4 }, 0);
    expect(budget.waitMs()).toBe(250);
    bucket.told({ perSecond: 0, burst: NaN, level: Infinity }, 0);
    bucket.told({ perSecond: -1 }, 0);
    expect(budget.waitMs()).toBe(250);
    bucket.told({ burst: 10, level: 3 }, 0);
    expect(budget.allowance().left).toBe(3);
    bucket.told({ burst: 2 }, 0);
    expect(budget.allowance().left).toBe(2);
  });

  test("what was spent before this process is not handed out again", () => {
    const { clock } = at(0);
    const bucket = new TokenBucket({ perSecond: 1, burst: 20, initial: 1 });
    expect(new Budget(clock, [bucket]).allowance()).toEqual({ nextAt: 0, left: 1 });
  });

  test("a clock that is set back neither fills nor empties it", () => {
    const { time, clock } = at(10_000);
    const budget = new Budget(clock, [new TokenBucket({ perSecond: 1, burst: 3 })]);
    budget.take();
    time.now = 0;
    expect(budget.allowance().left).toBe(2);
    time.now = 1000;
    expect(budget.allowance().left).toBe(3);
  });

  test("a call that asks for more than it holds goes when it is full", () => {
    const { time, clock } = at(0);
    const budget = new Budget(clock, [new TokenBucket({ perSecond: 10, burst: 100 })]);
    expect(budget.take(500)).toBeNull();
    expect(budget.waitMs(500)).toBe(10_000);
    time.now = 10_000;
    expect(budget.take(500)).toBeNull();
  });
});

describe("what is kept back", () => {
  test("is for a pause and a resume, and for nothing else", () => {
    const { clock } = at(0);
    const bucket = new TokenBucket({ perSecond: 1, burst: 3, reserve: 2 });
    const budget = new Budget(clock, [bucket]);
    expect(budget.allowance().left).toBe(1);
    expect(budget.take()).toBeNull();
    expect(budget.take(1, "level")?.kind).toBe("throttled");
    expect(budget.take(1, "pause")).toBeNull();
    expect(budget.take(1, "resume")).toBeNull();
    expect(budget.take(1, "pause")?.kind).toBe("throttled");
  });

  test("in a window as well", () => {
    const { clock } = at(0);
    const window = new RollingWindow({ units: 250, windowMs: 86_400_000, reserve: 20 });
    const budget = new Budget(clock, [window]);
    for (let call = 0; call < 230; call += 1) expect(budget.take()).toBeNull();
    expect(budget.take()?.kind).toBe("throttled");
    for (let call = 0; call < 20; call += 1) expect(budget.take(1, "pause")).toBeNull();
    expect(budget.take(1, "pause")?.kind).toBe("throttled");
  });
});

describe("whoever asks, and whenever,", () => {
  const steps = fc.array(
    fc.record({
      ms: fc.integer({ min: 0, max: 4000 }),
      units: fc.integer({ min: 1, max: 4 }),
      reason: fc.constantFrom("level" as const, "pause" as const),
    }),
    { minLength: 20, maxLength: 200 },
  );

  test("no window ever holds more than its limit, and a wait that was told is enough", () => {
    fc.assert(
      fc.property(steps, (all) => {
        const { time, clock } = at(1_763_000_000_000);
        const windowMs = 60_000;
        const budget = new Budget(clock, [new RollingWindow({ units: 30, windowMs, reserve: 5 })]);
        const sent: { at: number; units: number }[] = [];
        for (const { ms, units, reason } of all) {
          time.now += ms;
          const wait = budget.waitMs(units, reason);
          if (budget.take(units, reason) === null) sent.push({ at: time.now, units });
          else {
            expect(wait).toBeGreaterThan(0);
            expect(wait).toBeLessThanOrEqual(windowMs * 1.05);
            time.now += wait;
            expect(budget.take(units, reason)).toBeNull();
            sent.push({ at: time.now, units });
          }
          const recent = sent.filter((call) => call.at > time.now - windowMs);
          expect(recent.reduce((sum, call) => sum + call.units, 0)).toBeLessThanOrEqual(30);
        }
      }),
      { seed: 11, numRuns: 40 },
    );
  });

  test("no bucket gives out more than its burst and its rate", () => {
    fc.assert(
      fc.property(steps, (all) => {
        const { time, clock } = at(0);
        const budget = new Budget(clock, [new TokenBucket({ perSecond: 2, burst: 8 })]);
        const sent: { at: number; units: number }[] = [];
        for (const { ms, units } of all) {
          time.now += ms;
          if (budget.take(units) === null) sent.push({ at: time.now, units });
        }
        for (const [index, first] of sent.entries()) {
          let sum = 0;
          for (const call of sent.slice(index)) {
            sum += call.units;
            expect(sum).toBeLessThanOrEqual(8 + (2 * (call.at - first.at)) / 1000 + 1e-6);
          }
        }
      }),
      { seed: 12, numRuns: 40 },
    );
  });
});

test("of several limits the narrowest decides, and a refusal spends nothing of the others", () => {
  const { clock } = at(0);
  const wide = new TokenBucket({ perSecond: 1, burst: 5 });
  const narrow = new RollingWindow({ units: 2, windowMs: 60_000 });
  const budget = new Budget(clock, [wide, narrow]);
  for (let call = 0; call < 9; call += 1) budget.take();
  expect(wide.left(1, 0)).toBe(3);
  expect(budget.allowance().left).toBe(0);
  expect(budget.allowance().nextAt).toBeGreaterThan(59_000);
});

describe("a call within a budget", () => {
  test("is not sent when the budget says no", async () => {
    const { clock } = at(0);
    const budget = new Budget(clock, [new TokenBucket({ perSecond: 1, burst: 1 })]);
    const http = scriptedHttp(() => ({}));
    expect((await sendWithin(budget, http, request)).ok).toBe(true);
    expect(await sendWithin(budget, http, request)).toEqual({
      ok: false,
      error: { kind: "throttled", retryAfterMs: 1000 },
    });
    expect(http.asked).toHaveLength(1);
  });

  test("that is throttled in a form of the channel's own closes the budget too", async () => {
    const { time, clock } = at(0);
    const budget = new Budget(clock, []);
    const http = scriptedHttp(() => ({
      status: 200,
      body: "slow",
      headers: { "retry-after": "3" },
    }));
    const isThrottled = (response: { body: string }) => response.body === "slow";
    expect(await sendWithin(budget, http, request, { isThrottled })).toEqual({
      ok: false,
      error: { kind: "throttled", retryAfterMs: 3000 },
    });
    // Told again after having waited, it was too short.
    time.now = 3000;
    expect(await sendWithin(budget, http, request, { isThrottled })).toMatchObject({
      error: { retryAfterMs: 3000 },
    });
    expect(budget.waitMs()).toBe(3000);
  });

  test("an answer that is good ends the doubling", async () => {
    const { time, clock } = at(0);
    const budget = new Budget(clock, []);
    let status = 429;
    const http = scriptedHttp(() => ({ status }));
    for (const wait of [1000, 2000]) {
      expect(await sendWithin(budget, http, request)).toMatchObject({
        error: { retryAfterMs: wait },
      });
      time.now += wait;
    }
    status = 200;
    expect((await sendWithin(budget, http, request)).ok).toBe(true);
    status = 429;
    expect(await sendWithin(budget, http, request)).toMatchObject({
      error: { retryAfterMs: 1000 },
    });
  });
});

describe("headers that tell of limits", () => {
  test.each([
    ["0.0056", 0.0056],
    [" 5.0 ", 5],
    ["0", null],
    ["-1", null],
    ["1e9", null],
    ["many", null],
    ["", null],
  ])("x-amzn-ratelimit-limit %j is %j calls a second", (text, rate) =>
    expect(callsPerSecond({ "x-amzn-ratelimit-limit": text })).toBe(rate),
  );

  test("no Retry-After is not a Retry-After of 0", () => {
    expect(retryAfterMs({}, null)).toBeNull();
    expect(retryAfterMs({ "retry-after": "0" }, null)).toBe(0);
    expect(retryAfterMs({ "retry-after": "soon" }, null)).toBeNull();
  });
});
