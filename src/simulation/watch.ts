/**
 * Looks on while a run goes on. The audit at the end sees what lasted; this sees what a later look
 * would have healed: a book that lags behind the channels, more on offer than there is, a pause that
 * nobody was told of, two who lead. Only what lasts while nothing is in the way counts.
 */
import type { ChannelId, Sku } from "../base/ids";
import { lineAt } from "../stock/line-table";
import { lineRef } from "../stock/order-lines";
import type { Projection } from "../stock/projection";
import type { SimChannel } from "./sim-channel";
import type { VirtualTime } from "./virtual-time";
import type { OrderChange, Warehouse } from "./warehouse";

const LOOK_MS = 20_000;
/** Several rounds with a refusal or two among them. */
const PATIENCE_MS = 180_000;
/** What a channel lists behind every cursor is found by the look at everything, a quarter of an hour apart. */
const LATE_PATIENCE_MS = 18 * 60_000;
/** What was booked and the journal has not yet is sent every second. */
const UNSENT_PATIENCE_MS = 60_000;
/** A leader of yesterday learns of it at its next renewal. */
const LEADERS_LOOKS = 2;

export interface Watched {
  readonly time: VirtualTime;
  readonly warehouse: Warehouse;
  readonly channels: ReadonlyMap<ChannelId, SimChannel>;
  readonly stream: {
    readonly sku: Sku;
    readonly channel: ChannelId;
    readonly ends: number;
    /** The live channel holds a share of its own. */
    readonly isHeld: boolean;
  };
  /** What the leader's book says, and a name for the leader; null while something is in its way. */
  readonly book: () => { readonly projection: Projection; readonly leader: object } | null;
  /** Entries that the journal lacks and could take; 0 where there is none. */
  readonly unsent: () => number;
  /** Workers that think they lead and could act on it. */
  readonly leaders: () => number;
  readonly ends: number;
}

export class Watch {
  readonly #on: Watched;
  readonly #found = new Map<string, string>();
  #leader: object | null = null;
  /** Since when nothing was in the way; ms. */
  calmSince = 0;
  #leadersLooks = 0;
  /** Since when something wrong has been so, by its name. */
  readonly #since = new Map<string, number>();
  #unbooked: OrderChange[] = [];

  constructor(on: Watched) {
    this.#on = on;
  }

  /** What did not hold, in words, each once. */
  get violations(): readonly string[] {
    return [...this.#found.values()];
  }

  begin(): void {
    const { time, ends } = this.#on;
    const look = () => {
      this.#look();
      if (time.now() < ends) time.at(time.now() + LOOK_MS, look);
    };
    look();
  }

  #look(): void {
    const { time, book, leaders, warehouse } = this.#on;
    const now = time.now();
    this.#leadersLooks = leaders() > 1 ? this.#leadersLooks + 1 : 0;
    if (this.#leadersLooks > LEADERS_LOOKS) this.#say("leaders", "two lead at once");
    const said = book();
    if (said === null || said.leader !== this.#leader) {
      this.#leader = said?.leader ?? null;
      this.calmSince = now;
    }
    this.#unbooked.push(...warehouse.takeChanges());
    if (said === null) return;
    this.#behind(said.projection, now);
    for (const sku of warehouse.stock.keys()) this.#promised(sku, now);
    this.#pausedInDeed(said.projection, now);
    this.#kept(now);
  }

  #say(name: string, words: string): void {
    const at = ((this.#on.time.now() - this.#on.stream.ends) / 1000).toFixed(0);
    if (!this.#found.has(name)) this.#found.set(name, `${words} (${at} s from the stream's end)`);
  }

  /** True once it has been so for long, with nothing in the way. */
  #lasts(name: string, wrong: boolean, now: number, patience = PATIENCE_MS): boolean {
    if (!wrong) {
      this.#since.delete(name);
      return false;
    }
    const since = this.#since.get(name) ?? now;
    this.#since.set(name, since);
    return now - Math.max(since, this.calmSince) >= patience;
  }

  /** Every change that a channel lists is booked soon. */
  #behind(projection: Projection, now: number): void {
    const still: OrderChange[] = [];
    for (const change of this.#unbooked) {
      const { order } = change;
      // A newer change of the same order is waited for instead.
      if (order.changes > change.number) continue;
      if (now < change.visibleAt || !this.#isBooked(projection, change)) {
        const patience = (change.isLate ? LATE_PATIENCE_MS : PATIENCE_MS) + change.everyMs;
        if (now - Math.max(change.visibleAt, this.calmSince) >= patience) {
          this.#say("behind", `${order.id} was listed ${patience / 1000} s ago and is not booked`);
        } else still.push(change);
      }
    }
    this.#unbooked = still;
  }

  #isBooked(projection: Projection, { order }: OrderChange): boolean {
    const { channel, id: orderId, listingId } = order;
    return this.#on.warehouse.partsOf(channel, listingId).every(({ sku, units }) => {
      const line = lineAt(projection.lines, lineRef({ channel, orderId, lineId: "1", sku }));
      const open = (order.units - order.cancelled - order.shipped) * units;
      if (line === undefined) return order.units === order.cancelled;
      const unpaid = order.paid ? 0 : open;
      return (
        line.held + line.committed === open &&
        line.held === unpaid &&
        line.shipped === order.shipped * units
      );
    });
  }

  /**
   * No more on offer than there is. One guard is enough (forecast.md 3.1): what the live channel
   * shows and the most that another one shows while the stream is on, the most that any shows else.
   */
  #promised(sku: Sku, now: number): void {
    const { stream, warehouse } = this.#on;
    const isHeld = stream.isHeld && sku === stream.sku && now < stream.ends;
    let live = 0;
    let most = 0;
    for (const { channel, units } of this.#offers(sku)) {
      if (isHeld && channel === stream.channel) live += units;
      else most = Math.max(most, units);
    }
    const left = Math.max(0, warehouse.left(sku) + warehouse.hidden(sku, now, LATE_PATIENCE_MS));
    if (this.#lasts(`promised ${sku}`, live + most > left, now)) {
      this.#say(`promised ${sku}`, `${sku}: ${live + most} on offer, ${left} left`);
    }
  }

  #offers(sku: Sku): { channel: ChannelId; units: number }[] {
    const { channels, warehouse } = this.#on;
    return [...channels.values()].flatMap(({ id, listed }) =>
      [...listed].flatMap(([listingId, shown]) =>
        warehouse
          .partsOf(id, listingId)
          .filter((part) => part.sku === sku)
          .map((part) => ({ channel: id, units: part.units * shown })),
      ),
    );
  }

  /** What is booked is in the journal soon, whether or not more is booked. */
  #kept(now: number): void {
    const unsent = this.#on.unsent();
    if (this.#lasts("unsent", unsent > 0, now, UNSENT_PATIENCE_MS)) {
      this.#say("unsent", `${unsent} entries are in the browser and not in the journal`);
    }
  }

  /** Channels that the book says are paused show nothing. */
  #pausedInDeed(projection: Projection, now: number): void {
    const { stream, channels } = this.#on;
    const paused = projection.paused.has(stream.sku) && now < stream.ends;
    for (const { id, listed, everyMs } of channels.values()) {
      if (id === stream.channel) continue;
      const shown = listed.get(stream.sku) ?? 0;
      // A write that is refused is tried again with the next reading.
      const patience = PATIENCE_MS + 5 * everyMs;
      if (this.#lasts(`paused ${id}`, paused && shown > 0, now, patience)) {
        this.#say(`paused ${id}`, `${id} is said to be paused and shows ${shown}`);
      }
    }
  }
}
