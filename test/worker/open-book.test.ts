/** A book whose storage fails says so in words that the pane has, and syncs nothing. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { systemClock } from "../../src/base/clock";
import type { Sku } from "../../src/base/ids";
import { DexieLedger } from "../../src/ledger/dexie-ledger";
import { MemoryLedger } from "../../src/ledger/memory-ledger";
import { en } from "../../src/locale/en";
import { zhCn } from "../../src/locale/zh-cn";
import { note } from "../../src/stock/entries";
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
  companion = await temporaryCompanion();
  line = new CompanionClient({
    origin: `http://127.0.0.1:${companion.port}`,
    token: companion.token,
    fetch,
    clock: systemClock,
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

async function opened(storage: FaultyStorage): Promise<OpenBook> {
  const book = new OpenBook(BOOK, [], opening, {
    clock: systemClock,
    sleep,
    companion: line,
    settings: defaultSettings,
    openLedger: (id) => new DexieLedger(id, storage.options),
    openFollower: () => new MemoryLedger(),
    openChannels: () => [],
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
    expectWords(book, "storage_failed");
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
});
