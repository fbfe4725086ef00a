/**
 * One run with every fault: two browser profiles, workers that are killed, frozen and replaced, a
 * companion with journal and lease, four channels, a stream and a shop beside it, bundles that share
 * parts. The worker's own composition is used (`OpenBook`, `LeaseKeeper`, `JournalClient`).
 */
import { channelIds, type ChannelId, type Sku } from "../base/ids";
import { mulberry32, type Prng } from "../base/prng";
import { note } from "../stock/entries";
import type { Projection } from "../stock/projection";
import { reserve } from "../stock/reservations";
import type { Bookkeeper } from "../sync/bookkeeper";
import { families } from "./families";
import { Coverage, Mischief } from "./mischief";
import type { Scenario } from "./scenario";
import { shoppersOf, stockOf } from "./shoppers";
import { SimChannel } from "./sim-channel";
import { SimCompanion } from "./sim-companion";
import { SimProfile } from "./sim-profile";
import { SimWorker, type WorkerPorts } from "./sim-worker";
import {
  BEFORE_MS,
  CLOCKS_BACK,
  itemsOn,
  liveShare,
  planned,
  shopperComes,
  simSettings,
  SKU,
  STREAM,
} from "./stage";
import { byPromises, VirtualTime } from "./virtual-time";
import { Warehouse } from "./warehouse";
import { Watch } from "./watch";

/** All faults end with the stream. Payments and late orders come in for 20 minutes, then all comes to rest. */
export const REST_MS = 45 * 60_000;
export const SIDE = ["SIDE-1", "SIDE-2"] as unknown as readonly [Sku, Sku];
const SIDE_UNITS = 400;
/** Seconds (architecture.md decision 7). */
const AMAZON_ORDERS_EVERY = 120;
export const BUNDLE = "BUNDLE-1" as Sku;
const PARTS = [
  { sku: SIDE[0], units: 1 },
  { sku: SIDE[1], units: 2 },
] as const;
interface Edit {
  readonly channel: ChannelId;
  readonly sku: Sku;
  readonly by: number;
  /** The journal's head at the time. */
  readonly seq: number;
}

export interface SitePlan {
  readonly seed: number;
  readonly coverage: Coverage;
  /** Faults of the driver (not of the wire) that are left out; for making a failing trace shorter. */
  readonly without?: ReadonlySet<number>;
}

export class Site {
  readonly time: VirtualTime;
  readonly companion: SimCompanion;
  readonly trace: string[] = [];
  readonly coverage: Coverage;
  readonly dice: Prng;
  readonly scenario: Scenario;
  readonly warehouse: Warehouse;
  readonly channels: ReadonlyMap<ChannelId, SimChannel>;
  readonly mischief: Mischief;
  readonly profiles: readonly [SimProfile, SimProfile];
  readonly workers: SimWorker[] = [];
  readonly doors: number;
  readonly end: number;
  readonly stock: number;
  readonly #ports: WorkerPorts;
  readonly watch: Watch;
  /** Hand-made changes of a listing that somebody has to be told of. */
  readonly edits: Edit[] = [];
  /** Commands of the seller that nobody took. */
  unheard = 0;

  constructor(plan: SitePlan) {
    const { seed } = plan;
    this.coverage = plan.coverage;
    this.coverage.newRun();
    this.dice = mulberry32(Math.imul(seed, 69069) + 1);
    const names = ["steady", "spikes", "burst", "cliff", "ample"];
    const name = names[seed % names.length] ?? "steady";
    const family = families.get(name) ?? families.get("steady");
    if (family === undefined) throw new Error("no families");
    // As the real one is, every other time: its numbers tell of a sale long before its orders do.
    const amazon = seed % 2 === 0 ? 0 : AMAZON_ORDERS_EVERY;
    const ordersEvery = { ...family.ordersEvery, amazon };
    // Adapters look back a little, which heals much; half of the runs do without.
    const scenario = { ...family, ordersEvery, lookBack: (seed >> 1) % 2 === 0 ? 60 : 0 };
    this.scenario = scenario;
    const start = CLOCKS_BACK - BEFORE_MS - Math.floor(this.dice.next() * scenario.length) * 1000;
    this.time = new VirtualTime(start, byPromises());
    this.companion = new SimCompanion(this.time);
    const people = mulberry32(seed);
    const shoppers = shoppersOf(scenario, people);
    this.stock = stockOf(scenario, shoppers);
    this.doors = start + BEFORE_MS;
    this.end = this.doors + scenario.length * 1000;
    const stock = new Map<Sku, number>([[SKU, this.stock]]);
    for (const sku of SIDE) stock.set(sku, SIDE_UNITS);
    this.warehouse = new Warehouse(stock);
    this.mischief = new Mischief({
      time: this.time,
      prng: mulberry32(seed + 7),
      coverage: this.coverage,
      companionUp: () => this.companion.up,
      calmFrom: this.end,
    });
    const wires = mulberry32(seed + 13);
    this.channels = new Map(
      channelIds.map((id) => [
        id,
        new SimChannel(id, {
          time: this.time,
          prng: wires,
          scenario,
          warehouse: this.warehouse,
          trouble: this.mischief,
        }),
      ]),
    );
    for (const channel of this.channels.values()) {
      for (const [sku, units] of stock) {
        this.warehouse.map(channel.id, sku, [{ sku, units: 1 }]);
        channel.listed.set(sku, units);
      }
      this.warehouse.map(channel.id, BUNDLE, PARTS);
      channel.listed.set(BUNDLE, 0);
    }
    for (const shopper of shoppers) {
      const channel = this.channels.get(shopper.channel);
      if (channel === undefined) continue;
      this.time.at(this.doors + shopper.at * 1000, () => {
        shopperComes(this.time, scenario, channel, SKU, shopper);
      });
    }
    this.#sideShoppers(people);
    this.#ports = {
      time: this.time,
      companion: this.companion,
      channels: [...this.channels.values()],
      settings: simSettings,
      items: [SKU, ...SIDE].map((sku) => itemsOn(channelIds, sku)),
      bundles: [{ ...itemsOn(["shopify", "amazon"], BUNDLE), parts: PARTS }],
      opening: stock,
    };
    this.watch = new Watch({
      time: this.time,
      warehouse: this.warehouse,
      channels: this.channels,
      stream: { sku: SKU, channel: "tiktok", ends: this.end, isHeld: true },
      book: () => this.#calmBook(),
      unsent: () => this.#unsent(),
      leaders: () =>
        this.companion.up
          ? this.alive.filter(({ life, book }) => !life.frozen && book.role === "leader").length
          : 0,
      ends: this.end + REST_MS,
    });
    this.profiles = [new SimProfile(this.time, "one"), new SimProfile(this.time, "two")];
    this.time.at(CLOCKS_BACK, () => {
      this.coverage.note("clock_change", CLOCKS_BACK);
    });
  }

  /** People who buy the other things, and bundles of them. */
  #sideShoppers(people: Prng): void {
    for (let n = 0; n < 260; n += 1) {
      const at = this.doors + people.next() * this.scenario.length * 1000;
      const id = channelIds[Math.floor(people.next() * channelIds.length)] ?? "tiktok";
      const channel = this.channels.get(id);
      if (channel === undefined) continue;
      const bundle = people.next() < 0.2;
      const listing = bundle ? BUNDLE : SIDE[Math.floor(people.next() * 2) === 0 ? 0 : 1];
      const units = people.next() < 0.1 ? 3 : 1;
      this.time.at(at, () => {
        const order = channel.buy(listing, units, true);
        if (order !== null && bundle) this.coverage.note("bundle_sale", this.time.now());
      });
    }
  }

  start(profile: SimProfile): SimWorker {
    const worker = new SimWorker(this.#ports, profile);
    this.workers.push(worker);
    return worker;
  }

  get leader(): SimWorker | null {
    return this.workers.find((worker) => worker.leads) ?? null;
  }

  /** The leader's book, while nothing keeps the leader from reading and writing. */
  #calmBook(): { projection: Projection; leader: object } | null {
    const { leader, companion, mischief } = this;
    if (leader === null || !companion.up || leader.profile.full) return null;
    if (channelIds.some((id) => mischief.isOut(id))) return null;
    const { bookkeeper } = leader.book;
    return { projection: bookkeeper.projection, leader: bookkeeper };
  }

  #unsent(): number {
    const { leader, companion } = this;
    if (leader === null || companion.full) return 0;
    return Math.max(0, leader.book.bookkeeper.projection.seq - companion.records.length);
  }

  /**
   * Units of a SKU that nobody could have kept from being sold: those that a person listed by hand, and
   * as many as were sold while nothing could tell of it.
   */
  unavoidable(sku: Sku): number {
    let units = this.warehouse.hidden(sku, 0, 0);
    for (const channel of this.channels.values()) {
      for (const [listing, extra] of channel.extraSold) {
        for (const part of this.warehouse.partsOf(channel.id, listing)) {
          if (part.sku === sku) units += extra * part.units;
        }
      }
    }
    return units;
  }

  /** Who is what, for a trace. */
  roles(): string {
    return this.alive
      .map(({ profile, book, life }) => {
        const state = life.frozen ? "frozen" : book.role;
        return `${profile.holder}: ${state} ${book.fault?.code ?? ""} ${book.fault?.detail ?? ""}`;
      })
      .join("; ");
  }

  get alive(): readonly SimWorker[] {
    return this.workers.filter((worker) => !worker.life.dead);
  }

  /** Books as the seller does: on whoever leads, once somebody does. */
  async bySeller(plan: Parameters<Bookkeeper["transact"]>[0]): Promise<void> {
    for (let tries = 0; tries < 600; tries += 1) {
      const { leader } = this;
      if (leader !== null) {
        const life = leader.life;
        const booked = await Promise.race([
          leader.book.bookkeeper.transact(plan),
          this.time.sleep(5000).then(() => null),
        ]);
        if (booked?.ok && !life.dead) {
          // Acknowledged only once the journal has it too; until then she would try again.
          const kept = await Promise.race([
            leader.book.flush(),
            this.time.sleep(5000).then(() => null),
          ]);
          if (kept?.ok) return;
        }
      }
      await this.time.sleep(1000);
    }
    this.trace.push(`nobody took the seller's word for ten minutes: ${this.roles()}`);
    this.unheard += 1;
  }

  async open(): Promise<void> {
    const share = liveShare(this.scenario, this.stock);
    await this.bySeller((projection, book) => {
      if (projection.streams.has(STREAM)) return;
      const at = this.doors - BEFORE_MS;
      book(planned(this.scenario, "escrow", share, at));
      const reserved = reserve(projection, STREAM, { id: STREAM, at, actor: "" });
      if (reserved.ok) reserved.value.forEach(book);
    });
  }

  async begin(): Promise<void> {
    const { doors, end } = this;
    await this.bySeller((projection, book) => {
      if (projection.streams.get(STREAM)?.startedAt !== null) return;
      book(note("stream_started", `started/${STREAM}`, doors, { sku: SKU, n: end, ref: STREAM }));
    });
  }
}
