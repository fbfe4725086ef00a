/**
 * Tells the companion what the person at the machine must know although she looks elsewhere, and
 * when a stream is on, so that a pane that falls silent is missed. Only the leader tells: every
 * follower sees the same entries. A companion that does not answer is told by the banner, not here.
 */
import type { BookId } from "../base/ids";
import type { AlarmRequest } from "../channels/http/alarm-contract";
import type { JournalTransport } from "../ledger/journal-client";
import type { Entry } from "../stock/entries";
import type { Projection } from "../stock/projection";

export type AlarmLocale = AlarmRequest["locale"];

const levels = ["yellow", "orange", "red"] as const;

export class Alarms {
  readonly #transport: JournalTransport;
  readonly #book: BookId;
  readonly #locale: () => AlarmLocale;
  readonly #isMuted: () => boolean;

  constructor(
    transport: JournalTransport,
    book: BookId,
    wishes: { readonly locale?: () => AlarmLocale; readonly isMuted?: () => boolean },
  ) {
    this.#transport = transport;
    this.#book = book;
    this.#locale = wishes.locale ?? (() => "en");
    this.#isMuted = wishes.isMuted ?? (() => false);
  }

  /** Entries that this leader booked just now. */
  booked(entries: readonly Entry[]): void {
    for (const entry of entries) {
      if (entry.type !== "note") continue;
      const { kind, sku, n } = entry;
      if (kind === "stream_started") this.#watch(true);
      else if (kind === "stream_ended") this.#watch(false);
      else if (kind === "oversold") this.#send({ kind, locale: this.#locale(), sku, units: n });
      else if (kind === "alert") {
        const level = levels.find((each) => each === entry.detail);
        const locale = this.#locale();
        if (level !== undefined) this.#send({ kind: "level", locale, level, sku, left: n });
      }
    }
  }

  /** A new leader, or a companion that was away: it may not know that a stream is on. */
  again(projection: Projection): void {
    const on = [...projection.streams.values()].some((stream) => stream.phase === "running");
    if (on) this.#watch(true);
  }

  #watch(on: boolean): void {
    void this.#transport.post(`/api/alarm/${this.#book}/watch`, { on, locale: this.#locale() });
  }

  #send(alarm: AlarmRequest): void {
    if (this.#isMuted()) return;
    void this.#transport.post(`/api/alarm/${this.#book}`, alarm);
  }
}
