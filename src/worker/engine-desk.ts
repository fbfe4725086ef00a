/**
 * The seller's word to the engine of the open book: booked by whoever leads, and acknowledged only
 * once the journal has it too.
 */
import type { Clock } from "../base/clock";
import { parseSku, type ChannelId, type Sku } from "../base/ids";
import { err, ok, type Result } from "../base/result";
import { LIVE_BOOK } from "../channels/http/connect-contract";
import { parseActs, type AlertActs } from "../stock/acts";
import { note } from "../stock/entries";
import { oversellNotes, oversoldNow } from "../stock/oversell";
import type { Projection } from "../stock/projection";
import { sellable } from "../stock/sellable";
import { parseStreamPlan, type Stream } from "../stock/streams";
import { answerNotes, SELLER } from "../sync/acting";
import { comparePolicies } from "../sync/compare";
import type { DriftChoice } from "../sync/drift";
import { latencyRefusal } from "../sync/latency";
import { preflight, type PreflightLine } from "../sync/preflight";
import { settleDrift } from "../sync/settle-drift";
import { streamView, type StreamView } from "../sync/view";
import { refusedBy } from "./command-refusal";
import type { CompanionClient } from "./companion-client";
import type { EngineCalls, EngineRefusal, LatencyOrder, StreamOrder } from "./engine-api";
import { keyOfListing, mappedNote } from "./live-mapping";
import type { LiveRecord } from "./live-record";
import type { OpenBook } from "./open-book";
import { doneSteps } from "./run-book";
import { leaderOf, tell, type Led } from "./tell";

export interface EngineDeskPorts {
  readonly clock: Clock;
  readonly companion: CompanionClient;
  readonly record: LiveRecord;
  readonly book: () => OpenBook | null;
  readonly skewOf: (channel: ChannelId) => number | null;
  /** The live book is to be opened anew: it has other listings now. */
  readonly reopen: () => Promise<void>;
}

/** Streams that are over and still listed: enough for the last three of several creators. */
const OVER_MAX = 30;

type Told = Result<null, EngineRefusal>;

export class EngineDesk implements EngineCalls {
  readonly #ports: EngineDeskPorts;

  constructor(ports: EngineDeskPorts) {
    this.#ports = ports;
  }

  #leader(): Result<Led, EngineRefusal> {
    return leaderOf(this.#ports.book());
  }

  #tell(plan: Parameters<typeof tell<EngineRefusal>>[1]): Promise<Told> {
    return tell<EngineRefusal>(this.#ports.book(), plan);
  }

  setActs(stream: string | null, acts: AlertActs): Promise<Told> {
    const parsed = parseActs(acts);
    if (!parsed.ok) return Promise.resolve(err({ code: "bad_acts" }));
    return this.#tell((_engine, projection, add) => {
      if (stream !== null && !projection.streams.has(stream)) return { code: "stream_unknown" };
      const ref = stream ?? "";
      const key = `acts_set/${ref}/${projection.seq + 1}`;
      const detail = JSON.stringify(parsed.value);
      add(note("acts_set", key, this.#ports.clock.now(), { ref, detail, actor: SELLER }));
      return null;
    });
  }

  answer(ask: string, confirms: boolean): Promise<Told> {
    return this.#tell((engine, projection, add) => {
      const notes = answerNotes(engine.situation(), ask, confirms, ({ sku, channel }) =>
        sellable(projection, sku, channel),
      );
      if (notes === null) return { code: "ask_over" };
      notes.forEach(add);
      return null;
    });
  }

  settleDrift(id: string, choice: DriftChoice): Promise<Told> {
    return this.#tell((engine, projection, add) => {
      const settled = settleDrift(engine.situation(), id, choice);
      if (!settled.ok) return settled.error;
      const before = oversoldNow(projection);
      const { moves, note: word } = settled.value;
      moves.forEach(add);
      add({ ...word, actor: SELLER });
      oversellNotes(projection, before, moves, this.#ports.clock.now()).forEach(add);
      return null;
    });
  }

  comparePolicies(sku: string): ReturnType<EngineCalls["comparePolicies"]> {
    const led = this.#leader();
    const found = led.ok ? comparePolicies(led.value.engine.situation(), sku as Sku) : null;
    return Promise.resolve(found);
  }

  preflight(stream: string | null): Promise<readonly PreflightLine[]> {
    const { book: open, clock, companion, skewOf } = this.#ports;
    const book = open();
    if (book === null) return Promise.resolve([]);
    const { projection } = book.bookkeeper;
    return Promise.resolve(
      preflight({
        now: clock.now(),
        projection,
        catalogue: book.catalogue,
        health: book.health,
        skewOf,
        gap: book.engine?.watch.gap() ?? null,
        journal: { up: companion.up, backlog: book.journalBacklog },
        leads: book.role === "leader",
        stream:
          stream === null ? streamAhead(projection) : (projection.streams.get(stream) ?? null),
      }),
    );
  }

  testLatency({ sku, from, to }: LatencyOrder): Promise<Told> {
    const led = this.#leader();
    if (!led.ok) return Promise.resolve(led);
    const { engine } = led.value;
    const request = { sku: sku as Sku, from, to };
    const refusal = latencyRefusal(engine.situation(), request);
    if (refusal !== null) return Promise.resolve(err(refusal));
    if (engine.latency?.isOver === false) {
      return Promise.resolve(err({ code: "latency_running" }));
    }
    engine.testLatency(request);
    return Promise.resolve(ok(null));
  }

  stopLatency(): Promise<null> {
    this.#ports.book()?.engine?.stopLatency();
    return Promise.resolve(null);
  }

  async planStream(order: StreamOrder): Promise<Result<{ readonly id: string }, EngineRefusal>> {
    if (this.#ports.book()?.id !== LIVE_BOOK) return err({ code: "not_live" });
    const named = { id: order.id ?? "" };
    const told = await this.#tell((engine, projection, add) => {
      const { catalogue } = engine.situation();
      const item = catalogue.items.find(({ sku }) => sku === order.sku);
      if (item === undefined) return { code: "sku_unknown" };
      const field = badField(order, projection, this.#ports.clock.now());
      if (field !== null) return { code: "bad_plan", field };
      const isListed = item.listings.some(({ channel }) => channel === order.channel);
      if (!isListed) return { code: "listing_unknown" };
      if (order.id !== null && !projection.streams.has(order.id)) return { code: "stream_unknown" };
      if (order.id === null) named.id = `stream-${projection.seq + 1}`;
      const key = `planned/${named.id}/${projection.seq + 1}`;
      const about = { sku: item.sku, n: order.planned, ref: named.id, actor: SELLER };
      const detail = detailOf(order);
      add(note("stream_planned", key, this.#ports.clock.now(), { ...about, detail }));
      return null;
    });
    return told.ok ? ok({ id: named.id }) : told;
  }

  cutStream(id: string): Promise<Told> {
    if (this.#ports.book()?.id !== LIVE_BOOK) return Promise.resolve(err({ code: "not_live" }));
    return this.#tell((_engine, projection, add) => {
      const stream = projection.streams.get(id);
      if (stream?.phase !== "running") return { code: "stream_unknown" };
      const now = this.#ports.clock.now();
      if (stream.endsAt !== null && stream.endsAt <= now) return { code: "stream_unknown" };
      const about = { sku: stream.sku, n: now, ref: id, actor: SELLER };
      add(note("stream_cut", `cut/${id}/${projection.seq + 1}`, now, about));
      return null;
    });
  }

  streams(): Promise<readonly StreamView[]> {
    const projection = this.#ports.book()?.bookkeeper.projection;
    if (projection === undefined) return Promise.resolve([]);
    const newest = [...projection.streams.values()].reverse();
    const over = newest.filter(({ phase }) => phase === "ended").slice(0, OVER_MAX);
    const listed = newest.filter((stream) => stream.phase !== "ended" || over.includes(stream));
    const now = this.#ports.clock.now();
    return Promise.resolve(listed.map((stream) => streamView(projection, stream, now).view));
  }

  async runBook(id: string): Promise<Readonly<Record<string, number>>> {
    const book = this.#ports.book();
    const stream = book?.bookkeeper.projection.streams.get(id);
    return book === null || stream === undefined ? {} : doneSteps(book, stream);
  }

  async tick(id: string, step: string): Promise<Told> {
    const done = await this.runBook(id);
    if (step in done) return ok(null);
    return this.#tell((_engine, projection, add) => {
      const stream = projection.streams.get(id);
      if (stream === undefined) return { code: "stream_unknown" };
      const about = { sku: stream.sku, ref: id, detail: step, actor: SELLER };
      const key = `run_book/${id}/${step}/${projection.seq + 1}`;
      add(note("run_book", key, this.#ports.clock.now(), about));
      return null;
    });
  }

  async remapListing(channel: ChannelId, listingId: string, sku: string): Promise<Told> {
    const { record, clock, reopen } = this.#ports;
    if (this.#ports.book()?.id !== LIVE_BOOK) return err({ code: "not_live" });
    const known = await record.refresh();
    if (!known.ok) return refusedBy(known.error);
    const mapped = record.mapped.get(
      keyOfListing({ channel, listingId, parentId: "", locationId: "" }),
    );
    if (mapped === undefined) return err({ code: "listing_unknown" });
    const wanted = parseSku(sku);
    // A SKU that nobody counted would put its listing to 0.
    if (!wanted.ok || !record.skus.has(wanted.value)) return err({ code: "sku_unknown" });
    const told = await this.#tell((_engine, _projection, add) => {
      add({
        ...mappedNote({ ...mapped, sku: wanted.value, parts: [] }, clock.now()),
        actor: SELLER,
      });
      return null;
    });
    if (told.ok) await reopen();
    return told;
  }
}

/** The stream that is on, or the next one by its date. */
function streamAhead(projection: Projection): Stream | null {
  const startOf = ({ phase, startsAt }: Stream) =>
    phase === "running" ? 0 : (startsAt ?? Number.MIN_VALUE);
  const open = [...projection.streams.values()].filter(({ phase }) => phase !== "ended");
  return open.sort((a, b) => startOf(a) - startOf(b))[0] ?? null;
}

function detailOf({ channel, creator, followers, startsAt, minutes, policy }: StreamOrder): string {
  return JSON.stringify({ channel, creator, followers, speed: 1, minutes, startsAt, policy });
}

/** The first field that no stream can have; null: all are well. */
function badField(order: StreamOrder, projection: Projection, now: number): string | null {
  if (!Number.isSafeInteger(order.planned) || order.planned < 1) return "planned";
  const known = order.id === null ? undefined : projection.streams.get(order.id);
  if (known !== undefined && (known.sku !== order.sku || known.phase !== "planned")) return "id";
  if (!(order.startsAt > now)) return "startsAt";
  if (!(order.minutes >= 1 && order.minutes <= 24 * 60)) return "minutes";
  if (!(order.followers >= 0)) return "followers";
  if (order.creator.length > 200) return "creator";
  return parseStreamPlan(detailOf(order)).ok ? null : "policy";
}
