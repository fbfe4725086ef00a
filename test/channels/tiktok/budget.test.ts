/** What TikTok is never sent: more than its limit, or anything before its Retry-After is over. */
import { expect, test } from "@jest/globals";
import { tiktokChannel } from "../../../src/channels/tiktok/tiktok-channel";
import { tiktokListing as listing, write } from "../../support/listings";
import { scriptedHttp, type Told } from "../../support/scripted-http";

const success: Told = { body: { code: 0, message: "Success", data: {} } };

function world(callsPerHour?: number, answer: () => Told = () => success) {
  const time = { now: Date.UTC(2026, 10, 23, 10) };
  const http = scriptedHttp(answer);
  const clock = { now: () => time.now };
  const more = callsPerHour === undefined ? {} : { callsPerHour };
  return { time, http, channel: tiktokChannel({ http, clock, ...more }) };
}

async function readUntilRefused({ channel }: ReturnType<typeof world>): Promise<number> {
  for (let calls = 0; calls < 5000; calls += 1) {
    const read = await channel.readStock([listing(1)]);
    if (read.ok) continue;
    expect(read.error.kind).toBe("throttled");
    return calls;
  }
  throw new Error("no limit");
}

test("a burst ends before a byte of the next call leaves, and the allowance said so", async () => {
  const w = world();
  const calls = await readUntilRefused(w);
  expect(w.http.asked).toHaveLength(calls);
  const { nextAt, left } = w.channel.allowance("read_stock");
  expect(left).toBe(0);
  expect(nextAt).toBeGreaterThan(w.time.now);
  w.time.now = nextAt;
  expect((await w.channel.readStock([listing(1)])).ok).toBe(true);
});

test("a pause still goes out when levels have to wait", async () => {
  const w = world();
  const calls = await readUntilRefused(w);
  const level = await w.channel.writeStock([write(listing(1), 5)]);
  expect(level).toMatchObject({ ok: false, error: { kind: "throttled" } });
  const pause = await w.channel.writeStock([write(listing(1), 0, { reason: "pause" })]);
  expect(pause).toMatchObject({ ok: true, value: [{ kind: "accepted" }] });
  expect(w.http.asked).toHaveLength(calls + 1);
});

test("a development shop is never called more than its 1,000 times in any hour", async () => {
  const w = world(1000);
  const sent: number[] = [];
  const end = w.time.now + 3 * 3_600_000;
  while (w.time.now < end) {
    const before = w.http.asked.length;
    await w.channel.readStock([listing(1)]);
    if (w.http.asked.length > before) sent.push(w.time.now);
    w.time.now = Math.max(w.time.now + 1000, w.channel.allowance("read_stock").nextAt);
  }
  const most = sent.map((at) => sent.filter((one) => one >= at && one < at + 3_600_000).length);
  expect(Math.max(...most)).toBeLessThanOrEqual(1000);
  // And the hours are used, not feared.
  expect(sent.length).toBeGreaterThan(2500);
});

test("Retry-After is obeyed by every call that follows, to the millisecond", async () => {
  let told: Told = { status: 429, headers: { "retry-after": "7" }, body: "" };
  const w = world(undefined, () => told);
  expect(await w.channel.readStock([listing(1)])).toEqual({
    ok: false,
    error: { kind: "throttled", retryAfterMs: 7000 },
  });
  told = success;
  w.time.now += 6999;
  expect(await w.channel.readOrders(null, 0)).toEqual({
    ok: false,
    error: { kind: "throttled", retryAfterMs: 1 },
  });
  expect(w.http.asked).toHaveLength(1);
  w.time.now += 1;
  expect((await w.channel.readOrders(null, 0)).ok).toBe(true);
});

test("throttled again and again, it comes back ever later, up to a minute", async () => {
  const w = world(undefined, () => ({ status: 429, body: "" }));
  const waits: number[] = [];
  for (let turn = 0; turn < 9; turn += 1) {
    const read = await w.channel.readStock([listing(1)]);
    if (read.ok || read.error.kind !== "throttled") throw new Error("not throttled");
    waits.push(read.error.retryAfterMs);
    w.time.now += read.error.retryAfterMs;
  }
  expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
});
