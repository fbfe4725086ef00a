import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { exportBook, importBook, type ImportRefusal } from "../../src/ledger/book-file";
import type { BookId } from "../../src/base/ids";
import type { Result } from "../../src/base/result";
import type { Ledger } from "../../src/ledger/ledger";
import { MemoryLedger } from "../../src/ledger/memory-ledger";
import { note } from "../../src/stock/entries";
import { count } from "../support/entries";

async function fileOf(ledger: Ledger, book: BookId = "live"): Promise<string> {
  let text = "";
  for await (const part of exportBook(book, ledger)) {
    if (!part.ok) throw new Error(part.error.detail);
    text += part.value;
  }
  return text;
}

async function* inParts(text: string, size = 1000): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function filled(texts: readonly string[]): Promise<MemoryLedger> {
  const ledger = new MemoryLedger();
  const notes = texts.map((detail, n) => note("gap", `${n}/${detail}`, n, { detail, n }));
  await ledger.append([count(5), ...notes], { tiktok: "t\n1", shopify: "s" }, 7);
  return ledger;
}

type Imported = Result<{ entries: number }, ImportRefusal>;

async function refusalOf(text: string): Promise<Imported & { readonly head: unknown }> {
  const ledger = new MemoryLedger();
  const imported = await importBook("live", ledger, inParts(text));
  return { ...imported, head: await ledger.head() };
}

describe("a book as a file", () => {
  test("comes back entry for entry, cursors too, whatever stands in the texts", async () => {
    const text = fc.string({ unit: "binary", maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { maxLength: 12 }),
        fc.integer({ min: 1, max: 400 }),
        async (texts, size) => {
          const source = await filled(texts);
          const file = await fileOf(source);
          const copy = new MemoryLedger();
          const taken = await importBook("live", copy, inParts(file, size));
          expect(taken).toEqual({ ok: true, value: { entries: texts.length + 1 } });
          expect(await copy.read(0, 100)).toEqual(await source.read(0, 100));
          expect(await copy.cursors()).toEqual(await source.cursors());
          const again = await copy.append([count(5)], {}, 9);
          expect(again).toEqual({ ok: true, value: [] });
        },
      ),
      { numRuns: 100 },
    );
  });

  test("is a book even without an entry", async () => {
    const file = await fileOf(new MemoryLedger());
    expect(await refusalOf(file)).toMatchObject({ ok: true, value: { entries: 0 } });
  });

  test("has one line for each entry, which a person can read", async () => {
    const lines = (await fileOf(await filled(["hello"]))).trimEnd().split("\n");
    expect(lines).toHaveLength(3);
    expect(JSON.parse(lines[2]!)).toMatchObject({ seq: 2, entry: { seq: 2, detail: "hello" } });
  });

  test("is refused for any one character that was changed or cut away, and nothing is kept", async () => {
    const file = await fileOf(await filled(["one", "two", "three"]));
    const lineEnds = [...file.slice(0, -1).matchAll(/\n/g)].map(({ index }) => index);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: file.length - 2 }),
        fc.boolean(),
        async (at, cut) => {
          const other = file[at] === "a" ? "b" : "a";
          const spoilt = cut ? file.slice(0, at) : file.slice(0, at) + other + file.slice(at + 1);
          const refused = await refusalOf(spoilt);
          // Cut right before a line's end, that line is whole: the next one is the first to be missed.
          const whole = cut && file[at] === "\n" ? 1 : 0;
          const line = file.slice(0, at).split("\n").length + whole;
          expect(refused).toMatchObject({ ok: false, head: { value: 0 }, error: { line } });
        },
      ),
      {
        numRuns: 300,
        examples: lineEnds.flatMap((at) => [[at, true] as [number, boolean], [at, false]]),
      },
    );
  });

  test("names the line where entries were taken out, doubled or put elsewhere", async () => {
    const lines = (await fileOf(await filled(["a", "b", "c"]))).split("\n");
    const damaged = (line: number) => ({ ok: false, error: { code: "damaged", line } });
    expect(await refusalOf(lines.toSpliced(2, 1).join("\n"))).toMatchObject(damaged(3));
    expect(await refusalOf(lines.toSpliced(2, 0, lines[2]!).join("\n"))).toMatchObject(damaged(4));
    const [a, b] = [lines[2]!, lines[3]!];
    expect(await refusalOf(lines.toSpliced(2, 2, b, a).join("\n"))).toMatchObject(damaged(3));
    // Stops after a whole line: only the count can tell.
    expect(await refusalOf(lines.slice(0, 4).join("\n"))).toMatchObject(damaged(5));
  });

  test.each(["", "hello", "{}\n", '{"streamstock":"book"}\n', "x".repeat(3_000_000)])(
    "that is none is refused at once: %.20j",
    async (text) => {
      expect(await refusalOf(text)).toMatchObject({
        ok: false,
        error: { code: "not_a_book", line: 1 },
      });
    },
  );

  test("is not mixed into a book that has entries", async () => {
    const file = await fileOf(await filled(["a"]));
    const ledger = await filled(["b"]);
    expect(await importBook("live", ledger, inParts(file))).toEqual({
      ok: false,
      error: { code: "not_empty", entries: 2 },
    });
  });

  test("of a rehearsal never becomes live stock", async () => {
    const file = await fileOf(await filled(["a"]), "rehearsal-x1");
    expect(await refusalOf(file)).toMatchObject({
      ok: false,
      error: { code: "other_book", book: "rehearsal-x1" },
      head: { value: 0 },
    });
    const other = new MemoryLedger();
    expect(await importBook("rehearsal-y2", other, inParts(file))).toMatchObject({ ok: true });
  });
});
