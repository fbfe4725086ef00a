/**
 * How far each channel's clock is from ours, by the Date of its replies (channels.md 5.5): half a
 * second of it is rounding, and the way there and back is halved.
 */
import type { Clock } from "../base/clock";
import type { ChannelId } from "../base/ids";
import type { ChannelHttp } from "../channels/channel";
import { serverTimeMs } from "../channels/http/reply-headers";

/** Smaller changes are the wire's. */
const STEP_MS = 1500;

export class ClockSkew {
  readonly #clock: Clock;
  readonly #skew = new Map<ChannelId, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Ahead of ours (+) or behind (-), ms; null: no reply told yet. */
  of(channel: ChannelId): number | null {
    return this.#skew.get(channel) ?? null;
  }

  /** The same line, listened to. */
  on(channel: ChannelId, http: ChannelHttp): ChannelHttp {
    return {
      send: async (request) => {
        const sentAt = this.#clock.now();
        const reply = await http.send(request);
        const told = reply.ok ? serverTimeMs(reply.value.headers) : null;
        if (told !== null) this.#learn(channel, told, sentAt, this.#clock.now());
        return reply;
      },
    };
  }

  #learn(channel: ChannelId, told: number, sentAt: number, now: number): void {
    const skew = Math.round(told + 500 - (sentAt + now) / 2);
    const before = this.#skew.get(channel);
    if (before === undefined || Math.abs(skew - before) > STEP_MS) this.#skew.set(channel, skew);
  }
}
