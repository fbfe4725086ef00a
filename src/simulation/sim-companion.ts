/**
 * The companion as its clients see it: journal and lease by their contract (`ledger/journal.ts`),
 * in memory. What its disk holds survives a restart; what a leader's token may do does not depend
 * on that. The real one is tested by itself; this one keeps the same promises in virtual time.
 */
import { LEASE_TTL_MS, type JournalRecord } from "../ledger/journal";
import { FENCE_HEADER } from "../channels/http/relay-contract";
import type { VirtualTime } from "./virtual-time";

interface Lease {
  fence: number;
  holder: string | null;
  expiresAt: number;
}

export const ORIGIN = "http://companion";
const CALL_MS = 2;

export class SimCompanion {
  readonly #time: VirtualTime;
  /** On disk. */
  readonly records: JournalRecord[] = [];
  readonly #lease: Lease = { fence: 0, holder: null, expiresAt: 0 };
  #downUntil = 0;
  #fullUntil = 0;
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

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    await this.#time.sleep(CALL_MS);
    if (!this.#isUp()) throw new TypeError("connection refused");
    // What its one client sends, taken as it is: a URL and a Headers of its own cost more than the call.
    const path = (input as string).slice(ORIGIN.length);
    const fence = Number((init?.headers as Headers).get(FENCE_HEADER));
    const body: unknown = typeof init?.body === "string" ? JSON.parse(init.body) : null;
    await this.#leftOpen(path, body);
    const { status, body: said } = this.#answer(path, fence, body);
    // The answer of a companion that dies meanwhile never arrives.
    await this.#time.sleep(CALL_MS);
    if (!this.#isUp()) throw new TypeError("connection reset");
    // What its clients use of a Response; a real one costs more than all the rest of a call.
    const answer = { ok: status < 400, status, json: () => Promise.resolve(said) };
    return answer as unknown as Response;
  };

  #answer(path: string, fence: number, body: unknown): Answer {
    const [address = "", query = ""] = path.split("?");
    const [, , room, , action] = address.split("/");
    if (room === "lease") return this.#leaseAnswer(body as { action: string; holder: string });
    if (room === "journal" && action === "append") {
      return this.#append(fence, (body as { records: JournalRecord[] }).records);
    }
    if (room === "journal") return this.#read(new URLSearchParams(query));
    return refusal(404, "not_found");
  }

  /**
   * A hold is answered when its time is over. That its end tells of a death is left out: here a dead
   * leader is missed when its term is over, which is the harder case.
   */
  async #leftOpen(path: string, body: unknown): Promise<void> {
    if (!path.startsWith("/api/lease/")) return;
    const { action, waitMs = 0 } = body as { action: string; waitMs?: number };
    if (action === "hold") await this.#time.sleep(waitMs);
  }

  #leaseAnswer({ action, holder }: { action: string; holder: string }): Answer {
    const now = this.#time.now();
    const lease = this.#lease;
    if (action === "release") {
      if (lease.holder === holder) lease.holder = null;
      return granted({ granted: false, fence: lease.fence, ttlMs: 0 });
    }
    const current = lease.holder !== null && now < lease.expiresAt;
    if (action === "look" || action === "hold") {
      const ttlMs = current ? lease.expiresAt - now : 0;
      const holds = action === "hold" && current && lease.holder === holder;
      return granted({ granted: holds, fence: lease.fence, ttlMs });
    }
    if (current && lease.holder !== holder) {
      return granted({ granted: false, fence: lease.fence, ttlMs: lease.expiresAt - now });
    }
    if (!current) {
      lease.fence += 1;
      lease.holder = holder;
      this.leaders += 1;
    }
    lease.expiresAt = now + LEASE_TTL_MS;
    return granted({ granted: true, fence: lease.fence, ttlMs: LEASE_TTL_MS });
  }

  #append(fence: number, records: readonly JournalRecord[]): Answer {
    if (!this.leads(fence)) return refusal(423, "fenced_off");
    if (this.#time.now() < this.#fullUntil) return refusal(507, "disk_full");
    const first = records[0]?.seq ?? 0;
    if (first > this.records.length + 1) return refusal(409, "sequence_gap");
    for (const record of records) {
      const known = this.records[record.seq - 1];
      if (known === undefined) this.records.push(record);
      else if (known.json !== record.json) return refusal(409, "sequence_gap");
    }
    return granted({ headSeq: this.records.length, headHash: "" });
  }

  #read(query: URLSearchParams): Answer {
    const after = Number(query.get("after"));
    const limit = Number(query.get("limit"));
    const records = this.records.slice(after, after + limit);
    return granted({ headSeq: this.records.length, headHash: "", records });
  }
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
