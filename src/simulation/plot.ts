/** What befalls a site, drawn from its dice before it begins. */
import { channelIds, type Sku } from "../base/ids";
import { receive, returned, type StockRequest } from "../stock/commands";
import { lineAt } from "../stock/line-table";
import { lineRef } from "../stock/order-lines";
import { BUNDLE, SIDE, type Site } from "./site";
import { CLOCKS_BACK } from "./stage";
import type { TrueOrder } from "./warehouse";

const TOGETHER_MS = 45_000;
/** What was shipped comes back so soon that it stands beside what else befalls the site. */
const RETURNED_AFTER_MS = 30_000;
/** A number that nobody explained for so long is a case. */
const NOTICED_MS = 180_000;

export class Plot {
  readonly #site: Site;
  readonly #without: ReadonlySet<number>;
  readonly #sentBack = new Set<string>();
  #events = 0;

  /** `without`: numbers of strokes that are left out, to make a failing trace shorter. */
  constructor(site: Site, without: ReadonlySet<number>) {
    this.#site = site;
    this.#without = without;
  }

  /** A fault of the driver's: numbered, so that a failing run can be played without it. */
  #strike(at: number, what: string, run: () => void): void {
    const number = (this.#events += 1);
    this.#site.time.at(at, () => {
      if (this.#without.has(number)) return;
      this.#site.trace.push(`${((at - this.#site.doors) / 1000).toFixed(1)} s #${number} ${what}`);
      run();
    });
  }

  begin(): void {
    const span = this.#site.scenario.length * 1000;
    const moments: number[] = [CLOCKS_BACK];
    const when = (): number => {
      const { dice, doors } = this.#site;
      // Trouble comes in company: every other stroke falls close to one before.
      const near = moments[Math.floor(dice.next() * 2 * moments.length)];
      const alone = doors + dice.next() * span;
      const at = near === undefined ? alone : near + (2 * dice.next() - 1) * TOGETHER_MS;
      moments.push(at);
      return Math.min(Math.max(at, doors), doors + span);
    };
    const some = (least: number, most: number): number =>
      least + Math.floor(this.#site.dice.next() * (most - least + 1));
    for (let n = some(3, 8); n > 0; n -= 1) this.#plotKill(when(), some(-400, 400));
    for (let n = some(1, 4); n > 0; n -= 1) this.#plotFreeze(when(), some(2, 40) * 1000);
    for (let n = some(1, 4); n > 0; n -= 1) {
      this.#plotCompanion(when(), some(1, 30) * 1000, some(0, 2) === 0);
    }
    for (let n = some(2, 5); n > 0; n -= 1) this.#plotOutage(when(), some(5, 120) * 1000);
    for (let n = some(0, 2); n > 0; n -= 1) this.#plotFull(when(), some(5, 60) * 1000);
    for (let n = some(0, 1); n > 0; n -= 1) this.#plotWipe(when());
    for (let n = some(0, 2); n > 0; n -= 1) this.#plotEdit(when(), some(-20, 15));
    for (let n = some(2, 4); n > 0; n -= 1) this.#plotBursts(when());
    for (let n = some(1, 2); n > 0; n -= 1) this.#plotReceipt(when(), some(1, 9), some(-10, 10));
    for (let n = some(0, 2); n > 0; n -= 1) this.#plotSecond(when());
    for (let n = some(0, 1); n > 0; n -= 1) this.#plotClock(when(), some(-600, 600) * 1000);
    this.#plotLast(this.#site.end + some(28, 38) * 60_000, some(5, 90) * 1000);
  }

  /** Between any two steps; every other time at a booking, where it would hurt most. */
  #plotKill(at: number, steps: number): void {
    const when = steps % 2 === 0 ? "before" : "after";
    const how = steps > 0 ? `within ${steps} steps` : `${when} its next booking`;
    this.#strike(at, `worker dies ${how}`, () => {
      const victim = this.#site.leader;
      if (victim === null) return;
      const died = (): void => {
        this.#site.coverage.note("killed", this.#site.time.now());
        victim.profile.died(victim.life);
        this.#site.time.at(this.#site.time.now() + 1500, () => this.#site.start(victim.profile));
      };
      if (steps > 0) victim.life.dieIn(steps, died);
      else victim.life.dieBooking(when, died);
    });
  }

  #plotFreeze(at: number, ms: number): void {
    this.#strike(at, `leader frozen for ${ms} ms`, () => {
      this.#site.leader?.life.freeze(ms);
      this.#site.coverage.note("frozen", this.#site.time.now(), this.#site.time.now() + ms);
    });
  }

  #plotCompanion(at: number, ms: number, appending: boolean): void {
    const { companion, coverage, time } = this.#site;
    const when = appending ? " once it has written what comes next" : "";
    this.#strike(at, `companion away for ${ms} ms${when}`, () => {
      if (appending) companion.restartAppending(ms);
      else companion.restart(ms);
      coverage.note("companion_restart", time.now());
    });
  }

  /**
   * The last thing that happens: one more sale, which the journal does not take at once. Nothing that
   * is booked later would bring it there.
   */
  #plotLast(at: number, ms: number): void {
    this.#strike(at, `a last sale while the journal's disk is full for ${ms} ms`, () => {
      this.#site.companion.fillDisk(ms);
      this.#site.channels.get("shopify")?.buy(SIDE[1], 1, true);
      this.#site.coverage.note("journal_full", this.#site.time.now());
    });
  }

  #plotOutage(at: number, ms: number): void {
    const id = channelIds[Math.floor(this.#site.dice.next() * channelIds.length)] ?? "tiktok";
    this.#strike(at, `${id} away for ${ms} ms`, () => {
      this.#site.mischief.outage(id, ms);
    });
  }

  #plotFull(at: number, ms: number): void {
    const journal = this.#site.dice.next() < 0.5;
    this.#strike(at, `${journal ? "journal's" : "browser's"} disk full for ${ms} ms`, () => {
      if (journal) this.#site.companion.fillDisk(ms);
      else this.#fillBrowsers(ms);
      if (journal) this.#site.coverage.note("journal_full", this.#site.time.now());
    });
  }

  #fillBrowsers(ms: number): void {
    for (const profile of this.#site.profiles) profile.fill(ms);
    this.#site.coverage.note("disk_full", this.#site.time.now());
  }

  #plotWipe(at: number): void {
    this.#strike(at, "origin emptied, worker starts anew", () => {
      const victim = this.#site.leader;
      if (victim === null) return;
      victim.kill();
      victim.profile.wipe();
      this.#site.coverage.note("wiped", this.#site.time.now());
      this.#site.time.at(this.#site.time.now() + 1500, () => this.#site.start(victim.profile));
    });
  }

  /** Somebody changes a listing in the channel's own seller centre. */
  #plotEdit(at: number, by: number): void {
    const id = channelIds[1 + Math.floor(this.#site.dice.next() * 3)] ?? "shopify";
    const sku = SIDE[0];
    this.#strike(at, `somebody changes ${id}/${sku} by ${by}`, () => {
      const channel = this.#site.channels.get(id);
      if (channel === undefined) return;
      const edit = channel.edit(sku, by);
      const seq = this.#site.companion.records.length;
      // Whoever starts anew in between takes the number as it stands.
      this.#site.time.at(at + NOTICED_MS, () => {
        if (this.#site.watch.calmSince > at || edit.overwritten) return;
        this.#site.edits.push({ channel: id, sku, by: edit.by, seq });
      });
      this.#site.coverage.note("manual_edit", this.#site.time.now());
    });
  }

  #plotBursts(at: number): void {
    const pick = this.#site.dice.next();
    const most = 1 + Math.floor(this.#site.dice.next() * 25);
    const open = (): TrueOrder[] =>
      this.#site.warehouse.orders.filter((o) => o.paid && o.cancelled === 0 && o.shipped === 0);
    this.#strike(at, "a burst of cancellations, shipments or returns", () => {
      if (pick < 0.5) {
        for (const order of open().slice(-most))
          this.#site.channels.get(order.channel)?.cancel(order);
        this.#site.coverage.note("cancel_burst", this.#site.time.now());
        return;
      }
      for (const order of open().slice(0, most))
        this.#site.channels.get(order.channel)?.ship(order);
      this.#site.coverage.note("shipped_burst", this.#site.time.now());
      if (pick > 0.6) void this.#returns(at);
    });
  }

  /** Goods come in; the seller presses the button twice, at times when nothing can be written. */
  #plotReceipt(at: number, units: number, fullFor: number): void {
    const sku = SIDE[1];
    const full = fullFor > 0 ? `; the browser's disk is full for ${fullFor} s` : "";
    this.#strike(at, `${units} of ${sku} come in, said twice${full}`, () => {
      if (fullFor > 0) this.#fillBrowsers(fullFor * 1000);
      void this.#receipt({ id: `receipt/${at}`, at, actor: "seller", sku, units });
    });
  }

  async #receipt(request: StockRequest & { readonly units: number }): Promise<void> {
    const say = () =>
      this.#site.bySeller((projection, book) => {
        const drafts = receive(projection, { ...request, arrival: null });
        if (drafts.ok) drafts.value.forEach(book);
      });
    this.#site.warehouse.receive(request.sku, request.units);
    await say();
    await say();
    this.#site.coverage.note("said_twice", this.#site.time.now());
  }

  /** Some of what was shipped comes back and is put into the shelf again, on the seller's word. */
  async #returns(at: number): Promise<void> {
    await this.#site.time.sleep(RETURNED_AFTER_MS);
    const back = this.#site.warehouse.orders.filter(
      (o) => o.shipped > 0 && o.listingId !== BUNDLE && !this.#sentBack.has(o.id),
    );
    for (const { id } of back.slice(0, 3)) this.#sentBack.add(id);
    const lines = back.slice(0, 3).map(({ id: orderId, channel, listingId }) => {
      const sku = listingId as Sku;
      return { sku, ref: lineRef({ channel, orderId, lineId: "1", sku }) };
    });
    let booked: readonly Sku[] = [];
    await this.#site.bySeller((projection, book) => {
      booked = lines.flatMap(({ sku, ref: line }) => {
        const known = lineAt(projection.lines, line);
        if (known === undefined) return [];
        // Booked by an attempt whose answer was lost.
        if (known.returned > 0) return [sku];
        const request = { id: `back/${at}/${line}`, at: this.#site.time.now(), actor: "seller" };
        const drafts = returned(projection, { ...request, line, units: 1, restock: true });
        if (!drafts.ok) return [];
        drafts.value.forEach(book);
        return [sku];
      });
    });
    for (const sku of booked) {
      this.#site.coverage.note("return_burst", this.#site.time.now());
      this.#site.warehouse.takeBack(sku);
    }
  }

  /** Set by hand or by a time server; set right again at the end of the stream. */
  #plotClock(at: number, ms: number): void {
    this.#strike(at, `the leader's clock jumps by ${ms} ms`, () => {
      const { leader, coverage, time } = this.#site;
      if (leader === null) return;
      leader.life.skewMs = ms;
      coverage.note("own_skew", time.now(), this.#site.end);
      time.at(this.#site.end, () => {
        leader.life.skewMs = 0;
      });
    });
  }

  #plotSecond(at: number): void {
    this.#strike(at, "a second window opens in another profile", () => {
      this.#site.coverage.note("second_leader", this.#site.time.now());
      const free = this.#site.profiles.find((p) => !this.#site.alive.some((w) => w.profile === p));
      if (free !== undefined) this.#site.start(free);
    });
  }
}
