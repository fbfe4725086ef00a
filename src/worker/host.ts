/**
 * What the worker does for the page: opens the right book, keeps the claim to lead it, runs the
 * rehearsal's steps, and answers with states and deltas.
 */
import type { Clock } from "../base/clock";
import type { BookId, Sku } from "../base/ids";
import { err, ok, type Result } from "../base/result";
import type { RehearsalItem, RehearsalState } from "../channels/rehearsal-contract";
import { forecastLive } from "../forecast/forecast-live";
import { note } from "../stock/entries";
import { balancesOf } from "../stock/projection";
import { release, reserve } from "../stock/reservations";
import { wishes } from "../sync/allocate";
import { channelViews, newestStream, skuViews, streamView } from "../sync/view";
import type { CommandRefusal, EngineDelta, EngineState, NextStream } from "./api";
import type { CompanionClient } from "./companion-client";
import { diff } from "./delta";
import { LeaseKeeper, type LeaseKeeperPorts } from "./lease-keeper";
import { OpenBook, type OpenBookPorts } from "./open-book";
import { catalogueOf, type RehearsalClient } from "./rehearsal-client";

export interface HostPorts extends Omit<OpenBookPorts, "onChange" | "onLead"> {
  readonly lease: Omit<LeaseKeeperPorts, "onChange" | "companion" | "clock" | "sleep">;
  readonly rehearsal: RehearsalClient;
}

type Refused = Result<never, CommandRefusal>;

const PUBLISH_MS = 120;
/** A rehearsal is planned for the channel the creator streams on. */
const LIVE_CHANNEL = "tiktok";
const WATCH_RUN_MS = 2000;
const PREPARE_TRIES = 40;
const PREPARE_MS = 250;

export class Host {
  readonly #ports: HostPorts;
  readonly #listeners = new Set<(delta: EngineDelta) => void>();
  readonly #never = new AbortController();
  #book: OpenBook | null = null;
  #lease: LeaseKeeper | null = null;
  #shop: RehearsalState | null = null;
  #sent: EngineState | null = null;
  #publishing = false;
  #busy = false;

  constructor(ports: HostPorts) {
    this.#ports = ports;
  }

  get #clock(): Clock {
    return this.#ports.clock;
  }

  get #companion(): CompanionClient {
    return this.#ports.companion;
  }

  /** Opens the rehearsal's book. Answers once there is something to show. */
  async start(): Promise<Result<EngineState, CommandRefusal>> {
    const shop = await this.#ports.rehearsal.state();
    if (!shop.ok) return refusedBy(shop.error);
    this.#open(shop.value);
    void this.#watchRun();
    return ok(this.state());
  }

  /** Another window may have begun a new run: its book is the one to show. */
  async #watchRun(): Promise<void> {
    for (;;) {
      await this.#ports.sleep(WATCH_RUN_MS, this.#never.signal);
      if (this.#isBusy()) continue;
      const shop = await this.#ports.rehearsal.state();
      if (!shop.ok || this.#isBusy() || shop.value.run === this.#shop?.run) continue;
      this.#open(shop.value);
      this.#changed();
    }
  }

  #isBusy(): boolean {
    return this.#busy;
  }

  #open(shop: RehearsalState): void {
    this.#lease?.stop();
    this.#book?.close();
    this.#shop = shop;
    const id: BookId = `rehearsal-${shop.run}`;
    const items = catalogueOf(shop);
    const units = new Map(shop.items.map((item) => [item.sku, item.onHand]));
    const opening = new Map<Sku, number>(items.map((item) => [item.sku, units.get(item.sku) ?? 0]));
    const book = new OpenBook(id, items, opening, {
      ...this.#ports,
      onChange: () => this.#changed(),
      onLead: () => void this.#catchUp(shop),
    });
    this.#book = book;
    this.#lease = new LeaseKeeper(id, {
      ...this.#ports.lease,
      clock: this.#clock,
      sleep: this.#ports.sleep,
      companion: this.#companion,
      onChange: (leads) => void book.setLeads(leads),
    });
    void book.setLeads(false);
    this.#lease.start();
  }

  /** The companion was lost or is back. */
  companionChanged(up: boolean, awayMs: number): void {
    const code = up ? "companion_back" : "companion_lost";
    this.#book?.activity.addConnection(code, this.#clock.now(), Math.round(awayMs / 1000));
    this.#changed();
  }

  state(): EngineState {
    const book = this.#book;
    const companion = { ok: this.#companion.up, lostAt: this.#companion.lostAt };
    if (book === null) return emptyState(companion);
    // A ledger that failed under us can tell nothing any more: what was last known stays on show.
    if (book.fault !== null && this.#sent?.book === book.id) {
      return { ...this.#sent, role: "stopped", fault: book.fault, companion };
    }
    const now = this.#clock.now();
    const { projection } = book.bookkeeper;
    const stream = newestStream(projection);
    const seen = stream === null ? null : streamView(projection, stream, now);
    return {
      book: book.id,
      role: book.role,
      fault: book.fault,
      companion,
      journalBacklog: book.journalBacklog,
      entries: projection.seq,
      skus: skuViews(projection, book.catalogue, book.health),
      channels: channelViews(projection, book.health, now),
      next: this.#next(),
      stream: seen?.view ?? null,
      review: seen?.review ?? null,
      activity: book.activity.lines,
    };
  }

  subscribe(listener: (delta: EngineDelta) => void): EngineState {
    this.#listeners.add(listener);
    const state = this.state();
    this.#sent = state;
    return state;
  }

  /** Marks work; one delta goes out a moment later, however much happens until then. */
  #changed(): void {
    if (this.#publishing) return;
    this.#publishing = true;
    void this.#ports.sleep(PUBLISH_MS, this.#never.signal).then(() => {
      this.#publishing = false;
      const state = this.state();
      const delta = diff(this.#sent, state);
      this.#sent = state;
      if (delta === null) return;
      for (const listener of this.#listeners) listener(delta);
    });
  }

  dailySales(sku: string): readonly number[] | null {
    return this.#shop?.items.find((item) => item.sku === sku)?.dailySales ?? null;
  }

  async startRehearsal(
    speed: number,
    planned: number | null,
  ): Promise<Result<null, CommandRefusal>> {
    if (this.#busy) return err({ code: "busy" });
    this.#busy = true;
    try {
      return await this.#startRehearsal(speed, planned);
    } finally {
      this.#busy = false;
      this.#changed();
    }
  }

  async #startRehearsal(
    speed: number,
    planned: number | null,
  ): Promise<Result<null, CommandRefusal>> {
    const current = await this.#ports.rehearsal.state();
    if (!current.ok) return refusedBy(current.error);
    if (current.value.phase === "running") return err({ code: "already_running" });
    const fresh = current.value.phase === "idle" && this.#shop?.run === current.value.run;
    if (!fresh || this.#streamId() !== null) {
      const renewed = await this.#ports.rehearsal.renew();
      if (!renewed.ok) return refusedBy(renewed.error);
      this.#open(renewed.value);
    }
    if (!(await this.#until(() => this.#book?.role === "leader"))) {
      return err({ code: this.#companion.up ? "not_leader" : "companion_down" });
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

  #next(): NextStream | null {
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
      const at = this.#clock.now();
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
    const book = this.#book;
    if (book === null) return false;
    const wanted = wishes(book.bookkeeper.projection, book.catalogue, this.#ports.settings);
    return wanted.every(({ state, quantity }) => quantity === null || state.observed === quantity);
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
  async #catchUp(shop: RehearsalState): Promise<void> {
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

  async stopRehearsal(): Promise<Result<null, CommandRefusal>> {
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
    const end = Math.min(stopped.value.endsAt ?? this.#clock.now(), this.#clock.now());
    const booked = await book.bookkeeper.transact((_projection, add) => {
      add(note("stream_cut", `cut/${ref}`, end, { sku: stream.sku, n: end, ref }));
    });
    return booked.ok ? ok(null) : err({ code: "storage", detail: booked.error.detail });
  }

  async releaseReservation(): Promise<Result<{ units: number }, CommandRefusal>> {
    const book = this.#book;
    if (book?.role !== "leader") return err({ code: "not_leader" });
    let units = 0;
    const booked = await book.bookkeeper.transact((projection, add) => {
      const stream = newestStream(projection);
      if (stream?.phase !== "ended" || stream.released) return;
      units = balancesOf(projection, stream.sku).reserved.get(stream.id) ?? 0;
      if (units <= 0) return;
      const request = { id: stream.id, at: this.#clock.now(), actor: "" };
      const released = release(projection, stream.id, request);
      if (released.ok) released.value.forEach(add);
    });
    if (!booked.ok) return err({ code: "storage", detail: booked.error.detail });
    if (units <= 0) return err({ code: "no_stream" });
    const kept = await book.flush();
    return kept.ok ? ok({ units }) : refusedBy(kept.error);
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

function refusedBy(error: { readonly code: string; readonly detail?: string }): Refused {
  if (error.code === "companion_down") return err({ code: "companion_down" });
  if (error.code === "fenced_off") return err({ code: "not_leader" });
  return err({ code: "refused", detail: error.detail ?? error.code });
}

function emptyState(companion: EngineState["companion"]): EngineState {
  return {
    book: "live",
    role: "starting",
    fault: null,
    companion,
    journalBacklog: 0,
    entries: 0,
    skus: [],
    channels: [],
    next: null,
    stream: null,
    review: null,
    activity: [],
  };
}
