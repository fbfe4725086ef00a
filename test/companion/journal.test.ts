import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { FileJournal } from "../../src/companion/journal/file-journal";
import type { BookId } from "../../src/base/ids";
import {
  temporaryCompanion,
  temporaryFolder,
  type TemporaryCompanion,
} from "../support/temporary-companion";

const book = "live";
const path = `/api/journal/${book}/append`;
const entry = (seq: number) => ({
  seq,
  json: JSON.stringify({ kind: "sale", units: seq, sku: "水杯-红" }),
});
const entries = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => entry(from + index));

let companion: TemporaryCompanion;
let fence: Record<string, string>;

beforeEach(async () => {
  companion = await temporaryCompanion();
  fence = await companion.lead(book);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await companion.stop();
});

const folder = () => join(companion.home, "journal", book);
const file = () => join(folder(), "000000000001.jsonl");
const append = (records: unknown) => companion.post(path, { records }, fence);
const read = (after = 0, limit = 1000) =>
  companion.get(`/api/journal/${book}?after=${after}&limit=${limit}`);

describe("what was appended", () => {
  test("comes back as it was sent, in pages, with the head of the chain", async () => {
    const appended = await append(entries(1, 700));
    expect(appended.json.headSeq).toBe(700);
    const first = await read(0, 300);
    expect(first.json.records).toEqual(entries(1, 300));
    expect(first.json.headSeq).toBe(700);
    expect(first.json.headHash).toBe(appended.json.headHash);
    expect((await read(300, 300)).json.records).toEqual(entries(301, 600));
    expect((await read(600)).json.records).toEqual(entries(601, 700));
    expect((await read(700)).json.records).toEqual([]);
    expect((await read(9999)).json.records).toEqual([]);
  });

  test("is there after a restart, and the chain goes on", async () => {
    const before = await append(entries(1, 3));
    await companion.restart();
    const after = await read();
    expect(after.json.records).toEqual(entries(1, 3));
    expect(after.json.headHash).toBe(before.json.headHash);
    expect((await append(entries(4, 5))).json.headSeq).toBe(5);
    await companion.restart();
    expect((await read()).json.records).toEqual(entries(1, 5));
  });

  test("can be read and checked by a person with the file alone", async () => {
    const appended = await append(entries(1, 2));
    const [header = "", ...lines] = readFileSync(file(), "utf8").trimEnd().split("\n");
    expect(JSON.parse(header)).toMatchObject({ journal: "streamstock", book, after: 0 });
    expect(JSON.parse(lines[1] ?? "")).toMatchObject({
      seq: 2,
      entry: { kind: "sale", units: 2, sku: "水杯-红" },
    });
    let hash = "0".repeat(64);
    for (const line of lines) {
      const content = line.slice(0, line.lastIndexOf(',"hash":"'));
      hash = createHash("sha256")
        .update(hash + content)
        .digest("hex");
      expect(JSON.parse(line).hash).toBe(hash);
    }
    expect(hash).toBe(appended.json.headHash);
  });

  test("is kept character for character, whatever text it is", async () => {
    const odd = [
      '{ "b" : 1.0 , "a" : [ 1e2 ] }',
      '{\n  "pretty": true\n}',
      "not JSON at all",
      "",
      '"\ud800 alone"',
      '{"__proto__":{"x":1},"hash":"}"}',
      "\u2028 \u0000 😀",
    ].map((json, index) => ({ seq: index + 1, json }));
    expect((await append(odd)).status).toBe(200);
    await companion.restart();
    expect((await read()).json.records).toEqual(odd);
  });

  test("is for the owner's eyes only", async () => {
    await append(entries(1, 1));
    if (process.platform === "win32") return;
    expect(statSync(file()).mode & 0o077).toBe(0);
    expect(statSync(folder()).mode & 0o077).toBe(0);
  });
});

describe("the order of appends", () => {
  test("has no gaps: a number too high is refused with the head", async () => {
    const head = (await append(entries(1, 2))).json;
    const refused = await append(entries(4, 5));
    expect(refused.status).toBe(409);
    expect(refused.json.error.code).toBe("sequence_gap");
    expect(refused.json).toMatchObject({ headSeq: 2, headHash: head.headHash });
    expect((await append([entry(3), entry(5)])).status).toBe(409);
    expect((await read()).json.headSeq).toBe(2);
  });

  test("takes the same records again without a word, also when new ones follow them", async () => {
    await append(entries(1, 10));
    const size = statSync(file()).size;
    expect((await append(entries(3, 7))).json.headSeq).toBe(10);
    expect(statSync(file()).size).toBe(size);
    expect((await append(entries(8, 12))).json.headSeq).toBe(12);
    expect((await read()).json.records).toEqual(entries(1, 12));
  });

  test("refuses another record under a number that is taken", async () => {
    await append(entries(1, 3));
    const refused = await append([{ seq: 2, json: '{"kind":"other"}' }, entry(3), entry(4)]);
    expect(refused.status).toBe(409);
    expect((await read()).json.records).toEqual(entries(1, 3));
  });

  test("holds for many at once: each number is written once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => append([entry(index + 1)])),
    );
    await Promise.all(Array.from({ length: 20 }, (_, index) => append([entry(index + 1)])));
    const { headSeq, records } = (await read()).json;
    expect(records).toEqual(entries(1, headSeq));
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
  });
});

describe("damage", () => {
  const tails: Record<string, string> = {
    "half a line": '{"seq":4,"entry":{"kind":"sa',
    "a whole line without its end": "",
    "zeros where data should be": "\0".repeat(300),
    "zeros and a line's end": `${"\0".repeat(80)}\n`,
    "two half lines": '{"seq":4,"entry":{}\n{"seq":5',
  };
  for (const [name, tail] of Object.entries(tails)) {
    test(`a torn end (${name}) is cut off, kept aside, and the journal goes on`, async () => {
      await append(entries(1, 3));
      const good = readFileSync(file());
      const torn =
        tail === ""
          ? Buffer.from('{"seq":4,"entry":1,"hash":"' + "a".repeat(64) + '"}')
          : Buffer.from(tail);
      appendFileSync(file(), torn);
      await companion.restart();
      expect((await read()).json.records).toEqual(entries(1, 3));
      expect(readFileSync(file())).toEqual(good);
      expect(readFileSync(`${file()}.torn`)).toEqual(torn);
      fence = await companion.lead(book);
      expect((await append(entries(4, 6))).json.headSeq).toBe(6);
      await companion.restart();
      expect((await read()).json.records).toEqual(entries(1, 6));
    });
  }

  test("a torn header of a new file is cut off as well", async () => {
    mkdirSync(folder(), { recursive: true });
    writeFileSync(file(), '{"journal":"stre');
    expect((await append(entries(1, 2))).status).toBe(200);
    await companion.restart();
    expect((await read()).json.records).toEqual(entries(1, 2));
  });

  const changes: Record<string, (text: string) => string> = {
    "a changed number": (text) => text.replace('"units":2', '"units":3'),
    "a line taken out": (text) => text.split("\n").toSpliced(2, 1).join("\n"),
    "two lines swapped": (text) => {
      const lines = text.split("\n");
      return [lines[0], lines[2], lines[1], ...lines.slice(3)].join("\n");
    },
    "a changed header": (text) => text.replace('"after":0', '"after":7'),
    "the last record changed": (text) => text.replace('"units":5', '"units":6'),
    "garbage in the middle": (text) => text.replace('{"seq":3', "\0\0\0\0\0\0\0\0"),
  };
  for (const [name, change] of Object.entries(changes)) {
    test(`${name} stops the book with a clear fault and leaves the file alone`, async () => {
      await append(entries(1, 5));
      const log = jest.spyOn(console, "error").mockReturnValue();
      const changed = change(readFileSync(file(), "utf8"));
      writeFileSync(file(), changed);
      await companion.restart();
      fence = await companion.lead(book);
      const refused = await append([entry(6)]);
      expect(refused.status).toBe(500);
      expect(refused.json.error.message).toMatch(/damaged: 000000000001\.jsonl/);
      expect((await read()).status).toBe(500);
      expect(log.mock.calls.join()).toMatch(
        /^journal live is damaged: 0+1\.jsonl, line \d: [^,]*$|continues/,
      );
      expect(readFileSync(file(), "utf8")).toBe(changed);
      expect(existsSync(`${file()}.torn`)).toBe(false);
    });
  }

  test("in one book does not touch another", async () => {
    jest.spyOn(console, "error").mockReturnValue();
    await append(entries(1, 2));
    writeFileSync(file(), readFileSync(file(), "utf8").replace('"units":1', '"units":9'));
    await companion.restart();
    const other = await companion.lead("rehearsal-a1");
    const answer = await companion.post(
      "/api/journal/rehearsal-a1/append",
      { records: entries(1, 2) },
      other,
    );
    expect(answer.status).toBe(200);
    expect((await read()).status).toBe(500);
  });
});

describe("files", () => {
  const live: BookId = "live";
  test("are rotated at a size, and a missing one in the middle is noticed", async () => {
    const home = temporaryFolder();
    const open = () => new FileJournal({ folder: home, rotateBytes: 2000 });
    const first = open();
    for (let seq = 1; seq <= 60; seq += 3) await first.append(live, entries(seq, seq + 2));
    const names = readdirSync(join(home, live)).sort();
    expect(names.length).toBeGreaterThan(3);
    const again = open();
    const page = await again.read(live, 10, 100);
    expect(page.ok && page.value.records).toEqual(entries(11, 60));
    unlinkSync(join(home, live, names[1] ?? ""));
    jest.spyOn(console, "error").mockReturnValue();
    const broken = await open().append(live, [entry(61)]);
    expect(broken).toMatchObject({ ok: false, error: { kind: "damaged" } });
    rmSync(home, { recursive: true, force: true });
  });

  test("that cannot grow leave nothing half acknowledged: 507, and later it goes on", async () => {
    if (process.platform !== "linux") return;
    mkdirSync(folder(), { recursive: true });
    await read();
    symlinkSync("/dev/full", file());
    const refused = await append(entries(1, 2));
    expect(refused.status).toBe(507);
    expect(refused.json.error.code).toBe("disk_full");
    unlinkSync(file());
    expect((await append(entries(1, 2))).status).toBe(200);
    expect((await read()).json.records).toEqual(entries(1, 2));
  });
});

describe("what is not a record", () => {
  test.each([
    [{ records: [] }],
    [{ records: [{ seq: 0, json: "{}" }] }],
    [{ records: [{ seq: 1.5, json: "{}" }] }],
    [{ records: [{ seq: 1, json: 5 }] }],
    [{ records: "x" }],
    [[]],
    ["no json"],
  ])("is refused: %j", async (body) => {
    expect((await companion.post(path, body, fence)).status).toBe(400);
    expect((await read()).json.headSeq).toBe(0);
  });

  test("names no folder outside the journal", async () => {
    for (const name of [
      "..",
      "%2e%2e",
      "..%2flive",
      "live%2f..",
      "Live",
      "rehearsal-A",
      "con",
      "rehearsal-",
    ]) {
      const answer = await companion.post(
        `/api/journal/${name}/append`,
        { records: entries(1, 1) },
        fence,
      );
      expect([401, 404, 405]).toContain(answer.status);
    }
    expect(existsSync(join(companion.home, "journal"))).toBe(false);
  });
});
