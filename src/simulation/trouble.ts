/** What goes wrong in a run beyond what the scenario says of its channels, by seeded dice. */
import type { ChannelId } from "../base/ids";
import type { ChannelOrder, Refusal } from "../channels/channel";

export interface Trouble {
  /** How far the channel's clock is ahead of ours; ms, may be negative. */
  skewOf(channel: ChannelId): number;
  /** How much later than usual this change appears; ms. */
  extraLag(channel: ChannelId): number;
  /** Why a call that arrives now gets no answer; null = it gets one. */
  refuses(channel: ChannelId, now: number): Refusal | null;
  /** The write took effect and nobody hears of it. */
  losesReply(channel: ChannelId): boolean;
  /** A page as it arrives: duplicated, shuffled, with old states among the new. */
  mixed(
    channel: ChannelId,
    orders: readonly ChannelOrder[],
    olderOf: (order: ChannelOrder) => ChannelOrder,
  ): readonly ChannelOrder[];
  companionUp(): boolean;
}

/** Only the scenario's own outages. */
export class Outages implements Trouble {
  readonly #spans: readonly {
    readonly channels: readonly ChannelId[];
    readonly from: number;
    readonly to: number;
  }[];

  constructor(
    spans: readonly {
      readonly channels: readonly ChannelId[];
      readonly from: number;
      readonly to: number;
    }[],
  ) {
    this.#spans = spans;
  }

  skewOf(): number {
    return 0;
  }

  extraLag(): number {
    return 0;
  }

  refuses(channel: ChannelId, now: number): Refusal | null {
    const down = this.#spans.some(
      (span) => span.channels.includes(channel) && now >= span.from && now < span.to,
    );
    return down ? { kind: "unreachable", message: "outage" } : null;
  }

  losesReply(): boolean {
    return false;
  }

  mixed(_channel: ChannelId, orders: readonly ChannelOrder[]): readonly ChannelOrder[] {
    return orders;
  }

  companionUp(): boolean {
    return true;
  }
}
