/**
 * One line of a journal file. Pure.
 *
 * The entry comes back character for character, so that its owner may sign or compare it: a JSON
 * text on one line stands in the file as it is, for a person to read; anything else is quoted.
 */
import { createHash } from "node:crypto";
import { err, ok, type Result } from "../../base/result";
import type { BookId } from "../../base/ids";
import type { JournalRecord } from "../../ledger/journal";
import type { Head } from "./journal-store";

const HASH_LENGTH = 64;
const HASH_PREFIX = ',"hash":"';
const HASH_SUFFIX = '"}';
const TAIL_LENGTH = HASH_PREFIX.length + HASH_LENGTH + HASH_SUFFIX.length;

function chainHash(previous: string, content: string): string {
  return createHash("sha256").update(previous).update(content, "utf8").digest("hex");
}

function seal(previous: string, content: string): { readonly line: string; readonly hash: string } {
  const hash = chainHash(previous, content);
  return { line: `${content}${HASH_PREFIX}${hash}${HASH_SUFFIX}`, hash };
}

/** A lone surrogate has no UTF-8 form, so it cannot stand in a file as it is. */
const loneSurrogate = /\p{Surrogate}/u;

function standsOnOneLine(json: string): boolean {
  if (/[\n\r]/.test(json) || loneSurrogate.test(json)) return false;
  try {
    JSON.parse(json);
    return true;
  } catch {
    return false;
  }
}

/** The line without its end, and the head after it. */
export function writeLine(
  record: JournalRecord,
  head: Head,
): { readonly line: string; readonly head: Head } {
  const entry = standsOnOneLine(record.json)
    ? `"entry":${record.json}`
    : `"text":${JSON.stringify(record.json)}`;
  const { line, hash } = seal(head.hash, `{"seq":${record.seq},${entry}`);
  return { line, head: { seq: record.seq, hash } };
}

function splitSeal(line: string): { readonly content: string; readonly hash: string } | null {
  const content = line.slice(0, -TAIL_LENGTH);
  const tail = line.slice(-TAIL_LENGTH);
  if (!tail.startsWith(HASH_PREFIX) || !tail.endsWith(HASH_SUFFIX)) return null;
  return { content, hash: tail.slice(HASH_PREFIX.length, -HASH_SUFFIX.length) };
}

const recordStart = /^\{"seq":([1-9]\d{0,14}),"(entry|text)":/;

function unquote(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? value : null;
  } catch {
    return null;
  }
}

export interface ReadLine {
  readonly record: JournalRecord;
  readonly head: Head;
}

/** Checks number, form and hash of a line that should follow `head`; says what does not fit. */
export function readLine(line: string, head: Head): Result<ReadLine, string> {
  const sealed = splitSeal(line);
  if (sealed === null) return err("not a whole line");
  const start = recordStart.exec(sealed.content);
  if (start === null) return err("not a record");
  const seq = Number(start[1]);
  if (seq !== head.seq + 1) return err(`number ${seq} after ${head.seq}`);
  if (sealed.hash !== chainHash(head.hash, sealed.content)) return err("the hash does not fit");
  const body = sealed.content.slice(start[0].length);
  const json = start[2] === "entry" ? body : unquote(body);
  if (json === null) return err("not a quoted text");
  return ok({ record: { seq, json }, head: { seq, hash: sealed.hash } });
}

/** A line that was checked before; the hash is not worked out again. */
export function readCheckedLine(line: string): ReadLine | null {
  const sealed = splitSeal(line);
  const start = sealed === null ? null : recordStart.exec(sealed.content);
  if (sealed === null || start === null) return null;
  const body = sealed.content.slice(start[0].length);
  const json = start[2] === "entry" ? body : unquote(body);
  if (json === null) return null;
  const seq = Number(start[1]);
  return { record: { seq, json }, head: { seq, hash: sealed.hash } };
}

/** First line of every file, so that each file can be checked by itself. */
export function writeHeader(book: BookId, head: Head): string {
  return seal(
    "",
    `{"journal":"streamstock","version":1,"book":"${book}","after":${head.seq},"from":"${head.hash}"`,
  ).line;
}

const headerForm =
  /^\{"journal":"streamstock","version":1,"book":"([a-z0-9-]+)","after":(0|[1-9]\d{0,14}),"from":"([0-9a-f]{64})"$/;

export function readHeader(line: string, book: BookId): Result<Head, string> {
  const sealed = splitSeal(line);
  const parts = sealed === null ? null : headerForm.exec(sealed.content);
  if (sealed === null || parts === null) return err("not a journal's header");
  if (sealed.hash !== chainHash("", sealed.content)) return err("the header's hash does not fit");
  if (parts[1] !== book) return err("the file belongs to another book");
  return ok({ seq: Number(parts[2]), hash: parts[3] ?? "" });
}
