/** A lease that passes on by itself: questions left open, and connections that end. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { LEASE_TTL_MS, type LeaseAnswer } from "../../src/ledger/journal";
import { temporaryCompanion, type TemporaryCompanion } from "../support/temporary-companion";

let now = 0;
let companion: TemporaryCompanion;
let ended: AbortController[];

beforeEach(async () => {
  now = 1000;
  ended = [];
  companion = await temporaryCompanion({ monotonic: { now: () => now } });
});
afterEach(async () => {
  for (const connection of ended) connection.abort();
  await companion.stop();
});

/** An open question: its answer, and the way to end its connection. */
function ask(body: object): { answer: Promise<LeaseAnswer | null>; die: () => void } {
  const connection = new AbortController();
  ended.push(connection);
  const answer = fetch(`http://127.0.0.1:${companion.port}/api/lease/live`, {
    method: "POST",
    headers: { "x-streamstock-token": companion.token, "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: connection.signal,
  }).then(
    (response) => response.json() as Promise<LeaseAnswer>,
    () => null,
  );
  return { answer, die: () => connection.abort() };
}

const acquire = (holder: string, more: object = {}) =>
  ask({ action: "acquire", holder, ...more }).answer;
const hold = (holder: string, fence: number) =>
  ask({ action: "hold", holder, fence, waitMs: 20_000 });
const wait = (holder: string) => ask({ action: "acquire", holder, waitMs: 20_000 });

/** Long enough for a call to arrive, on a slow machine too: nothing is expected to come of it. */
const pause = () => new Promise((done) => setTimeout(done, 300));

async function isOpen(question: { answer: Promise<unknown> }): Promise<boolean> {
  const open = Symbol();
  return (await Promise.race([question.answer, pause().then(() => open)])) === open;
}

describe("a leader that dies", () => {
  test("leaves the lease to whoever waits, without any time passing", async () => {
    await acquire("a");
    const held = hold("a", 1);
    const next = wait("b");
    expect(await isOpen(next)).toBe(true);
    held.die();
    expect(await next.answer).toMatchObject({ granted: true, fence: 2 });
  });

  test("leaves it free where nobody waits, and its token is worth nothing", async () => {
    await acquire("a");
    const held = hold("a", 1);
    await pause();
    held.die();
    await pause();
    const append = { records: [{ seq: 1, json: "{}" }] };
    const fence = { "x-streamstock-fence": "1" };
    expect((await companion.post("/api/journal/live/append", append, fence)).status).toBe(423);
    await companion.restart();
    expect(await acquire("b")).toMatchObject({ granted: true, fence: 2 });
  });

  test("is not taken for dead by the end of a hold that a newer one has replaced", async () => {
    await acquire("a");
    const first = hold("a", 1);
    await pause();
    const second = hold("a", 1);
    expect(await first.answer).toMatchObject({ granted: true, fence: 1 });
    first.die();
    expect(await isOpen(second)).toBe(true);
    expect(await acquire("b")).toMatchObject({ granted: false });
  });

  test("frees nothing that another has by now", async () => {
    await acquire("a");
    const held = hold("a", 1);
    await pause();
    now += LEASE_TTL_MS;
    expect(await acquire("b")).toMatchObject({ granted: true, fence: 2 });
    held.die();
    await pause();
    expect(await acquire("c")).toMatchObject({ granted: false, fence: 2 });
  });
});

describe("a leader that is frozen", () => {
  test("has a hold that keeps nothing: its term runs out, and it is told when it thaws", async () => {
    await acquire("a");
    const held = hold("a", 1);
    expect(await isOpen(held)).toBe(true);
    now += LEASE_TTL_MS;
    expect(await acquire("b")).toMatchObject({ granted: true, fence: 2 });
    expect(await held.answer).toMatchObject({ granted: false, fence: 2 });
  });

  test("renews nothing when it thaws, though its own profile leads by now", async () => {
    expect(await acquire("p", { worker: "one" })).toMatchObject({ granted: true, fence: 1 });
    // The Web Lock was taken from it, and with it the lease.
    expect(await acquire("p", { worker: "two" })).toMatchObject({ granted: true, fence: 2 });
    const late = await acquire("p", { worker: "one", fence: 1 });
    expect(late).toMatchObject({ granted: false, fence: 2 });
    expect(await acquire("p", { worker: "two", fence: 2 })).toMatchObject({ granted: true });
  });
});

describe("who waits", () => {
  test("and goes away gets nothing: the next in the queue does", async () => {
    await acquire("a");
    const held = hold("a", 1);
    const gone = wait("b");
    await pause();
    const next = wait("c");
    await pause();
    gone.die();
    await pause();
    held.die();
    expect(await next.answer).toMatchObject({ granted: true, fence: 2 });
  });

  test("leads for a short term only, until it holds or renews", async () => {
    const first = await wait("a").answer;
    expect(first?.granted).toBe(true);
    expect(first?.ttlMs).toBeLessThan(LEASE_TTL_MS / 2);
    expect(await acquire("a", { fence: 1 })).toMatchObject({ fence: 1, ttlMs: LEASE_TTL_MS });
  });

  test("looks without taking: it learns what is left of the term", async () => {
    const look = () => ask({ action: "look", holder: "b" }).answer;
    expect(await look()).toEqual({ granted: false, fence: 0, ttlMs: 0 });
    await acquire("a");
    now += 1000;
    expect(await look()).toEqual({ granted: false, fence: 1, ttlMs: LEASE_TTL_MS - 1000 });
    now += LEASE_TTL_MS;
    expect(await look()).toEqual({ granted: false, fence: 1, ttlMs: 0 });
    expect(await acquire("a")).toMatchObject({ granted: true });
  });
});

test("a companion that ends takes no leader for dead: it goes on under its token", async () => {
  await acquire("a");
  const held = hold("a", 1);
  const next = wait("b");
  expect(await isOpen(next)).toBe(true);
  await companion.restart();
  await Promise.all([held.answer, next.answer]);
  expect(await acquire("b")).toMatchObject({ granted: false, fence: 1 });
  expect(await acquire("a", { fence: 1 })).toMatchObject({ granted: true, fence: 1 });
});
