/** The companion seals what a book says, with a key that stays with it. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fromBase64Url } from "../../src/proof/bytes";
import { judge } from "../support/proof-world";
import { memoryKeychain } from "../support/memory-keychain";
import {
  temporaryCompanion,
  temporaryFolder,
  type TemporaryCompanion,
} from "../support/temporary-companion";

let companion: TemporaryCompanion;
const now = () => Date.now();

beforeEach(async () => {
  companion = await temporaryCompanion();
  await fill("live", 3);
});
afterEach(() => companion.stop());

async function fill(book: string, entries: number): Promise<void> {
  const records = Array.from({ length: entries }, (_, n) => ({ seq: n + 1, json: `{"n":${n}}` }));
  await companion.post(`/api/journal/${book}/append`, { records }, await companion.lead(book));
}

const order = (more: object = {}) => ({
  locale: "en",
  seller: "Moonlight Home",
  creator: "Mia  Lives",
  streamAt: null,
  asOf: now(),
  validUntil: now() + 3_600_000,
  seq: 2,
  zoneMinutes: 480,
  lines: [
    { sku: "LAMP-01", onHand: 700, reserved: 405, available: 560, expected: 200, requirement: 600 },
  ],
  ...more,
});
const ask = (more: object = {}, book = "live") => companion.post(`/api/proof/${book}`, order(more));
const bytesOf = (answer: { json: any }) => fromBase64Url(answer.json.file)!;
const fingerprint = async (book = "live") =>
  (await companion.get(`/api/proof/${book}/key`)).json.fingerprint as string;

/** The hash that stands in the journal's own file beside an entry. */
function hashInFile(book: string, seq: number): string {
  const text = readFileSync(join(companion.home, "journal", book, "000000000001.jsonl"), "utf8");
  const found = text.split("\n").find((one) => one.startsWith(`{"seq":${seq},`));
  return /"hash":"([0-9a-f]{64})"/.exec(found ?? "")?.[1] ?? "";
}

describe("a proof", () => {
  test("is a workbook that checks out, for whom and of when in its name", async () => {
    const answer = await ask();
    expect(answer.status).toBe(200);
    expect(answer.json.name).toMatch(/^stock-proof-Mia-Lives-\d{4}-\d\d-\d\d-\d{4}\.xlsx$/);
    const verdict = await judge(bytesOf(answer), { now: now() });
    expect(verdict).toMatchObject({
      kind: "true",
      fingerprint: answer.json.fingerprint,
      statement: { creator: "Mia Lives", book: "live", lines: [{ sku: "LAMP-01", reserved: 405 }] },
    });
  });

  test("is chained to the entry of the journal that its numbers count in", async () => {
    for (const seq of [1, 2, 3]) {
      const verdict = await judge(bytesOf(await ask({ seq })), { now: now() });
      expect(verdict).toMatchObject({ statement: { seq, head: hashInFile("live", seq) } });
    }
    expect(new Set([1, 2, 3].map((seq) => hashInFile("live", seq))).size).toBe(3);
  });

  test("about an entry that the journal has not is refused", async () => {
    const answer = await ask({ seq: 4 });
    expect([answer.status, answer.json.error.code]).toEqual([409, "sequence_gap"]);
  });

  test("of another time than now is refused", async () => {
    for (const away of [-20 * 60_000, 20 * 60_000]) {
      const asOf = now() + away;
      expect((await ask({ asOf, validUntil: asOf + 1000 })).status).toBe(400);
    }
  });

  const wrong: [string, object][] = [
    ["no line", { lines: [] }],
    ["more reserved than there is", { lines: [{ ...order().lines[0], reserved: 701 }] }],
    ["half a unit", { lines: [{ ...order().lines[0], onHand: 700.5 }] }],
    ["less than nothing", { lines: [{ ...order().lines[0], available: -1 }] }],
    ["no seller", { seller: " \n " }],
    ["an end before its beginning", { validUntil: now() - 5000 }],
    ["an end in a year", { validUntil: now() + 365 * 86_400_000 }],
    ["too many lines", { lines: Array.from({ length: 201 }, () => order().lines[0]) }],
    ["another language", { locale: "xx" }],
    ["a zone that is none", { zoneMinutes: 6000 }],
  ];
  test.each(wrong)("with %s is refused", async (_, more) => {
    const answer = await ask(more);
    expect([answer.status, answer.json.error.code]).toEqual([400, "bad_request"]);
  });
});

describe("the key", () => {
  test("is made once, whoever asks first, and is the same after a restart", async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => fingerprint()));
    expect(new Set(all).size).toBe(1);
    expect(all[0]).toMatch(/^\d{4}( \d{4}){5}$/);
    expect((await ask()).json.fingerprint).toBe(all[0]);
    await companion.restart();
    expect(await fingerprint()).toBe(all[0]);
  });

  test("of rehearsals is another one, the same for all of them, and proves nothing real", async () => {
    await fill("rehearsal-r1", 2);
    expect(await fingerprint("rehearsal-r1")).toBe(await fingerprint("rehearsal-r2"));
    expect(await fingerprint("rehearsal-r1")).not.toBe(await fingerprint());
    const answer = await ask({}, "rehearsal-r1");
    expect((await judge(bytesOf(answer), { now: now() })).kind).toBe("rehearsal");
  });

  test("of another install is another key", async () => {
    const other = await temporaryCompanion();
    const theirs = (await other.get("/api/proof/live/key")).json.fingerprint;
    await other.stop();
    expect(theirs).not.toBe(await fingerprint());
  });

  test("that does not open is not replaced: the seller is told, and it opens again later", async () => {
    const keychain = memoryKeychain();
    const home = temporaryFolder();
    const own = await temporaryCompanion({ env: { STREAMSTOCK_HOME: home }, keychain });
    const before = (await own.get("/api/proof/live/key")).json.fingerprint;
    await own.stop();
    keychain.locked = true;
    const locked = await temporaryCompanion({ env: { STREAMSTOCK_HOME: home }, keychain });
    const refused = await locked.get("/api/proof/live/key");
    expect([refused.status, refused.json.error.code]).toEqual([423, "key_locked"]);
    keychain.locked = false;
    expect((await locked.get("/api/proof/live/key")).json.fingerprint).toBe(before);
    await locked.stop();
  });

  test("in a damaged file is not replaced either", async () => {
    await fingerprint();
    await companion.restart();
    writeFileSync(join(companion.home, "vault", "proof-live.json"), '{"open":{"pkcs8":7}}');
    expect((await companion.get("/api/proof/live/key")).json.error.code).toBe("key_locked");
    writeFileSync(join(companion.home, "vault", "proof-live.json"), '{"open":{"pkcs8":"AAAA"}}');
    expect((await companion.get("/api/proof/live/key")).json.error.code).toBe("key_locked");
  });
});
