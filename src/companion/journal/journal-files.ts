/**
 * The files of one book: found, checked line by line, and a torn end cut off.
 *
 * A crash can leave the last write half done; nobody was told that it was kept, so it goes aside.
 * Anything else that does not fit was changed after it was acknowledged: that is never repaired
 * here, only reported (limits.md 9: stop on a broken chain).
 */
import { mkdir, open, readdir, readFile, truncate } from "node:fs/promises";
import { dirname, join } from "node:path";
import { err, ok, type Result } from "../../base/result";
import type { BookId } from "../../base/ids";
import { errorCode, syncFolder } from "../disk";
import { readHeader, readLine, writeHeader } from "./journal-line";
import { emptyHash, type Head } from "./journal-store";

/** Every so many records the place in the file is remembered, so that a page is found quickly. */
const MARK_EVERY = 256;
const NEWLINE = 0x0a;

export interface JournalFile {
  readonly path: string;
  /** Sequence number before the first record of the file, and of its last record. */
  readonly after: number;
  last: number;
  /** Bytes that are known to be good. */
  size: number;
  /** Byte offset of record `after + 1 + i * MARK_EVERY` at index i. */
  readonly marks: number[];
}

/** Bytes after the last whole line. */
interface TornEnd {
  readonly path: string;
  readonly from: number;
}

export interface BookFiles {
  readonly book: BookId;
  readonly folder: string;
  readonly files: JournalFile[];
  head: Head;
  torn: TornEnd | null;
}

/** The place to start reading for the record after `after`: at or before it, on a line's start. */
export function placeOf(file: JournalFile, after: number): { offset: number; seq: number } {
  const index = Math.max(0, Math.floor((after - file.after) / MARK_EVERY));
  return { offset: file.marks[index] ?? 0, seq: file.after + index * MARK_EVERY };
}

/** Remembers where a record starts that is about to be counted in. */
export function mark(file: JournalFile, seq: number, offset: number): void {
  if ((seq - file.after - 1) % MARK_EVERY === 0) file.marks.push(offset);
}

/** A line that was written whole once: what follows it was written after it was acknowledged. */
function looksWhole(line: string): boolean {
  return /^\{"(seq|journal)":.*,"hash":"[0-9a-f]{64}"\}$/s.test(line) && !line.includes("\0");
}

interface Scan {
  readonly file: JournalFile;
  readonly head: Head;
  readonly torn: TornEnd | null;
}

function tornOrDamaged(
  bytes: Buffer,
  from: number,
  name: string,
  isLast: boolean,
  what: string,
): Result<null, string> {
  const line = bytes.subarray(0, from).filter((byte) => byte === NEWLINE).length + 1;
  const rest = bytes.subarray(from).toString("utf8").split("\n");
  const whole = rest.slice(0, -1).some(looksWhole);
  return isLast && !whole ? ok(null) : err(`${name}, line ${line}: ${what}`);
}

function scanFile(
  bytes: Buffer,
  path: string,
  name: string,
  book: BookId,
  before: Head,
  isLast: boolean,
): Result<Scan | TornEnd, string> {
  let end = bytes.indexOf(NEWLINE);
  const header = readHeader(bytes.toString("utf8", 0, Math.max(0, end)), book);
  if (!header.ok) {
    const torn = tornOrDamaged(bytes, 0, name, isLast, header.error);
    return torn.ok ? ok({ path, from: 0 }) : torn;
  }
  if (header.value.seq !== before.seq || header.value.hash !== before.hash) {
    return err(`${name}: continues from ${header.value.seq}, but ${before.seq} is the one before`);
  }
  const file: JournalFile = { path, after: before.seq, last: before.seq, size: end + 1, marks: [] };
  let head = before;
  for (let start = end + 1; start < bytes.length; start = end + 1) {
    end = bytes.indexOf(NEWLINE, start);
    const read =
      end < 0 ? err("not a whole line") : readLine(bytes.toString("utf8", start, end), head);
    if (!read.ok) {
      const torn = tornOrDamaged(bytes, start, name, isLast, read.error);
      return torn.ok ? ok({ file, head, torn: { path, from: start } }) : torn;
    }
    head = read.value.head;
    mark(file, head.seq, start);
    file.last = head.seq;
    file.size = end + 1;
  }
  return ok({ file, head, torn: null });
}

/** Reads every file of the book. The error says which file and line is damaged. */
export async function scanBook(folder: string, book: BookId): Promise<Result<BookFiles, string>> {
  const found: BookFiles = {
    book,
    folder,
    files: [],
    head: { seq: 0, hash: emptyHash },
    torn: null,
  };
  const names = (await listFolder(folder)).filter((name) => name.endsWith(".jsonl")).sort();
  for (const [index, name] of names.entries()) {
    const path = join(folder, name);
    const isLast = index === names.length - 1;
    const scan = scanFile(await readFile(path), path, name, book, found.head, isLast);
    if (!scan.ok) return scan;
    if (!("file" in scan.value)) {
      found.torn = scan.value;
      break;
    }
    found.files.push(scan.value.file);
    found.head = scan.value.head;
    found.torn = scan.value.torn;
  }
  return ok(found);
}

async function listFolder(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  }
}

/** Keeps the torn bytes beside the file and cuts them off. Throws when the disk does not let it. */
export async function cutTornEnd(files: BookFiles): Promise<void> {
  if (files.torn === null) return;
  const { path, from } = files.torn;
  const bytes = (await readFile(path)).subarray(from);
  if (bytes.length > 0) {
    const aside = await open(`${path}.torn`, "a", 0o600);
    try {
      await aside.writeFile(bytes);
      await aside.sync();
    } finally {
      await aside.close();
    }
  }
  await truncate(path, from);
  const handle = await open(path, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncFolder(files.folder);
  files.torn = null;
}

/** A new file after the head; nothing is on disk before the first record is. */
export function nextFile(files: BookFiles): {
  readonly file: JournalFile;
  readonly header: string;
} {
  const name = `${String(files.head.seq + 1).padStart(12, "0")}.jsonl`;
  const path = join(files.folder, name);
  return {
    file: { path, after: files.head.seq, last: files.head.seq, size: 0, marks: [] },
    header: `${writeHeader(files.book, files.head)}\n`,
  };
}

/** Makes the book's folder, durably. */
export async function makeFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (made !== undefined) await syncFolder(dirname(folder));
}
