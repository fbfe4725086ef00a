/** A book whose storage fails says so in words that the pane has, and syncs nothing. */
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import Dexie from "dexie";
import { systemClock } from "../../src/base/clock";
import type { Sku } from "../../src/base/ids";
import { ok } from "../../src/base/result";
import type { Channel } from "../../src/channels/channel";
import { DexieLedger } from "../../src/ledger/dexie-ledger";
import { MemoryLedger } from "../../src/ledger/memory-ledger";
import { en } from "../../src/locale/en";
import { zhCn } from "../../src/locale/zh-cn";
import { note } from "../../src/stock/entries";
import { Catalogue } from "../../src/sync/catalogue";
import { defaultSettings } from "../../src/sync/settings";
import { CompanionClient } from "../../src/worker/companion-client";
import { OpenBook } from "../../src/worker/open-book";
import { FaultyStorage } from "../support/faulty-storage";
import { temporaryCompanion, type TemporaryCompanion } from "../support/temporary-companion";

const BOOK = "rehearsal-disaster";
const opening = new Map([["A" as Sku, 5]]);

let companion: TemporaryCompanion;
let line: CompanionClient;
let books: OpenBook[];

const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    const timer = setTimeout(done, Math.min(ms, 50));
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      done();
    });
  });

beforeEach(async () => {
  // Dexie tells the console whenever another tab asks for the database.
  jest.spyOn(console, "warn").mockImplementation(() => undefined);
  companion = await temporaryCompanion();
  line = new CompanionClient({
    origin: `http://127.0.0.1:${companion.port}`,
    token: companion.token,
    fetch,
    clock: systemClock,
    timeout: () => null,
    onChange: () => undefined,
  });
  books = [];
  await lead();
});
afterEach(async () => {
  for (const book of books) book.close();
  await companion.stop();
});

async function lead(): Promise<void> {
  const lease = await companion.post(`/api/lease/${BOOK}`, { action: "acquire", holder: "test" });
  line.fence = lease.json.fence;
}

/** Sells nothing, but its cursor moves: every poll is a write into the ledger. */
function quietChannel(): Channel {
  let polls = 0;
  const channel: Partial<Channel> = {
    id: "tiktok",
    sellsBeforeOrders: false,
    allowance: () => ({ nextAt: 0, left: null }),
    readStock: () => Promise.resolve(ok([])),
    readOrders: () => Promise.resolve(ok({ orders: [], cursor: String((polls += 1)) })),
  };
  return channel as Channel;
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !holds(); tries += 1) {
    await new Promise((done) => setTimeout(done, 25));
  }
  expect(holds()).toBe(true);
}

async function opened(storage: FaultyStorage): Promise<OpenBook> {
  const book = new OpenBook(BOOK, new Catalogue([]), opening, {
    clock: systemClock,
    sleep,
    companion: line,
    settings: defaultSettings,
    openLedger: (id) => new DexieLedger(id, storage.options),
    openFollower: () => new MemoryLedger(),
    openChannels: () => [quietChannel()],
    onChange: () => undefined,
    onLead: () => undefined,
  });
  books.push(book);
  await book.setLeads(true);
  return book;
}

async function journalled(): Promise<string[]> {
  const page = await companion.get(`/api/journal/${BOOK}?after=0`);
  return page.json.records.map(({ json }: { json: string }) => JSON.parse(json).key);
}

function expectWords(book: OpenBook, code: keyof typeof en.fault): void {
  expect(book.role).toBe("stopped");
  expect(book.fault?.code).toBe(code);
  for (const words of [en, zhCn]) expect(words.fault[code].next).not.toBe("");
}

describe("a book", () => {
  test("whose storage is refused", async () => {
    const storage = new FaultyStorage();
    storage.fault = "refused";
    expectWords(await opened(storage), "storage_blocked");
  });

  test("whose storage is lost is restored before anything new is booked", async () => {
    const first = await opened(new FaultyStorage());
    await first.bookkeeper.transact((_p, add) => add(note("gap", "before", 1)));
    expect((await first.flush()).ok).toBe(true);
    first.close();
    const again = await opened(new FaultyStorage());
    await again.bookkeeper.transact((_p, add) => add(note("gap", "after", 1)));
    await again.flush();
    expect(await journalled()).toEqual(["count/opening/A", "before", "after"]);
    expect(again.role).toBe("leader");
  });

  test("that parted from the journal, since another leader took over first, follows the journal", async () => {
    const mine = new FaultyStorage();
    const first = await opened(mine);
    expect((await first.flush()).ok).toBe(true);
    first.close();
    // Booked here, and never sent: another profile leads from here on.
    await new DexieLedger(BOOK, mine.options).append(
      [note("gap", "unsent", 1)],
      { tiktok: "9" },
      1,
    );
    const other = await opened(new FaultyStorage());
    await other.bookkeeper.transact((_p, add) => add(note("gap", "theirs", 1)));
    expect((await other.flush()).ok).toBe(true);
    other.close();
    const again = await opened(mine);
    expect(again.role).toBe("leader");
    await again.bookkeeper.transact((_p, add) => add(note("gap", "after", 1)));
    expect((await again.flush()).ok).toBe(true);
    expect(await journalled()).toEqual(["count/opening/A", "theirs", "after"]);
  });

  test("that cannot ask the journal books nothing until it can", async () => {
    const first = await opened(new FaultyStorage());
    await first.flush();
    first.close();
    const storage = new FaultyStorage();
    await companion.stop();
    const lost = await opened(storage);
    expect(lost.role).toBe("starting");
    expect(await new DexieLedger(BOOK, storage.options).head()).toEqual({ ok: true, value: 0 });
    companion = await temporaryCompanion();
  });

  test("that differs from its journal stops, and neither is changed", async () => {
    const first = await opened(new FaultyStorage());
    await first.flush();
    first.close();
    const storage = new FaultyStorage();
    const other = new DexieLedger(BOOK, storage.options);
    await other.append([note("gap", "x", 1), note("gap", "y", 1)], {}, 1);
    other.close();
    const book = await opened(storage);
    expectWords(book, "diverged");
    expect(book.fault?.detail).toBe("entry 1 is not the same in ledger and journal");
    expect(await journalled()).toEqual(["count/opening/A"]);
    expect(await new DexieLedger(BOOK, storage.options).head()).toEqual({ ok: true, value: 2 });
  });

  test("written by a newer version", async () => {
    const storage = new FaultyStorage();
    await new Promise<void>((done) => {
      const request = storage.options.indexedDB!.open(`streamstock-${BOOK}`, 990);
      request.onsuccess = () => {
        request.result.close();
        done();
      };
    });
    expectWords(await opened(storage), "newer_schema");
  });

  test.each(["quota", "disk"] as const)(
    "whose storage is full (%s) syncs nothing, and goes on by itself when there is room",
    async (fault) => {
      const storage = new FaultyStorage();
      const book = await opened(storage);
      await book.flush();
      storage.fault = fault;
      const refused = await book.bookkeeper.transact((_p, add) => add(note("gap", "lost", 1)));
      expect(refused).toMatchObject({ ok: false, error: { code: "full" } });
      await until(() => book.role === "stopped");
      expectWords(book, "storage_full");
      await new Promise((done) => setTimeout(done, 300));
      expect(book.role).toBe("stopped");
      storage.fault = null;
      await until(() => book.role === "leader");
      expect(book.fault).toBeNull();
      const later = await book.bookkeeper.transact((_p, add) => add(note("gap", "later", 1)));
      expect(later).toMatchObject({ ok: true, value: [{ seq: 2 }] });
      await book.flush();
      expect(await journalled()).toEqual(["count/opening/A", "later"]);
      expect(await book.bookkeeper.check()).toMatchObject({ value: { difference: null } });
    },
  );

  test("whose storage is full at its start counts its stock when there is room", async () => {
    const storage = new FaultyStorage();
    storage.fault = "quota";
    const book = await opened(storage);
    expectWords(book, "storage_full");
    storage.fault = null;
    await until(() => book.role === "leader");
    await book.flush();
    expect(await journalled()).toEqual(["count/opening/A"]);
  });

  test("that waits for a tab with an older version goes on when it is closed", async () => {
    const storage = new FaultyStorage();
    const old = new Dexie(`streamstock-${BOOK}`, storage.options as object);
    old.version(1).stores({ entries: "seq,&key", cursors: "channel" });
    await old.open();
    old.on("versionchange", () => false);
    // Takes Dexie's own handler away too, which would close.
    old.backendDB().onversionchange = null;
    const book = await opened(storage);
    expectWords(book, "older_tab");
    old.close();
    await until(() => book.role === "leader");
    await book.flush();
    expect(await journalled()).toEqual(["count/opening/A"]);
  });

  test("that lost the lead while its storage was full only follows", async () => {
    const storage = new FaultyStorage();
    storage.fault = "quota";
    const book = await opened(storage);
    await book.setLeads(false);
    expect(book.role).toBe("follower");
    storage.fault = null;
    await new Promise((done) => setTimeout(done, 300));
    expect(book.role).toBe("follower");
    expect(await journalled()).toEqual([]);
  });
});
