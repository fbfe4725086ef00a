/**
 * Keeps this worker's claim to lead a book: the Web Lock of the browser profile first (one writer of
 * its IndexedDB), then the companion's lease (one leader over all profiles), renewed well before it
 * runs out. A leader that cannot renew in time stops before its next write: its fencing token is
 * set to 0, which relay and journal refuse. It keeps its book, though, since a companion that is away
 * gives the lead to nobody else: under the same token it goes on where it was; a new token means
 * that someone may have led in between, so everything is read anew.
 *
 * Whoever waits for the lease leaves its question open, and whoever leads leaves a hold open: when
 * the leader dies its connection ends, and the next one leads some milliseconds later.
 */
import * as v from "valibot";
import type { Clock } from "../base/clock";
import type { BookId } from "../base/ids";
import { leaseAnswerSchema, type LeaseAnswer, type LeaseRequest } from "../ledger/journal";
import type { CompanionClient } from "./companion-client";
import { LockTurns } from "./lock-turns";

const RENEW_MS = 2000;
/** After a refusal or no answer. */
const AGAIN_MS = 1000;
/** How long a question stays open: shorter than any browser waits for an answer (WebKit: 60 s). */
const WAIT_MS = 25_000;
/** The next hold is opened before the last one ends: there is no moment without one. */
const HOLD_AGAIN_MS = 15_000;

export interface LeaseKeeperPorts {
  readonly companion: CompanionClient;
  readonly clock: Clock;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly locks: LockManager;
  /** Stable per browser profile: after a reload the same holder goes on at once. */
  readonly holder: string;
  /** This claim's own name, so that its token is never that of a claim before it. */
  readonly worker?: string;
  readonly onChange: (leads: boolean) => void;
}

export class LeaseKeeper {
  readonly #ports: LeaseKeeperPorts;
  readonly #book: BookId;
  readonly #stop = new AbortController();
  #leads = false;
  #fence = 0;
  #validUntil = 0;
  #renewMs = RENEW_MS;

  constructor(book: BookId, ports: LeaseKeeperPorts) {
    this.#book = book;
    this.#ports = ports;
  }

  start(): void {
    const { locks, sleep } = this.#ports;
    const turns = new LockTurns({
      ...{ locks, sleep },
      name: `streamstock-${this.#book}`,
      stop: this.#stop.signal,
      isFree: () => this.#isFree(),
      work: (signal) => this.#claim(signal),
    });
    void turns.run();
  }

  /** Gives the lease back: the end of the hold tells the companion. */
  stop(): void {
    this.#stop.abort();
    this.#set(false, 0);
  }

  /** Runs while the Web Lock is held; `signal` aborts when it is lost or the keeper stopped. */
  async #claim(signal: AbortSignal): Promise<void> {
    const { clock, sleep, companion } = this.#ports;
    const isOver = () => signal.aborted;
    while (!isOver()) {
      const asked = clock.now();
      const fence = this.#fence;
      await this.#ask(signal);
      if (isOver()) break;
      if (this.#leads && this.#fence !== fence) void this.#hold(signal);
      if (this.#leads && clock.now() >= this.#validUntil) companion.fence = 0;
      // A companion that left the question open has done the waiting.
      const waited = clock.now() - asked;
      await sleep(this.#leads ? this.#renewMs : Math.max(0, AGAIN_MS - waited), signal);
    }
    this.#set(false, 0);
  }

  /** Asks for the lease, or renews it. */
  async #ask(signal: AbortSignal): Promise<void> {
    const { clock, companion } = this.#ports;
    const asked = clock.now();
    const request = { action: "acquire" } as const;
    const isOver = () => signal.aborted;
    const answer = this.#leads
      ? await this.#told({ ...request, fence: this.#fence })
      : await this.#open({ ...request, waitMs: WAIT_MS }, signal);
    if (isOver() || answer === null) return;
    const { granted, fence, ttlMs } = answer;
    // A renewal counts from before it was asked: the companion's clock started no earlier. When a
    // question that was left open was granted is not known; its term is short, and renewed at once.
    this.#validUntil = (this.#leads ? asked : clock.now()) + ttlMs;
    this.#renewMs = Math.min(RENEW_MS, ttlMs / 4);
    if (this.#leads && granted && fence !== this.#fence) this.#set(false, 0);
    this.#set(granted, fence);
    if (!granted) companion.fence = 0;
  }

  /** Leaves a question open for as long as this worker leads under the token of now. */
  async #hold(signal: AbortSignal): Promise<void> {
    const { sleep } = this.#ports;
    const fence = this.#fence;
    const isOurs = () => this.#leads && this.#fence === fence && !signal.aborted;
    while (isOurs()) {
      const question = this.#open({ action: "hold", fence, waitMs: WAIT_MS }, signal);
      const answered = question.then((answer) => {
        if (answer !== null && !answer.granted && isOurs()) this.#set(false, 0);
        return AGAIN_MS;
      });
      const pause = await Promise.race([answered, sleep(HOLD_AGAIN_MS, signal).then(() => 0)]);
      await sleep(pause, signal);
    }
  }

  /** Whether nobody leads the book: the answer to that takes nothing. */
  async #isFree(): Promise<boolean> {
    const answer = await this.#told({ action: "look" });
    return answer !== null && answer.ttlMs === 0;
  }

  async #told(request: Asked): Promise<LeaseAnswer | null> {
    const answer = await this.#ports.companion.post(...this.#call(request));
    return answer.ok ? read(answer.value) : null;
  }

  async #open(request: Asked, signal: AbortSignal): Promise<LeaseAnswer | null> {
    return read(await this.#ports.companion.leaveOpen(...this.#call(request), signal));
  }

  #call(request: Asked): [path: string, request: LeaseRequest] {
    const { holder, worker } = this.#ports;
    const who = worker === undefined ? { holder } : { holder, worker };
    return [`/api/lease/${this.#book}`, { ...request, ...who }];
  }

  #set(leads: boolean, fence: number): void {
    this.#fence = leads ? fence : 0;
    this.#ports.companion.fence = this.#fence;
    if (leads === this.#leads) return;
    this.#leads = leads;
    this.#ports.onChange(leads);
  }
}

type Asked = Omit<LeaseRequest, "holder" | "worker">;

function read(value: unknown): LeaseAnswer | null {
  const answer = v.safeParse(leaseAnswerSchema, value);
  return answer.success ? answer.output : null;
}
