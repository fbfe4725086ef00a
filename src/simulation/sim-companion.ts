/**
 * The companion as its clients see it: journal and lease by their contract (`ledger/journal.ts`),
 * in memory. What its disk holds survives a restart; what a leader's token may do does not depend
 * on that. The real one is tested by itself; this one keeps the same promises in virtual time.
 */
import {
  LEASE_TTL_MS,
  type JournalRecord,
  type LeaseAnswer,
  type LeaseRequest,
} from "../ledger/journal";
import { FENCE_HEADER } from "../channels/http/relay-contract";
import type { VirtualTime } from "./virtual-time";

interface Lease {
  fence: number;
  holder: string | null;
  worker: string | null;
  expiresAt: number;
}

export const ORIGIN = "http://companion";
const CALL_MS = 4;
/** The term of whoever waited for the lease, until it renews: it may have gone meanwhile. */
const FIRST_TERM_MS = 2000;

/** A question that is left open, and how it ends when the companion does. */
interface OpenQuestion {
  readonly fail: () => void;
}

export class SimCompanion {
  readonly #time: VirtualTime;
  /** On disk. */
  readonly records: JournalRecord[] = [];
  readonly #lease: Lease = { fence: 0, holder: null, worker: null, expiresAt: 0 };
  readonly #open = new Set<OpenQuestion>();
  #downUntil = 0;
  #fullUntil = 0;
  #awayAfterAppend = 0;
  /** Leaders that there were. */
  leaders = 0;
  /** Calls that were let through though the lease was not the caller's. */
  intruders = 0;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  get up(): boolean {
    return this.#isUp();
  }

  #isUp(): boolean {
    return this.#time.now() >= this.#downUntil;
  }

  /** Gone for a while; the last leader may renew as if nothing had happened, all others wait a term. */
  restart(ms: number): void {
    this.#downUntil = this.#time.now() + ms;
    this.#lease.expiresAt = this.#downUntil + LEASE_TTL_MS;
    for (const { fail } of [...this.#open]) fail();
  }

  get full(): boolean {
    return this.#time.now() < this.#fullUntil;
  }

  fillDisk(ms: number): void {
    this.#fullUntil = this.#time.now() + ms;
  }

  /** What the relay and the journal ask before they let a call through. */
  leads(fence: number): boolean {
    const passes = this.#mayPass(fence);
    if (passes) this.#witness(fence);
    return passes;
  }

  #mayPass(fence: number): boolean {
    const { holder, fence: current } = this.#lease;
    return holder !== null && fence > 0 && fence === current;
  }

  /** Goes by the lease itself, whatever was decided. */
  #witness(fence: number): void {
    const { holder, fence: current } = this.#lease;
    if (holder === null || fence !== current) this.intruders += 1;
  }

  /** Gone as `restart`, at the next append: just after it is on disk, before anybody hears of it. */
  restartAppending(ms: number): void {
    this.#awayAfterAppend = ms;
  }

  /** For who stays until the end. */
  readonly fetch: typeof globalThis.fetch = this.line(() => false);

  /** A worker's way to it. `isGone`: its connections have ended, so that no lease may go to it. */
  line(isGone: () => boolean): typeof globalThis.fetch {
    return (input, init) =>
      new Promise((resolve, reject) => {
        // What its one client sends, taken as it is: a URL and a Headers of its own cost more than the call.
        const path = (input as string).slice(ORIGIN.length);
        const fence = Number((init?.headers as Headers).get(FENCE_HEADER));
        const body: unknown = typeof init?.body === "string" ? JSON.parse(init.body) : null;
        const fail = () => {
          reject(new TypeError("connection lost"));
        };
        const reply = ({ status, body: said }: Answer) => {
          // What its clients use of a Response; a real one costs more than all the rest of a call.
          const answer = { ok: status < 400, status, json: () => Promise.resolve(said) };
          // The answer of a companion that died meanwhile never arrives.
          if (this.#isUp()) resolve(answer as unknown as Response);
          else fail();
        };
        this.#time.at(this.#time.now() + CALL_MS, () => {
          if (!this.#isUp()) fail();
          else if (!path.startsWith("/api/lease/")) reply(this.#answer(path, fence, body));
          else this.#asks(body as LeaseRequest, { isGone, reply, fail, signal: init?.signal });
        });
      });
  }

  #answer(path: string, fence: number, body: unknown): Answer {
    const [address = "", query = ""] = path.split("?");
    const [, , room, , action] = address.split("/");
    if (room === "journal" && action === "append") {
      return this.#append(fence, (body as { records: JournalRecord[] }).records);
    }
    if (room === "journal") return this.#read(new URLSearchParams(query));
    return refusal(404, "not_found");
  }

  /**
   * A question about the lease, which may be left open. That the end of a hold tells of a death is left
   * out: here a dead leader is missed when its term is over, which is the harder case.
   */
  #asks(request: LeaseRequest, asker: Asker): void {
    const until = this.#time.now() + (request.waitMs ?? 0);
    const question: OpenQuestion = {
      fail: () => {
        leave();
      },
    };
    const close = () => {
      asker.signal?.removeEventListener("abort", leave);
      return this.#open.delete(question);
    };
    const leave = () => {
      if (close()) asker.fail();
    };
    const look = () => {
      if (!this.#open.has(question)) return;
      if (asker.isGone()) {
        close();
        return;
      }
      const now = this.#time.now();
      const answer = this.#leaseAnswer(request, now >= until);
      if (answer === null) {
        const free = request.action === "acquire" ? this.#lease.expiresAt + 1 : until;
        this.#time.at(Math.min(until, Math.max(now + 1, free)), look);
        return;
      }
      close();
      asker.reply(granted(answer));
    };
    this.#open.add(question);
    asker.signal?.addEventListener("abort", leave);
    look();
  }

  /** Null: not yet. */
  #leaseAnswer(request: LeaseRequest, isLast: boolean): LeaseAnswer | null {
    const now = this.#time.now();
    const lease = this.#lease;
    const current = lease.holder !== null && now < lease.expiresAt;
    const refused = {
      granted: false,
      fence: lease.fence,
      ttlMs: current ? lease.expiresAt - now : 0,
    };
    const { action, holder, worker = null, fence } = request;
    if (action === "hold") {
      const leads = current && lease.holder === holder && lease.fence === fence;
      return isLast || !leads ? { ...refused, granted: leads } : null;
    }
    if (action !== "acquire") return refused;
    const isAnother = lease.holder !== holder || (fence !== undefined && fence !== lease.fence);
    if (current && isAnother) return isLast ? refused : null;
    if (!current || (fence === undefined && worker !== lease.worker)) {
      lease.fence += 1;
      lease.holder = holder;
      this.leaders += 1;
    }
    lease.worker = worker;
    const ttlMs = request.waitMs === undefined ? LEASE_TTL_MS : FIRST_TERM_MS;
    lease.expiresAt = now + ttlMs;
    return { granted: true, fence: lease.fence, ttlMs };
  }

  #append(fence: number, records: readonly JournalRecord[]): Answer {
    if (!this.leads(fence)) return refusal(423, "fenced_off");
    if (this.full) return refusal(507, "disk_full");
    const first = records[0]?.seq ?? 0;
    if (first > this.records.length + 1) return refusal(409, "sequence_gap");
    for (const record of records) {
      const known = this.records[record.seq - 1];
      if (known === undefined) this.records.push(record);
      else if (known.json !== record.json) return refusal(409, "sequence_gap");
    }
    if (this.#awayAfterAppend > 0) this.restart(this.#awayAfterAppend);
    this.#awayAfterAppend = 0;
    return granted({ headSeq: this.records.length, headHash: "" });
  }

  #read(query: URLSearchParams): Answer {
    const after = Number(query.get("after"));
    const limit = Number(query.get("limit"));
    const records = this.records.slice(after, after + limit);
    return granted({ headSeq: this.records.length, headHash: "", records });
  }
}

interface Asker {
  readonly isGone: () => boolean;
  readonly reply: (answer: Answer) => void;
  readonly fail: () => void;
  readonly signal: AbortSignal | null | undefined;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Records are never changed once they are made, so nothing needs to be copied. */
function granted(body: unknown): Answer {
  return { status: 200, body };
}

function refusal(status: number, code: string): Answer {
  return { status, body: { error: { code, message: code } } };
}
