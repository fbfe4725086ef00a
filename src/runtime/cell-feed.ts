/**
 * Feeds the live cells. Each hangs on its SKUs, so that a sale moves the cells of one SKU and not two
 * thousand; what changes together is looked at together, in slices that leave the page free.
 */
import type { Clock } from "../base/clock";
import type { EngineState, SkuState } from "../worker/api";
import { bookView, SkuIndex, type BookView } from "./book-view";
import type { ReadMemory } from "./read-memory";
import type { Session } from "./session";

export interface FeedPorts {
  readonly clock: Clock;
  readonly memory: ReadMemory;
  /** Runs something after what the page has to do first. Not a timer: those sleep in a hidden page. */
  readonly later: (action: () => void) => void;
  /** Calls every second; returns the way to stop. */
  readonly everySecond: (action: () => void) => () => void;
}

interface Watcher {
  readonly skus: readonly string[];
  readonly refresh: (view: BookView) => void;
}

/** Cells looked at in one go: a few milliseconds' worth. */
const SLICE = 400;
/** Numbers age without anything happening. */
const AGEING_MS = 1000;

const noRows = new SkuIndex([]);

export class CellFeed {
  readonly #session: Pick<Session, "state" | "subscribe" | "locale">;
  readonly #ports: FeedPorts;
  readonly #bySku = new Map<string, Set<Watcher>>();
  readonly #all = new Set<Watcher>();
  readonly #dirty = new Set<Watcher>();
  #state: EngineState | null = null;
  #frame = "";
  #index = noRows;
  #openedAt: number | null = null;
  #agedAt = 0;
  #flushing = false;
  #stopTick: (() => void) | null = null;

  constructor(session: Pick<Session, "state" | "subscribe" | "locale">, ports: FeedPorts) {
    this.#session = session;
    this.#ports = ports;
    session.subscribe(() => this.#changed());
    this.#take();
  }

  /** The book as it is now. */
  view(): BookView {
    this.#take();
    return bookView({
      state: this.#state,
      locale: this.#session.locale,
      now: this.#ports.clock.now(),
      openedAt: this.#openedAt,
      index: this.#index,
      memory: this.#ports.memory,
    });
  }

  /** `refresh` is called whenever something about one of the SKUs, or about the book, may be new. */
  watch(skus: readonly string[], refresh: (view: BookView) => void): () => void {
    const watcher: Watcher = { skus, refresh };
    this.#all.add(watcher);
    for (const sku of skus) {
      let watchers = this.#bySku.get(sku);
      if (watchers === undefined) this.#bySku.set(sku, (watchers = new Set()));
      watchers.add(watcher);
    }
    this.#stopTick ??= this.#ports.everySecond(() => this.#age());
    return () => this.#unwatch(watcher);
  }

  #unwatch(watcher: Watcher): void {
    this.#all.delete(watcher);
    this.#dirty.delete(watcher);
    for (const sku of watcher.skus) {
      const watchers = this.#bySku.get(sku);
      watchers?.delete(watcher);
      if (watchers?.size === 0) this.#bySku.delete(sku);
    }
    if (this.#all.size > 0) return;
    this.#stopTick?.();
    this.#stopTick = null;
  }

  #changed(): void {
    this.#take();
    if (this.#ports.clock.now() - this.#agedAt >= AGEING_MS) this.#age();
    else this.#flush();
  }

  #age(): void {
    this.#agedAt = this.#ports.clock.now();
    this.#markAll();
    this.#flush();
  }

  #markAll(): void {
    for (const watcher of this.#all) this.#dirty.add(watcher);
  }

  #mark(sku: string): void {
    for (const watcher of this.#bySku.get(sku) ?? []) this.#dirty.add(watcher);
  }

  /** Takes over the session's newest state, and marks the cells that may show something else now. */
  #take(): void {
    const before = this.#state;
    const state = this.#session.state();
    const frame = frameOf(state, this.#session.locale);
    if (state === before && frame === this.#frame) return;
    const now = this.#ports.clock.now();
    if (state === null || state.role === "starting") this.#openedAt = null;
    else if (state.book !== before?.book) this.#openedAt = now;
    else this.#openedAt ??= now;
    if (state !== null) this.#ports.memory.keep(state, now);
    this.#state = state;
    const sameRows = this.#takeRows(state?.skus ?? [], before?.skus ?? []);
    if (frame !== this.#frame || !sameRows) this.#markAll();
    else if (state?.stream !== before?.stream && state?.stream) this.#mark(state.stream.sku);
    this.#frame = frame;
  }

  /** False = other SKUs than before. */
  #takeRows(skus: readonly SkuState[], before: readonly SkuState[]): boolean {
    if (skus === before) return true;
    const known = this.#index.rows;
    this.#index = new SkuIndex(skus);
    let same = this.#index.rows.size === known.size;
    for (const row of skus) {
      const was = known.get(row.sku);
      if (was === undefined) same = false;
      else if (was !== row) this.#mark(row.sku);
    }
    return same;
  }

  #flush(): void {
    if (this.#flushing || this.#dirty.size === 0) return;
    const view = this.view();
    let left = SLICE;
    for (const watcher of this.#dirty) {
      if (left === 0) break;
      left -= 1;
      this.#dirty.delete(watcher);
      watcher.refresh(view);
    }
    if (this.#dirty.size === 0) return;
    this.#flushing = true;
    this.#ports.later(() => {
      this.#flushing = false;
      this.#flush();
    });
  }
}

/** What all cells depend on, whatever their SKU. */
function frameOf(state: EngineState | null, locale: string): string {
  if (state === null) return locale;
  const { stream } = state;
  return [
    locale,
    state.book,
    state.role,
    state.companion.ok,
    state.entries === 0,
    stream?.id,
    stream?.phase,
    state.channels.map(({ status }) => status === "paused").join(""),
  ].join("|");
}
