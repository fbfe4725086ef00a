/**
 * A whole book as one file: JSON lines, for a person to read and for another machine to take over.
 *
 *   {"streamstock":"book","version":1,"book":"live","entries":2,"cursors":{..},"hash":"..."}
 *   {"seq":1,"entry":{..},"hash":"..."}
 *   {"seq":2,"entry":{..},"hash":"..."}
 *
 * Every line's hash is the SHA-256 of the hash before it and of the line up to the hash, so a line
 * that was changed, left out or moved shows where it stands; the header's count shows a file that
 * stops early. A damaged file is refused whole: half a history is a wrong stock.
 */
import * as v from "valibot";
import { isBookId, isRehearsal, type BookId } from "../base/ids";
import { err, ok, type Result } from "../base/result";
import { entrySchema, type Entry } from "../stock/entries";
import type { Ledger, LedgerRefusal } from "./ledger";

const VERSION = 1;
const READ_BATCH = 1000;
/** No line of ours is nearly as long: a file that has such a line is not ours. */
const LINE_CHARACTERS_MAX = 1_000_000;

export type ImportRefusal =
  /** `line` counts from 1. */
  | { readonly code: "not_a_book" | "damaged"; readonly line: number; readonly detail: string }
  /** Written by a newer version of the product. */
  | { readonly code: "newer_version" }
  /** A rehearsal is not brought into live stock, nor the other way round. */
  | { readonly code: "other_book"; readonly book: BookId }
  /** Histories are not mixed: only an empty book takes one over. */
  | { readonly code: "not_empty"; readonly entries: number }
  | { readonly code: "storage"; readonly refusal: LedgerRefusal };

const headerSchema = v.object({
  streamstock: v.literal("book"),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  book: v.pipe(
    v.string(),
    v.check(isBookId),
    v.transform((text) => text as BookId),
  ),
  entries: v.pipe(v.number(), v.integer(), v.minValue(0)),
  cursors: v.record(v.string(), v.string()),
});

const lineSchema = v.object({ seq: v.number(), entry: entrySchema });

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** `content` without its closing brace; answers the whole line and its hash. */
async function sealed(content: string, before: string): Promise<{ line: string; hash: string }> {
  const hash = await sha256(before + content);
  return { line: `${content},"hash":"${hash}"}\n`, hash };
}

const sealForm = /^(\{.*),"hash":"([0-9a-f]{64})"\}$/s;

/** The file in parts, to be put together by whoever saves it. A refusal is the last part. */
export async function* exportBook(
  book: BookId,
  ledger: Ledger,
): AsyncGenerator<Result<string, LedgerRefusal>, void> {
  const head = await ledger.head();
  const cursors = await ledger.cursors();
  if (!head.ok) {
    yield head;
    return;
  }
  if (!cursors.ok) {
    yield cursors;
    return;
  }
  const header = JSON.stringify({
    streamstock: "book",
    version: VERSION,
    book,
    entries: head.value,
    cursors: cursors.value,
  });
  let { line, hash } = await sealed(header.slice(0, -1), "");
  yield ok(line);
  for (let seq = 0; seq < head.value;) {
    const batch = await ledger.read(seq, Math.min(READ_BATCH, head.value - seq));
    if (!batch.ok || batch.value.length === 0) {
      yield batch.ok
        ? err({ code: "failed", detail: `nothing after ${seq} of ${head.value}` })
        : batch;
      return;
    }
    const lines: string[] = [];
    for (const entry of batch.value) {
      seq = entry.seq;
      ({ line, hash } = await sealed(`{"seq":${seq},"entry":${JSON.stringify(entry)}`, hash));
      lines.push(line);
    }
    yield ok(lines.join(""));
  }
}

interface ReadBook {
  readonly header: v.InferOutput<typeof headerSchema>;
  readonly entries: readonly Entry[];
}

/** Checks a whole file without a ledger: nothing may be kept of one that is torn. */
export async function readBookFile(
  parts: AsyncIterable<string>,
): Promise<Result<ReadBook, ImportRefusal>> {
  let header: ReadBook["header"] | null = null;
  let hash = "";
  let line = 0;
  const entries: Entry[] = [];
  const keys = new Set<string>();
  const damaged = (detail: string) =>
    err({ code: header === null ? ("not_a_book" as const) : ("damaged" as const), line, detail });
  for await (const text of linesOf(parts)) {
    line += 1;
    const seal = sealForm.exec(text);
    const [content, stated] = [seal?.[1], seal?.[2]];
    if (content === undefined || stated === undefined) return damaged("not a whole line");
    if (stated !== (await sha256(hash + content))) return damaged("the hash does not fit");
    hash = stated;
    if (header === null) {
      const parsed = v.safeParse(headerSchema, parseJson(`${content}}`));
      if (!parsed.success) return damaged("not a book's header");
      if (parsed.output.version > VERSION) return err({ code: "newer_version" });
      header = parsed.output;
      continue;
    }
    const parsed = v.safeParse(lineSchema, parseJson(`${content}}`));
    if (!parsed.success) return damaged("not an entry");
    const { seq, entry } = parsed.output;
    if (seq !== entries.length + 1 || entry.seq !== seq) return damaged(`number ${seq}`);
    if (keys.has(entry.key)) return damaged("the same event twice");
    keys.add(entry.key);
    entries.push(entry);
  }
  line += 1;
  if (header === null) return damaged("the file is empty");
  if (entries.length === header.entries) return ok({ header, entries });
  return damaged(`${entries.length} of ${header.entries} entries`);
}

/** Takes a book over into an empty ledger, in one transaction. */
export async function importBook(
  book: BookId,
  ledger: Ledger,
  parts: AsyncIterable<string>,
): Promise<Result<{ entries: number }, ImportRefusal>> {
  const read = await readBookFile(parts);
  if (!read.ok) return read;
  const { header, entries } = read.value;
  if (isRehearsal(header.book) !== isRehearsal(book)) {
    return err({ code: "other_book", book: header.book });
  }
  const head = await ledger.head();
  if (!head.ok) return err({ code: "storage", refusal: head.error });
  if (head.value > 0) return err({ code: "not_empty", entries: head.value });
  const restored = await ledger.restore(entries);
  if (!restored.ok) return err({ code: "storage", refusal: restored.error });
  // Without them the channels are asked from the start, and what is booked is known by its key.
  const moved = await ledger.append([], header.cursors, 0);
  if (!moved.ok) return err({ code: "storage", refusal: moved.error });
  return ok({ entries: entries.length });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function* linesOf(parts: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const part of parts) {
    const lines = (rest + part).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
    if (rest.length > LINE_CHARACTERS_MAX) break;
  }
  if (rest !== "") yield rest;
}
