/** Plays a rehearsal: plans the stream, reserves its stock, lets the shoppers in, and ends it. */
import type { Clock } from "../base/clock";
import { err, ok, type Result } from "../base/result";
import type { RehearsalItem, RehearsalState } from "../channels/rehearsal-contract";
import { forecastLive } from "../forecast/forecast-live";
import { note } from "../stock/entries";
import { reserve } from "../stock/reservations";
import { wishes } from "../sync/allocate";
import { newestStream } from "../sync/view";
import type { CommandRefusal, NextStream } from "./api";
import { refusedBy } from "./command-refusal";
import type { CompanionClient } from "./companion-client";
import type { OpenBook } from "./open-book";
import type { RehearsalClient } from "./rehearsal-client";

export interface PlayerPorts {
  readonly clock: Clock;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly companion: CompanionClient;
  readonly rehearsal: RehearsalClient;
  /** The rehearsal's book; null while another book is open. */
  readonly book: () => OpenBook | null;
  /** Opens the book of the run that `shop` tells of. */
  readonly open: (shop: RehearsalState) => void;
}

/** A rehearsal is planned for the channel the creator streams on. */
const LIVE_CHANNEL = "tiktok";
const PREPARE_TRIES = 40;
const PREPARE_MS = 250;

export class RehearsalPlayer {
  readonly #ports: PlayerPorts;
  readonly #never = new AbortController();
  #shop: RehearsalState | null = null;

  constructor(ports: PlayerPorts) {
    this.#ports = ports;
  }

  get #book(): OpenBook | null {
    return this.#ports.book();
  }

  get run(): string | null {
    return this.#shop?.run ?? null;
  }

  /** The run whose book is open from now on. */
  show(shop: RehearsalState): void {
    this.#shop = shop;
  }

  dailySales(sku: string): readonly number[] | null {
    return this.#shop?.items.find((item) => item.sku === sku)?.dailySales ?? null;
  }

  async start(speed: number, planned: number | null): Promise<Result<null, CommandRefusal>> {
    const { companion, rehearsal } = this.#ports;
    const current = await rehearsal.state();
    if (!current.ok) return refusedBy(current.error);
    if (current.value.phase === "running") return err({ code: "already_running" });
    const fresh = current.value.phase === "idle" && this.#shop?.run === current.value.run;
    if (!fresh || this.#streamId() !== null) {
      const renewed = await rehearsal.renew();
      if (!renewed.ok) return refusedBy(renewed.error);
      this.#ports.open(renewed.value);
    }
    if (!(await this.#until(() => this.#book?.role === "leader"))) {
      return err({ code: companion.up ? "not_leader" : "companion_down" });
    }
    const reserved = await this.#reserve(speed, planned);
    if (!reserved.ok) return reserved;
    // Shoppers come only once every listing shows what it should, read back.
    if (!(await this.#until(() => this.#listingsAgree()))) {
      return err({ code: "refused", detail: "listings" });
    }
    return this.#openDoors(speed);
  }

  #streamId(): string | null {
    const book = this.#book;
    return book === null ? null : (newestStream(book.bookkeeper.projection)?.id ?? null);
  }

  #featured(): RehearsalItem | null {
    return this.#shop?.items.find((item) => item.featured) ?? null;
  }

  next(): NextStream | null {
    const item = this.#featured();
    const sku = this.#book?.catalogue.items.find((entry) => entry.sku === item?.sku)?.sku;
    if (this.#shop === null || item === null || sku === undefined) return null;
    const { name: creator, followers } = this.#shop.creator;
    return { sku, creator, followers, planned: planOf(item, followers) };
  }

  /** Plans the stream and takes its stock out of the free pool; acknowledged by the journal too. */
  async #reserve(speed: number, planned: number | null): Promise<Result<null, CommandRefusal>> {
    const book = this.#book;
    const shop = this.#shop;
    const item = this.#featured();
    const entry = book?.catalogue.items.find((i) => i.sku === item?.sku);
    if (book === null || shop === null || item === null || entry === undefined) {
      return err({ code: "refused", detail: "no featured item" });
    }
    const units = planned ?? planOf(item, shop.creator.followers);
    const ref = `stream-${shop.run}`;
    const detail = JSON.stringify({
      channel: LIVE_CHANNEL,
      creator: shop.creator.name,
      followers: shop.creator.followers,
      speed,
      minutes: shop.streamMinutes,
    });
    const booked = await book.bookkeeper.transact((projection, add) => {
      const at = this.#ports.clock.now();
      const { sku } = entry;
      add(note("stream_planned", `planned/${ref}`, at, { sku, n: units, detail, ref }));
      // Short: what is there is reserved, and the gap stays visible (requirement 27).
      const reserved = reserve(projection, ref, { id: ref, at, actor: "" });
      if (reserved.ok) reserved.value.forEach(add);
    });
    if (!booked.ok) return err({ code: "storage", detail: booked.error.detail });
    const kept = await book.flush();
    return kept.ok ? ok(null) : refusedBy(kept.error);
  }

  #listingsAgree(): boolean {
    const situation = this.#book?.engine?.situation() ?? null;
    if (situation === null) return false;
    return wishes(situation).every(
      ({ state, quantity }) => quantity === null || state.observed === quantity,
    );
  }

  async #openDoors(speed: number): Promise<Result<null, CommandRefusal>> {
    const book = this.#book;
    const run = this.#shop?.run;
    if (book === null || run === undefined) return err({ code: "no_stream" });
    const started = await this.#ports.rehearsal.start(run, speed);
    if (!started.ok) return refusedBy(started.error);
    this.#shop = started.value;
    const { startedAt, endsAt } = started.value;
    const ref = `stream-${run}`;
    const stream = book.bookkeeper.projection.streams.get(ref);
    if (startedAt === null || endsAt === null || stream === undefined) {
      return err({ code: "refused", detail: "the rehearsal did not start" });
    }
    const booked = await book.bookkeeper.transact((_projection, add) => {
      add(note("stream_started", `started/${ref}`, startedAt, { sku: stream.sku, n: endsAt, ref }));
    });
    return booked.ok ? ok(null) : err({ code: "storage", detail: booked.error.detail });
  }

  /** Killed between the shop's start and our note of it: the shop is asked, the note made up. */
  async catchUp(shop: RehearsalState): Promise<void> {
    const book = this.#book;
    if (shop.phase === "idle" || shop.startedAt === null || shop.endsAt === null) return;
    const { startedAt, endsAt } = shop;
    await book?.bookkeeper.transact((projection, add) => {
      const stream = projection.streams.get(`stream-${shop.run}`);
      if (stream?.phase !== "planned") return;
      const { sku, id: ref } = stream;
      add(note("stream_started", `started/${ref}`, startedAt, { sku, n: endsAt, ref }));
    });
  }

  async stop(): Promise<Result<null, CommandRefusal>> {
    const book = this.#book;
    const run = this.#shop?.run;
    if (book === null || run === undefined) return err({ code: "no_stream" });
    if (book.role !== "leader") return err({ code: "not_leader" });
    const ref = `stream-${run}`;
    const stream = book.bookkeeper.projection.streams.get(ref);
    if (stream?.phase !== "running") return err({ code: "no_stream" });
    const stopped = await this.#ports.rehearsal.stop(run);
    if (!stopped.ok) return refusedBy(stopped.error);
    this.#shop = stopped.value;
    const now = this.#ports.clock.now();
    const end = Math.min(stopped.value.endsAt ?? now, now);
    const booked = await book.bookkeeper.transact((_projection, add) => {
      add(note("stream_cut", `cut/${ref}`, end, { sku: stream.sku, n: end, ref }));
    });
    return booked.ok ? ok(null) : err({ code: "storage", detail: booked.error.detail });
  }

  async #until(holds: () => boolean): Promise<boolean> {
    for (let tries = 0; tries < PREPARE_TRIES; tries += 1) {
      if (holds()) return true;
      await this.#ports.sleep(PREPARE_MS, this.#never.signal);
    }
    return holds();
  }
}

/** The plan of FORECAST_LIVE for the item and creator of the rehearsal. */
function planOf(item: RehearsalItem, followers: number): number {
  const days = item.dailySales.length;
  const base = days === 0 ? null : item.dailySales.reduce((sum, n) => sum + n, 0) / days;
  const plan = forecastLive({ base, followers });
  return plan.ok ? plan.value.units : 0;
}
