/**
 * What the worker does for the page: opens the book that is wanted, keeps the claim to lead it, and
 * answers with states and deltas. Rehearsals are played by rehearsal-player.ts; what is live beside
 * the open book is live-shops.ts. Rehearsal and live are separate books with separate shops: the
 * relay knows which keys belong to which, and nothing here mixes them.
 */
import { isRehearsal, type BookId, type ChannelId, type Sku } from "../base/ids";
import { err, ok, type Result } from "../base/result";
import type { Channel } from "../channels/channel";
import { LIVE_BOOK } from "../channels/http/connect-contract";
import type { RehearsalState } from "../channels/rehearsal-contract";
import { balancesOf } from "../stock/projection";
import { release } from "../stock/reservations";
import { Catalogue } from "../sync/catalogue";
import { askViews } from "../sync/ask-view";
import { channelViews } from "../sync/channel-view";
import { constantsOf } from "../stock/constants";
import { driftViews } from "../sync/drift";
import { choicesOf } from "../sync/settle-drift";
import { newestStream, skuViews, streamView } from "../sync/view";
import type {
  BookChoice,
  CommandRefusal,
  EngineDelta,
  EngineState,
  ImportCalls,
  ProofCalls,
  SheetDeskCalls,
  ShopCalls,
  ShopRefusal,
} from "./api";
import { refusedBy } from "./command-refusal";
import type { CompanionClient } from "./companion-client";
import { diff } from "./delta";
import type { EngineCalls } from "./engine-api";
import { EngineDesk } from "./engine-desk";
import type { HandCalls } from "./hand-api";
import { HandDesk } from "./hand-desk";
import { Importing } from "./importing";
import { LeaseKeeper, type LeaseKeeperPorts } from "./lease-keeper";
import { LiveBook } from "./live-book";
import { LiveRecord } from "./live-record";
import { LiveShops } from "./live-shops";
import { OpenBook, type OpenBookPorts } from "./open-book";
import { Proofs } from "./proof";
import { SheetDesk } from "./sheet-desk";
import { catalogueOf, type RehearsalClient } from "./rehearsal-client";
import { RehearsalPlayer } from "./rehearsal-player";

export interface HostPorts extends Omit<
  OpenBookPorts,
  "onChange" | "onLead" | "isMuted" | "openChannels"
> {
  readonly lease: Pick<LeaseKeeperPorts, "locks" | "holder"> & {
    /** A name that no other worker has. */
    readonly worker: string;
  };
  readonly rehearsal: RehearsalClient;
  /** How far a channel's clock is ahead of ours, ms; null: not measured. */
  readonly skewOf?: (channel: ChannelId) => number | null;
  /** The channels of a book; `line` carries the fencing token they are called with. */
  readonly openChannels: (book: BookId, line: CompanionClient) => readonly Channel[];
}

const PUBLISH_MS = 120;
const WATCH_RUN_MS = 2000;
const WATCH_CONNECTIONS_MS = 4000;

export class Host {
  readonly proofs: ProofCalls;
  readonly sheets: SheetDeskCalls;
  readonly engine: EngineCalls;
  readonly hand: HandCalls;
  readonly #ports: HostPorts;
  readonly #listeners = new Set<(delta: EngineDelta) => void>();
  readonly #never = new AbortController();
  readonly #player: RehearsalPlayer;
  readonly #shops: LiveShops;
  readonly #live: LiveBook;
  readonly #importing: Importing;
  #book: OpenBook | null = null;
  #lease: LeaseKeeper | null = null;
  #claims = 0;
  #sent: EngineState | null = null;
  #publishing = false;
  #busy = false;
  #watching = false;
  #muted = false;

  constructor(ports: HostPorts) {
    this.#ports = ports;
    const { clock, sleep, companion, lease, rehearsal } = ports;
    const onChange = () => this.#changed();
    const record = new LiveRecord(companion);
    this.proofs = new Proofs({ clock, companion, book: () => this.#book });
    this.sheets = new SheetDesk({ clock, book: () => this.#book });
    this.hand = new HandDesk({
      ...{ clock, book: () => this.#book },
      onMute: (muted) => (this.#muted = muted),
    });
    const book = (live: boolean) => {
      const open = this.#book;
      return open !== null && isRehearsal(open.id) !== live ? open : null;
    };
    this.#player = new RehearsalPlayer({
      ...{ clock, sleep, companion, rehearsal },
      book: () => book(false),
      open: (shop) => this.#openRun(shop),
    });
    this.#shops = new LiveShops({
      ...{ sleep, companion, record, onChange, holder: lease.holder },
      openChannels: (line) => ports.openChannels(LIVE_BOOK, line),
    });
    this.#live = new LiveBook({
      ...{ clock, sleep, companion, record },
      shops: this.#shops,
      book: () => book(true),
      open: (catalogue, channels) => this.#open(LIVE_BOOK, catalogue, new Map(), channels),
    });
    this.engine = new EngineDesk({
      ...{ clock, companion, record },
      book: () => this.#book,
      skewOf: (channel) => this.#skewOf(channel),
      reopen: () => this.#live.reopen(),
    });
    this.#importing = new Importing({
      ...{ clock, sleep, record, onChange },
      book: () => book(true),
      reopen: () => this.#live.reopen(),
    });
  }

  /** Opens the book that was open last. Answers once there is something to show. */
  async start(choice: BookChoice = "rehearsal"): Promise<Result<EngineState, CommandRefusal>> {
    const opened = await this.#openChoice(choice);
    if (!opened.ok) return opened;
    if (!this.#watching) {
      this.#watching = true;
      void this.#watchRun();
      void this.#watchConnections();
    }
    return ok(this.state());
  }

  async #openChoice(choice: BookChoice): Promise<Result<null, CommandRefusal>> {
    if (choice === "live") return this.#live.openSaved();
    const shop = await this.#ports.rehearsal.state();
    if (!shop.ok) return refusedBy(shop.error);
    this.#openRun(shop.value);
    return ok(null);
  }

  /** Another window may have begun a new run: its book is the one to show. */
  async #watchRun(): Promise<void> {
    for (;;) {
      await this.#ports.sleep(WATCH_RUN_MS, this.#never.signal);
      if (this.#keepsBook()) continue;
      const shop = await this.#ports.rehearsal.state();
      if (!shop.ok || this.#keepsBook() || shop.value.run === this.#player.run) continue;
      this.#openRun(shop.value);
      this.#changed();
    }
  }

  /** No other run's book is to be opened now. */
  #keepsBook(): boolean {
    return this.#busy || this.#book?.id === LIVE_BOOK;
  }

  /** A shop may be connected or revoked from another window, or by the channel itself. */
  async #watchConnections(): Promise<void> {
    for (;;) {
      if (this.#companion.up) {
        await this.#shops.refresh();
        if (!this.#busy) await this.#live.followConnections();
      }
      await this.#ports.sleep(WATCH_CONNECTIONS_MS, this.#never.signal);
    }
  }

  get #companion(): CompanionClient {
    return this.#ports.companion;
  }

  #openRun(shop: RehearsalState): void {
    this.#player.show(shop);
    const items = catalogueOf(shop);
    const units = new Map(shop.items.map((item) => [item.sku, item.onHand]));
    const opening = new Map<Sku, number>(items.map((item) => [item.sku, units.get(item.sku) ?? 0]));
    // Each run is a book of its own: what she set goes along.
    const set = this.#book === null ? {} : constantsOf(this.#book.bookkeeper.projection);
    const onLead = () => {
      void this.#player.catchUp(shop);
      const { projection } = this.#book?.bookkeeper ?? {};
      const isFresh = projection !== undefined && Object.keys(constantsOf(projection)).length === 0;
      if (isFresh && Object.keys(set).length > 0) void this.hand.setConstants(set);
    };
    this.#open(`rehearsal-${shop.run}`, new Catalogue(items), opening, () => true, onLead);
  }

  #open(
    id: BookId,
    catalogue: Catalogue,
    opening: ReadonlyMap<Sku, number>,
    wants: (channel: Channel) => boolean,
    onLead: () => void = () => undefined,
  ): void {
    this.#lease?.stop();
    this.#book?.close();
    const book = new OpenBook(id, catalogue, opening, {
      ...this.#ports,
      openChannels: (bookId) => this.#ports.openChannels(bookId, this.#companion).filter(wants),
      onChange: () => this.#changed(),
      isMuted: () => this.#muted,
      onLead,
    });
    this.#book = book;
    this.#claims += 1;
    this.#lease = new LeaseKeeper(id, {
      ...this.#ports.lease,
      worker: `${this.#ports.lease.worker}-${this.#claims}`,
      clock: this.#ports.steady ?? this.#ports.clock,
      sleep: this.#ports.sleep,
      companion: this.#companion,
      onChange: (leads) => void book.setLeads(leads),
    });
    void book.setLeads(false);
    this.#lease.start();
    this.#changed();
  }

  /** The companion was lost or is back. */
  companionChanged(up: boolean, awayMs: number): void {
    const code = up ? "companion_back" : "companion_lost";
    if (up) this.#book?.companionBack();
    this.#book?.activity.addConnection(code, this.#ports.clock.now(), Math.round(awayMs / 1000));
    this.#changed();
  }

  state(): EngineState {
    const book = this.#book;
    const beside = {
      companion: { ok: this.#companion.up, lostAt: this.#companion.lostAt },
      connections: this.#shops.connections,
      work: this.#importing.work ?? this.#shops.work,
    };
    if (book === null) return { ...emptyState, ...beside };
    // A ledger that failed under us can tell nothing any more: what was last known stays on show.
    if (book.fault !== null && this.#sent?.book === book.id) {
      return { ...this.#sent, role: "stopped", fault: book.fault, ...beside };
    }
    const now = this.#ports.clock.now();
    const { projection } = book.bookkeeper;
    const stream = newestStream(projection);
    const seen = stream === null ? null : streamView(projection, stream, now);
    return {
      book: book.id,
      role: book.role,
      fault: book.fault,
      journalBacklog: book.journalBacklog,
      entries: projection.seq,
      skus: skuViews(projection, book.catalogue, book.health, book.engine?.situation() ?? null),
      channels: channelViews(projection, book.health, now, (channel) => this.#skewOf(channel)),
      asks: askViews(projection),
      acts: projection.desk.book,
      held: [...projection.desk.held],
      constants: constantsOf(projection),
      drifts: this.#drifts(book),
      gap: book.engine?.watch.gap() ?? null,
      latency: book.engine?.latency?.view ?? null,
      next: isRehearsal(book.id) ? this.#player.next() : null,
      stream: seen?.view ?? null,
      review: seen?.review ?? null,
      activity: book.activity.lines,
      ...beside,
    };
  }

  #skewOf(channel: ChannelId): number | null {
    return this.#ports.skewOf?.(channel) ?? null;
  }

  /** A follower sees the cases; only the leader knows what can be done about them. */
  #drifts(book: OpenBook): EngineState["drifts"] {
    const situation = book.engine?.situation() ?? null;
    return driftViews(book.bookkeeper.projection, book.catalogue, (state, drift) =>
      situation === null ? [] : choicesOf(situation, state, drift),
    );
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
    return this.#book?.id === LIVE_BOOK ? null : this.#player.dailySales(sku);
  }

  /** One at a time of what opens books or books much. */
  async #alone<T, E>(work: () => Promise<Result<T, E>>): Promise<Result<T, E | CommandRefusal>> {
    if (this.#busy) return err({ code: "busy" });
    this.#busy = true;
    try {
      return await work();
    } finally {
      this.#busy = false;
      this.#changed();
    }
  }

  startRehearsal(speed: number, planned: number | null): Promise<Result<null, CommandRefusal>> {
    // A rehearsal takes the place of the open book, and the live one is not closed by the way.
    if (this.#book?.id === LIVE_BOOK) return Promise.resolve(err({ code: "live_open" }));
    return this.#alone(() => this.#player.start(speed, planned));
  }

  stopRehearsal(): Promise<Result<null, CommandRefusal>> {
    return this.#player.stop();
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
      const request = { id: stream.id, at: this.#ports.clock.now(), actor: "" };
      const released = release(projection, stream.id, request);
      if (released.ok) released.value.forEach(add);
    });
    if (!booked.ok) return err({ code: "storage", detail: booked.error.detail });
    if (units <= 0) return err({ code: "no_stream" });
    const kept = await book.flush();
    return kept.ok ? ok({ units }) : refusedBy(kept.error);
  }

  readonly shops: ShopCalls = {
    connect: (channel, fields) => this.#shops.connect(channel, fields),
    pasteCode: (channel, pasted) => this.#shops.pasteCode(channel, pasted),
    disconnect: (channel) => this.#shops.disconnect(channel),
    test: (channel) => this.#shops.test(channel),
    readShops: () => this.#alone(() => this.#shops.read()),
    takeShops: (counts): Promise<Result<null, ShopRefusal>> =>
      this.#alone(() => this.#live.take(counts)),
    openBook: (choice) => this.#alone(() => this.#openChoice(choice)),
  };

  readonly imports: ImportCalls = {
    open: (source) => this.#importing.open(source),
    preview: (mapping, zone) => this.#importing.preview(mapping, zone),
    page: (from, count) => Promise.resolve(this.#importing.page(from, count)),
    apply: () => this.#alone(() => this.#importing.apply()),
    cancel: () => {
      this.#importing.cancel();
      return Promise.resolve(null);
    },
  };
}

const emptyState: Omit<EngineState, "companion" | "connections" | "work"> = {
  book: "live",
  role: "starting",
  fault: null,
  journalBacklog: 0,
  entries: 0,
  skus: [],
  channels: [],
  asks: [],
  acts: null,
  held: [],
  constants: {},
  drifts: [],
  gap: null,
  latency: null,
  next: null,
  stream: null,
  review: null,
  activity: [],
};
