/**
 * A channel's clock, estimated from its Date header. TikTok Shop refuses a signature that is more
 * than 5 minutes old or 30 seconds early (channels.md 1.1), and a seller's clock may be off by more.
 *
 * The header has whole seconds, so each answer only bounds the difference; the estimate moves when
 * it falls outside those bounds, and stays otherwise.
 */
export class ChannelClock {
  #skewMs = 0;
  /** The header that was read last: within a second all are the same. */
  #header: string | undefined;
  #date = Number.NaN;

  /** Milliseconds to add to the own clock. */
  get skewMs(): number {
    return this.#skewMs;
  }

  /** Returns by how many milliseconds the estimate moved. */
  learn(dateHeader: string | undefined, sentAt: number, receivedAt: number): number {
    if (dateHeader !== this.#header) {
      this.#header = dateHeader;
      this.#date = dateHeader === undefined ? Number.NaN : Date.parse(dateHeader);
    }
    const date = this.#date;
    if (Number.isNaN(date)) return 0;
    const least = date - receivedAt;
    const most = date + 999 - sentAt;
    if (this.#skewMs >= least && this.#skewMs <= most) return 0;
    const before = this.#skewMs;
    this.#skewMs = Math.round((least + most) / 2);
    return Math.abs(this.#skewMs - before);
  }
}
