/**
 * Keeps this worker's claim to lead a book: the Web Lock of the browser profile first (one writer of
 * its IndexedDB), then the companion's lease (one leader over all profiles), renewed well before it
 * runs out. A leader that cannot renew in time stops before its next write: its fencing token is
 * set to 0, which relay and journal refuse. It keeps its book, though, since a companion that is away
 * gives the lead to nobody else: under the same token it goes on where it was; a new token means
 * that someone may have led in between, so everything is read anew.
 */
import * as v from "valibot";
import type { Clock } from "../base/clock";
import type { BookId } from "../base/ids";
import { leaseAnswerSchema } from "../ledger/journal";
import type { CompanionClient } from "./companion-client";

const RENEW_MS = 2000;

export interface LeaseKeeperPorts {
  readonly companion: CompanionClient;
  readonly clock: Clock;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly locks: LockManager;
  /** Stable per browser profile: after a reload the same holder goes on at once. */
  readonly holder: string;
  readonly onChange: (leads: boolean) => void;
}

export class LeaseKeeper {
  readonly #ports: LeaseKeeperPorts;
  readonly #book: BookId;
  readonly #stop = new AbortController();
  #leads = false;
  #fence = 0;
  #validUntil = 0;

  constructor(book: BookId, ports: LeaseKeeperPorts) {
    this.#book = book;
    this.#ports = ports;
  }

  start(): void {
    const { locks } = this.#ports;
    locks
      .request(`streamstock-${this.#book}`, { signal: this.#stop.signal }, () => this.#hold())
      .catch(() => undefined); // Stopped while waiting for the lock.
  }

  stop(): void {
    this.#stop.abort();
    this.#set(false, 0);
  }

  /** Runs while the Web Lock is held. */
  async #hold(): Promise<void> {
    const { clock, sleep, companion } = this.#ports;
    while (!this.#stop.signal.aborted) {
      await this.#renew();
      if (this.#leads && clock.now() >= this.#validUntil) companion.fence = 0;
      await sleep(this.#leads ? RENEW_MS : RENEW_MS / 2, this.#stop.signal);
    }
  }

  async #renew(): Promise<void> {
    const { companion, clock, holder } = this.#ports;
    const asked = clock.now();
    const answer = await companion.post(`/api/lease/${this.#book}`, { action: "acquire", holder });
    if (this.#stop.signal.aborted || !answer.ok) return;
    const lease = v.safeParse(leaseAnswerSchema, answer.value);
    if (!lease.success) return;
    const { granted, fence, ttlMs } = lease.output;
    // Counted from before the question: the companion's clock started no earlier.
    this.#validUntil = asked + ttlMs;
    if (this.#leads && granted && fence !== this.#fence) this.#set(false, 0);
    this.#set(granted, fence);
  }

  #set(leads: boolean, fence: number): void {
    this.#fence = leads ? fence : 0;
    this.#ports.companion.fence = this.#fence;
    if (leads === this.#leads) return;
    this.#leads = leads;
    this.#ports.onChange(leads);
  }
}
