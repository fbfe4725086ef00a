/**
 * The journal as files: one folder a book, JSON lines, hash-chained, synced before every answer.
 * Calls for one book run one after another, so what is on disk is always a prefix of what was sent.
 */
import { open } from "node:fs/promises";
import { join } from "node:path";
import type { BookId } from "../../base/ids";
import { err, ok, type Result } from "../../base/result";
import type { JournalRecord } from "../../ledger/journal";
import { errorCode, isDiskFull, syncFolder } from "../disk";
import {
  cutTornEnd,
  makeFolder,
  mark,
  nextFile,
  placeOf,
  scanBook,
  type BookFiles,
  type JournalFile,
} from "./journal-files";
import { readCheckedLine, writeLine, type ReadLine } from "./journal-line";
import type { Head, JournalPage, JournalRefusal, JournalStore } from "./journal-store";

const READ_CHUNK = 256 * 1024;

export interface FileJournalOptions {
  /** The folder that holds one folder per book. */
  readonly folder: string;
  /** A file that has reached so many bytes is followed by a new one. */
  readonly rotateBytes?: number;
  /** A page of reading ends after so many characters of JSON. */
  readonly pageCharacters?: number;
}

export class FileJournal implements JournalStore {
  readonly #folder: string;
  readonly #rotateBytes: number;
  readonly #pageCharacters: number;
  readonly #books = new Map<BookId, BookFiles>();
  /** Once found damaged a book stays so until the next start: nothing here makes it whole. */
  readonly #damaged = new Map<BookId, string>();
  readonly #queues = new Map<BookId, Promise<unknown>>();

  constructor(options: FileJournalOptions) {
    this.#folder = options.folder;
    this.#rotateBytes = options.rotateBytes ?? 16 * 1024 * 1024;
    this.#pageCharacters = options.pageCharacters ?? 8 * 1024 * 1024;
  }

  append(book: BookId, records: readonly JournalRecord[]): Promise<Result<Head, JournalRefusal>> {
    return this.#inTurn(book, async (files) => {
      const fresh = await this.#withoutKept(files, records);
      if (!fresh.ok || fresh.value.length === 0) return fresh.ok ? ok(files.head) : fresh;
      await cutTornEnd(files);
      await this.#write(files, fresh.value);
      return ok(files.head);
    });
  }

  read(book: BookId, after: number, limit: number): Promise<Result<JournalPage, JournalRefusal>> {
    return this.#inTurn(book, async (files) => {
      const records: JournalRecord[] = [];
      let characters = 0;
      for await (const { record } of linesAfter(files, after)) {
        records.push(record);
        characters += record.json.length;
        if (records.length >= limit || characters >= this.#pageCharacters) break;
      }
      return ok({ head: files.head, records });
    });
  }

  headAt(book: BookId, seq: number): Promise<Result<Head | null, JournalRefusal>> {
    return this.#inTurn(book, async (files) => {
      if (seq < 1 || seq > files.head.seq) return ok(null);
      for await (const { head } of linesAfter(files, seq - 1)) return ok(head);
      return ok(null);
    });
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    await Promise.all(this.#queues.values());
  }

  #inTurn<T>(
    book: BookId,
    step: (files: BookFiles) => Promise<Result<T, JournalRefusal>>,
  ): Promise<Result<T, JournalRefusal>> {
    const before = this.#queues.get(book) ?? Promise.resolve();
    const turn = before.then(async () => {
      try {
        const files = await this.#open(book);
        return files.ok ? await step(files.value) : files;
      } catch (error) {
        if (isDiskFull(error)) return err({ kind: "disk_full" as const });
        return err({ kind: "failed" as const, code: errorCode(error) });
      }
    });
    this.#queues.set(book, turn);
    return turn;
  }

  async #open(book: BookId): Promise<Result<BookFiles, JournalRefusal>> {
    const known = this.#books.get(book);
    if (known !== undefined) return ok(known);
    const where = this.#damaged.get(book);
    if (where !== undefined) return err({ kind: "damaged", where });
    const files = await scanBook(join(this.#folder, book), book);
    if (!files.ok) {
      console.error(`journal ${book} is damaged: ${files.error}`);
      this.#damaged.set(book, files.error);
      return err({ kind: "damaged", where: files.error });
    }
    this.#books.set(book, files.value);
    try {
      await cutTornEnd(files.value);
    } catch (error) {
      // Reading needs no repair; the next append tries again, and says why it cannot.
      console.error(`journal ${book}: a torn end stays for now (${errorCode(error)})`);
    }
    return files;
  }

  /** The records that are not kept yet, once those that are have been found the same. */
  async #withoutKept(
    files: BookFiles,
    records: readonly JournalRecord[],
  ): Promise<Result<readonly JournalRecord[], JournalRefusal>> {
    const gap = err({ kind: "gap" as const, head: files.head });
    const first = records[0]?.seq ?? 0;
    if (first < 1 || first > files.head.seq + 1) return gap;
    if (records.some((record, index) => record.seq !== first + index)) return gap;
    const kept = records.slice(0, files.head.seq + 1 - first);
    let index = 0;
    if (kept.length > 0) {
      for await (const { record } of linesAfter(files, first - 1)) {
        if (record.json !== kept[index]?.json) return gap;
        index += 1;
        if (index >= kept.length) break;
      }
    }
    return ok(records.slice(index));
  }

  /** Writes and syncs one batch. Throws with the file as it was before. */
  async #write(files: BookFiles, records: readonly JournalRecord[]): Promise<void> {
    const current = files.files.at(-1);
    const rotate = current === undefined || current.size >= this.#rotateBytes;
    if (current === undefined) await makeFolder(files.folder);
    const { file, header } = rotate ? nextFile(files) : { file: current, header: "" };
    let text = header;
    let head = files.head;
    let size = file.size + Buffer.byteLength(header);
    const places: { readonly seq: number; readonly offset: number }[] = [];
    for (const record of records) {
      const written = writeLine(record, head);
      places.push({ seq: record.seq, offset: size });
      text += `${written.line}\n`;
      size += Buffer.byteLength(written.line) + 1;
      head = written.head;
    }
    await this.#writeSynced(files, file, text);
    if (rotate) {
      await syncFolder(files.folder);
      files.files.push(file);
    }
    for (const place of places) mark(file, place.seq, place.offset);
    file.last = head.seq;
    file.size = size;
    files.head = head;
  }

  async #writeSynced(files: BookFiles, file: JournalFile, text: string): Promise<void> {
    const handle = await open(file.path, "a", 0o600);
    try {
      await handle.writeFile(text, "utf8");
      await handle.sync();
    } catch (error) {
      try {
        await handle.truncate(file.size);
        await handle.sync();
      } catch {
        // What the file holds now is unknown: it is read and checked again before the next use.
        this.#books.delete(files.book);
      }
      throw error;
    } finally {
      await handle.close();
    }
  }
}

async function* linesAfter(files: BookFiles, after: number): AsyncGenerator<ReadLine> {
  for (const file of files.files) {
    if (file.last <= after) continue;
    const place = placeOf(file, Math.max(after, file.after));
    let header = place.seq === file.after && place.offset === 0;
    for await (const line of linesOf(file.path, place.offset, file.size)) {
      if (header) {
        header = false;
        continue;
      }
      const read = readCheckedLine(line);
      if (read === null) throw new Error(`A checked journal line no longer reads as one`);
      if (read.record.seq > after) yield read;
    }
  }
}

async function* linesOf(path: string, from: number, to: number): AsyncGenerator<string> {
  const handle = await open(path, "r");
  try {
    let rest: Buffer = Buffer.alloc(0);
    let place = from;
    while (place < to) {
      const chunk = Buffer.alloc(Math.min(READ_CHUNK, to - place));
      const { bytesRead } = await handle.read(chunk, 0, chunk.length, place);
      if (bytesRead === 0) throw new Error("The journal file is shorter than it was");
      place += bytesRead;
      const bytes = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      let start = 0;
      for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
        yield bytes.toString("utf8", start, end);
        start = end + 1;
      }
      rest = bytes.subarray(start);
    }
  } finally {
    await handle.close();
  }
}
