/**
 * Keeps the companion's journal level with the ledger: sends what it lacks, brings back what the
 * browser lost. The journal is append-only and fsynced; an entry it has confirmed survives a wiped
 * browser profile (architecture.md section 2).
 */
import * as v from "valibot";
import { err, ok, type Result } from "../base/result";
import { entrySchema, type Entry } from "../stock/entries";
import { appendAnswerSchema, readAnswerSchema } from "./journal";
import type { Ledger, LedgerRefusal } from "./ledger";

export type JournalRefusal =
  | { readonly code: "companion_down" }
  | { readonly code: "fenced_off" }
  /** The journal's head is not where we think; `headSeq` is where it is. */
  | { readonly code: "sequence_gap" }
  | { readonly code: "refused"; readonly detail: string }
  /** Ledger and journal tell different stories: nothing is mixed, a person has to look. */
  | { readonly code: "diverged"; readonly detail: string }
  /** The ledger itself could not be read or written. */
  | { readonly code: "ledger"; readonly detail: string; readonly refusal: LedgerRefusal };

/** One call to the companion: a JSON answer, or why there is none. */
export interface JournalTransport {
  get(path: string): Promise<Result<unknown, JournalRefusal>>;
  post(path: string, body: unknown): Promise<Result<unknown, JournalRefusal>>;
}

/**
 * How many entries before the end are compared when ledger and journal meet. The last one would do for
 * histories that were written apart: both only grow at their end, the ledger by what was booked here
 * and the journal by what was sent after a meeting, so entry n is in both only if the same act of
 * booking put it there, with its key and its millisecond - and whoever has entry n of that act has all
 * that came before it. What that does not cover is damage in place. The journal's own is found by its
 * hash chain whenever the companion opens it; the ledger's by numbers that do not follow one another
 * (segments.ts, dexie-ledger.ts). A page besides costs no further call, and tells of a ledger that was
 * put together by hand.
 */
const COMPARED = 100;
/** Where entries are sent from. */
export type Source = Pick<Ledger, "head" | "read">;

/** Bounds of one call: entries, and characters of JSON (a body of at most 16 MB, whatever the script). */
const BATCH = 500;
const BATCH_CHARACTERS = 4_000_000;

export class JournalClient {
  readonly #transport: JournalTransport;
  readonly #path: string;
  /** The last entry the journal is known to hold; null before the first look. */
  #headSeq: number | null = null;
  /** Ledger and journal were found to agree on the last entry that both have. */
  #agreed = false;
  /** The last record that was read: who follows is told the same one every second. */
  #last: { readonly json: string; readonly entry: Entry } | null = null;

  constructor(book: string, transport: JournalTransport) {
    this.#transport = transport;
    this.#path = `/api/journal/${book}`;
  }

  get headSeq(): number | null {
    return this.#headSeq;
  }

  /** The entries after `after`, at most one batch of them, without gaps. */
  async read(after: number): Promise<Result<readonly Entry[], JournalRefusal>> {
    const answer = await this.#transport.get(`${this.#path}?after=${after}&limit=${BATCH}`);
    if (!answer.ok) return answer;
    const parsed = v.safeParse(readAnswerSchema, answer.value);
    if (!parsed.success) return err({ code: "refused", detail: "journal: malformed answer" });
    const { records, headSeq } = parsed.output;
    const entries: Entry[] = [];
    for (const [index, record] of records.slice(0, BATCH).entries()) {
      const known = this.#last?.json === record.json ? this.#last : null;
      const entry = known === null ? parseEntry(record.json) : known.entry;
      if (entry?.seq !== record.seq || record.seq !== after + index + 1) {
        return err({ code: "refused", detail: `journal: entry ${record.seq} is unreadable` });
      }
      entries.push(entry);
      this.#last = known ?? { json: record.json, entry };
    }
    // Otherwise nobody who reads on would ever come to the end.
    if (entries.length === 0 && after < headSeq) {
      return err({ code: "refused", detail: `journal: nothing after ${after} of ${headSeq}` });
    }
    this.#headSeq = headSeq;
    return ok(entries);
  }

  /** Sends one batch of what the journal lacks; answers how many entries are still to send. */
  async send(ledger: Source): Promise<Result<{ left: number }, JournalRefusal>> {
    const met = this.#agreed ? ok(null) : await this.#meet(ledger);
    if (!met.ok) return met;
    const headSeq = this.#headSeq ?? 0;
    const batch = await ledger.read(headSeq, BATCH);
    if (!batch.ok) return ledgerRefused(batch.error);
    if (batch.value.length === 0) return ok({ left: 0 });
    const answer = await this.#transport.post(`${this.#path}/append`, {
      records: bounded(batch.value),
    });
    if (!answer.ok) {
      // Look again before the next batch: someone else may have written meanwhile.
      if (answer.error.code === "sequence_gap") this.#agreed = false;
      return answer;
    }
    const parsed = v.safeParse(appendAnswerSchema, answer.value);
    if (!parsed.success) return err({ code: "refused", detail: "journal: malformed answer" });
    this.#headSeq = parsed.output.headSeq;
    const head = await ledger.head();
    return ok({ left: head.ok ? Math.max(0, head.value - parsed.output.headSeq) : 0 });
  }

  /**
   * Brings a ledger that lost entries (a wiped profile) up to the journal. One that is ahead stays
   * as it is, for `send`; one that differs is refused as diverged.
   */
  async restore(ledger: Ledger): Promise<Result<{ restored: number }, JournalRefusal>> {
    for (let restored = 0; ;) {
      const head = await ledger.head();
      if (!head.ok) return ledgerRefused(head.error);
      // From the last entries that should be in both: they are compared, the rest is new. Who follows
      // asks every second: a page the first time, the last one from then on.
      const found = await this.read(Math.max(0, head.value - (this.#agreed ? 1 : COMPARED)));
      if (!found.ok) return found;
      const agreed = await this.#compare(ledger, head.value, found.value);
      if (!agreed.ok) return agreed;
      const missing = found.value.filter(({ seq }) => seq > head.value);
      if (missing.length === 0) return ok({ restored });
      const taken = await ledger.restore(missing);
      if (!taken.ok) return ledgerRefused(taken.error);
      restored += missing.length;
    }
  }

  /**
   * True when both begin with the same entry: the same book, whose histories parted later. That
   * happens when a leader booked what it could not send any more before another one took over.
   */
  async isSameBook(ledger: Ledger): Promise<Result<boolean, JournalRefusal>> {
    const theirs = await this.read(0);
    if (!theirs.ok) return theirs;
    const ours = await ledger.read(0, 1);
    if (!ours.ok) return ledgerRefused(ours.error);
    const [left, right] = [ours.value[0], theirs.value[0]];
    return ok(left !== undefined && right !== undefined && sameEntry(left, right));
  }

  /** For a writer: the journal may be behind its ledger, never ahead of it. */
  async #meet(ledger: Source): Promise<Result<null, JournalRefusal>> {
    const head = await ledger.head();
    if (!head.ok) return ledgerRefused(head.error);
    const found = await this.read(Math.max(0, head.value - COMPARED));
    if (!found.ok) return found;
    const last = found.value.at(-1)?.seq ?? 0;
    if (last > head.value)
      return diverged(`the journal is at ${last}, the ledger at ${head.value}`);
    return this.#compare(ledger, head.value, found.value);
  }

  /** Compares the last entries that both have. `found`: the journal's, from before the ledger's head. */
  async #compare(
    ledger: Source,
    head: number,
    found: readonly Entry[],
  ): Promise<Result<null, JournalRefusal>> {
    const common = Math.min(head, this.#headSeq ?? 0);
    if (common > 0) {
      const theirs = common === head ? ok(found) : await this.read(Math.max(0, common - COMPARED));
      if (!theirs.ok) return theirs;
      const both = theirs.value.filter(({ seq }) => seq <= common);
      const first = both[0]?.seq ?? common;
      const ours = await ledger.read(first - 1, common - first + 1);
      if (!ours.ok) return ledgerRefused(ours.error);
      for (let seq = first; seq <= common; seq += 1) {
        const [left, right] = [ours.value[seq - first], both[seq - first]];
        if (left === undefined || right === undefined || !sameEntry(left, right)) {
          return diverged(`entry ${seq} is not the same in ledger and journal`);
        }
      }
    }
    this.#agreed = true;
    return ok(null);
  }
}

function diverged(detail: string): Result<never, JournalRefusal> {
  return err({ code: "diverged", detail });
}

function ledgerRefused(refusal: LedgerRefusal): Result<never, JournalRefusal> {
  return err({ code: "ledger", detail: refusal.detail, refusal });
}

/** As records, and no more than fit in one call; always one. */
function bounded(entries: readonly Entry[]): { seq: number; json: string }[] {
  const records: { seq: number; json: string }[] = [];
  let characters = 0;
  for (const entry of entries) {
    const json = JSON.stringify(entry);
    characters += json.length;
    if (characters > BATCH_CHARACTERS && records.length > 0) break;
    records.push({ seq: entry.seq, json });
  }
  return records;
}

/** Members in any order: what came from disk has the schema's, what was just booked the writer's. */
function sameEntry(a: Entry, b: Entry): boolean {
  if (a === b) return true;
  const text = (entry: Entry) =>
    JSON.stringify(
      Object.entries(entry)
        .filter(([, value]) => value !== undefined)
        .sort(([left], [right]) => (left < right ? -1 : 1)),
    );
  return text(a) === text(b);
}

function parseEntry(json: string): Entry | null {
  try {
    const parsed = v.safeParse(entrySchema, JSON.parse(json));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
