/** A proof for a creator says what the open book says, and no more: from the worker to the finished file. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { systemClock } from "../../src/base/clock";
import type { BookId } from "../../src/base/ids";
import { ok } from "../../src/base/result";
import type { Channel } from "../../src/channels/channel";
import { MemoryLedger } from "../../src/ledger/memory-ledger";
import { announce } from "../../src/stock/commands";
import { planLine } from "../../src/stock/orders";
import { Catalogue } from "../../src/sync/catalogue";
import { defaultSettings } from "../../src/sync/settings";
import type { ProofOrder } from "../../src/worker/api";
import { CompanionClient } from "../../src/worker/companion-client";
import { OpenBook } from "../../src/worker/open-book";
import { Proofs } from "../../src/worker/proof";
import { count, line as orderLine, SKU, stream } from "../support/entries";
import { judge } from "../support/proof-world";
import { sleepUntil } from "../support/sleep-until";
import { temporaryCompanion, type TemporaryCompanion } from "../support/temporary-companion";

const BOOK: BookId = "live";
let companion: TemporaryCompanion;
let line: CompanionClient;
let book: OpenBook;
let proofs: Proofs;
let over = false;
/** Whether the shop answers. */
let answers = true;

function shop(): Channel {
  const channel: Partial<Channel> = {
    id: "tiktok",
    sellsBeforeOrders: false,
    comparesAndSets: false,
    writesMax: 50,
    allowance: () => ({ nextAt: 0, left: null }),
    readStock: (listings) =>
      answers
        ? Promise.resolve(ok(listings.map(({ listingId }) => ({ listingId, available: 5 }))))
        : new Promise(() => undefined),
    readOrders: () => Promise.resolve(ok({ orders: [], cursor: "1" })),
    writeStock: (writes) =>
      Promise.resolve(
        ok(
          writes.map(({ listing }) => ({
            listingId: listing.listingId,
            kind: "accepted" as const,
          })),
        ),
      ),
  };
  return channel as Channel;
}

beforeEach(async () => {
  over = false;
  answers = true;
  companion = await temporaryCompanion();
  line = new CompanionClient({
    origin: `http://127.0.0.1:${companion.port}`,
    token: companion.token,
    fetch,
    clock: systemClock,
    timeout: (ms) => AbortSignal.timeout(ms),
    onChange: () => undefined,
  });
});
afterEach(async () => {
  over = true;
  book.close();
  await companion.stop();
});

async function open(id: BookId = BOOK): Promise<void> {
  const lease = await companion.lead(id);
  line.fence = Number(lease["x-streamstock-fence"]);
  const listing = { channel: "tiktok" as const, listingId: "1", parentId: "1", locationId: "1" };
  book = new OpenBook(
    id,
    new Catalogue([{ sku: SKU, title: "x", listings: [listing] }]),
    new Map(),
    {
      clock: systemClock,
      sleep: sleepUntil(() => over),
      companion: line,
      settings: { ...defaultSettings, pollIdleMs: 100 },
      openLedger: () => new MemoryLedger(),
      openFollower: () => new MemoryLedger(),
      openChannels: () => [shop()],
      onChange: () => undefined,
      onLead: () => undefined,
    },
  );
  proofs = new Proofs({ clock: systemClock, companion: line, book: () => book });
  await book.setLeads(true);
  await book.bookkeeper.transact((_projection, add) => {
    add(count(500));
    for (const draft of stream({ planned: 405 })) add(draft);
  });
}

async function untilRead(): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if ((book.health.get("tiktok")?.readBegan ?? null) !== null) return;
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error("the shop was never read");
}

const order = (more: Partial<ProofOrder> = {}): ProofOrder => ({
  locale: "zh-CN",
  seller: "月光家居",
  creator: "Mia",
  validUntil: Date.now() + 3_600_000,
  lines: [{ sku: SKU, streamId: "stream-1", expected: 200, requirement: 600 }],
  ...more,
});

async function stated(more: Partial<ProofOrder> = {}) {
  const made = await proofs.make(order(more));
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const verdict = await judge(made.value.bytes, { now: Date.now() });
  if (!("statement" in verdict)) throw new Error(verdict.kind);
  expect(verdict.fingerprint).toBe(made.value.fingerprint);
  return verdict.statement;
}

describe("a proof", () => {
  test("says on hand, what is reserved for the stream, what it can sell and what is missing", async () => {
    await open();
    await untilRead();
    const found = await stated();
    expect(found).toMatchObject({
      book: "live",
      seller: "月光家居",
      lines: [
        { sku: SKU, onHand: 500, reserved: 405, available: 500, expected: 200, requirement: 600 },
      ],
    });
    const page = await companion.get(`/api/journal/${BOOK}?after=0`);
    expect(found.seq).toBeLessThanOrEqual(page.json.headSeq);
    expect((await proofs.fingerprint()).ok).toBe(true);
  });

  test("leaves out what is on its way, promised elsewhere or another stream's", async () => {
    await open();
    await untilRead();
    await book.bookkeeper.transact((projection, add) => {
      const coming = announce({ id: "po", at: 1, actor: "", sku: SKU, units: 900, dueAt: 9 });
      if (coming.ok) for (const draft of coming.value) add(draft);
      for (const draft of planLine(projection, orderLine({ channel: "amazon", ordered: 60 })))
        add(draft);
    });
    expect((await stated()).lines).toMatchObject([{ onHand: 500, reserved: 405, available: 440 }]);
    const free = [{ sku: SKU, streamId: null, expected: null, requirement: 90 }];
    expect((await stated({ lines: free })).lines).toMatchObject([
      { reserved: 0, available: 35, expected: null },
    ]);
  });

  test("is as old as the oldest reading behind it", async () => {
    await open();
    await untilRead();
    answers = false;
    const read = book.health.get("tiktok")?.readBegan ?? 0;
    await new Promise((done) => setTimeout(done, 1500));
    const { asOf } = await stated();
    expect(asOf).toBeLessThanOrEqual(Date.now() - 400);
    expect(asOf).toBeGreaterThanOrEqual(read - 1000);
  });

  test("of a shop that was never read is refused", async () => {
    answers = false;
    await open();
    expect(await proofs.make(order())).toEqual({
      ok: false,
      error: { code: "stale", channel: "tiktok" },
    });
  });

  test("of an unknown SKU or stream, or another SKU's stream, is refused", async () => {
    await open();
    await untilRead();
    const ask = (more: object) =>
      proofs.make(
        order({
          lines: [{ sku: SKU, streamId: "stream-1", expected: 1, requirement: 1, ...more }],
        }),
      );
    expect(await ask({ sku: "nobody's" })).toMatchObject({ error: { code: "no_sku" } });
    expect(await ask({ streamId: "nobody's" })).toMatchObject({ error: { code: "no_stream" } });
  });

  test("with a field that is wrong says so", async () => {
    await open();
    await untilRead();
    for (const more of [{ seller: " " }, { validUntil: 1 }, { lines: [] }]) {
      expect(await proofs.make(order(more))).toMatchObject({ error: { code: "bad_proof" } });
    }
  });

  test("is made by the window that leads, and only while the companion is there", async () => {
    await open();
    await untilRead();
    await book.setLeads(false);
    expect(await proofs.make(order())).toMatchObject({ error: { code: "not_leader" } });
    await book.setLeads(true);
    await untilRead();
    const none = new Proofs({ clock: systemClock, companion: line, book: () => null });
    expect(await none.make(order())).toMatchObject({ error: { code: "busy" } });
    expect(await none.fingerprint()).toMatchObject({ error: { code: "busy" } });
  });

  test("of a rehearsal is no proof of stock", async () => {
    await open("rehearsal-r1");
    await untilRead();
    const made = await proofs.make(order());
    expect(made.ok && (await judge(made.value.bytes, { now: Date.now() })).kind).toBe("rehearsal");
  });
});
