/**
 * Keeps the companion's journal level with the ledger: sends what it lacks, brings back what the
 * browser lost. The journal is append-only and fsynced; an entry it has confirmed survives a wiped
 * browser profile (architecture.md section 2).
 */
import * as v from "valibot";
import { err, ok, type Result } from "../base/result";
import { entrySchema, type Entry } from "../stock/entries";
import { appendAnswerSchema, readAnswerSchema } from "./journal";
import type { Ledger } from "./ledger";

export type JournalRefusal =
  | { readonly code: "companion_down" }
  | { readonly code: "fenced_off" }
  /** The journal's head is not where we think; `headSeq` is where it is. */
  | { readonly code: "sequence_gap" }
  | { readonly code: "refused"; readonly detail: string };

/** One call to the companion: a JSON answer, or why there is none. */
export interface JournalTransport {
  get(path: string): Promise<Result<unknown, JournalRefusal>>;
  post(path: string, body: unknown): Promise<Result<unknown, JournalRefusal>>;
}

const BATCH = 500;

export class JournalClient {
  readonly #transport: JournalTransport;
  readonly #path: string;
  /** The last entry the journal is known to hold; null before the first look. */
  #headSeq: number | null = null;

  constructor(book: string, transport: JournalTransport) {
    this.#transport = transport;
    this.#path = `/api/journal/${book}`;
  }

  get headSeq(): number | null {
    return this.#headSeq;
  }

  /** The entries after `after`, at most one batch of them. */
  async read(after: number): Promise<Result<readonly Entry[], JournalRefusal>> {
    const answer = await this.#transport.get(`${this.#path}?after=${after}&limit=${BATCH}`);
    if (!answer.ok) return answer;
    const parsed = v.safeParse(readAnswerSchema, answer.value);
    if (!parsed.success) return err({ code: "refused", detail: "journal: malformed answer" });
    this.#headSeq = parsed.output.headSeq;
    const entries: Entry[] = [];
    for (const record of parsed.output.records) {
      const entry = parseEntry(record.json);
      if (entry?.seq !== record.seq) {
        return err({ code: "refused", detail: `journal: entry ${record.seq} is unreadable` });
      }
      entries.push(entry);
    }
    return ok(entries);
  }

  /** Sends one batch of what the journal lacks; answers how many entries are still to send. */
  async send(ledger: Ledger): Promise<Result<{ left: number }, JournalRefusal>> {
    if (this.#headSeq === null) {
      const look = await this.read(Number.MAX_SAFE_INTEGER);
      if (!look.ok) return look;
    }
    const headSeq = this.#headSeq ?? 0;
    const batch = await ledger.read(headSeq, BATCH);
    if (!batch.ok) return err({ code: "refused", detail: batch.error.detail });
    if (batch.value.length === 0) return ok({ left: 0 });
    const answer = await this.#transport.post(`${this.#path}/append`, {
      records: batch.value.map((entry) => ({ seq: entry.seq, json: JSON.stringify(entry) })),
    });
    if (!answer.ok) {
      // Look again before the next batch: someone else may have written meanwhile.
      if (answer.error.code === "sequence_gap") this.#headSeq = null;
      return answer;
    }
    const parsed = v.safeParse(appendAnswerSchema, answer.value);
    if (!parsed.success) return err({ code: "refused", detail: "journal: malformed answer" });
    this.#headSeq = parsed.output.headSeq;
    const head = await ledger.head();
    return ok({ left: head.ok ? Math.max(0, head.value - parsed.output.headSeq) : 0 });
  }

  /** Brings a ledger that lost entries (a wiped profile) up to the journal. */
  async restore(ledger: Ledger): Promise<Result<{ restored: number }, JournalRefusal>> {
    let restored = 0;
    for (;;) {
      const head = await ledger.head();
      if (!head.ok) return err({ code: "refused", detail: head.error.detail });
      const missing = await this.read(head.value);
      if (!missing.ok) return missing;
      if (missing.value.length === 0) return ok({ restored });
      const taken = await ledger.restore(missing.value);
      if (!taken.ok) return err({ code: "refused", detail: taken.error.detail });
      restored += missing.value.length;
    }
  }
}

function parseEntry(json: string): Entry | null {
  try {
    const parsed = v.safeParse(entrySchema, JSON.parse(json));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
