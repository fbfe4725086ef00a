/** What a person does by hand at a stream, and to the constants of the method. */
import * as v from "valibot";
import type { Clock } from "../base/clock";
import { channelIds, type ChannelId } from "../base/ids";
import { err, ok, type Result } from "../base/result";
import { LIVE_BOOK } from "../channels/http/connect-contract";
import { note } from "../stock/entries";
import { balancesOf, type Projection } from "../stock/projection";
import { grow } from "../stock/reservations";
import { policyIds, type PolicyId, type Stream } from "../stock/streams";
import { SELLER } from "../sync/acting";
import { parseConstants } from "../stock/constants";
import type { HandBooked, HandCalls, HandRefusal } from "./hand-api";
import type { OpenBook } from "./open-book";
import { StockDesk } from "./stock-desk";
import { tell } from "./tell";

export interface HandDeskPorts {
  readonly clock: Clock;
  readonly book: () => OpenBook | null;
  readonly onMute: (muted: boolean) => void;
}

type Told<T = null> = Promise<Result<T, HandRefusal>>;

const MINUTE_MS = 60_000;
const channel = v.picklist(channelIds);
const policy = v.picklist(policyIds);

function runningStream(projection: Projection, id: string, now: number): Stream | HandRefusal {
  const stream = projection.streams.get(id);
  if (stream === undefined) return { code: "stream_unknown" };
  const isOn = stream.phase === "running" && (stream.endsAt ?? 0) > now;
  return isOn ? stream : { code: "not_running" };
}

function isRefusal(found: Stream | HandRefusal): found is HandRefusal {
  return "code" in found;
}

/** The plan of a stream as its entry has it, with what changes. */
function planOf(stream: Stream, change: Partial<Stream>): string {
  const { creator, followers, speed, minutes, startsAt, alerts } = stream;
  const plan = { channel: stream.channel, creator, followers, speed, minutes };
  const kept = {
    ...(startsAt === undefined ? {} : { startsAt }),
    ...(stream.policy === undefined ? {} : { policy: stream.policy }),
    ...(alerts === undefined ? {} : { alerts }),
  };
  return JSON.stringify({ ...plan, ...kept, ...change });
}

export class HandDesk extends StockDesk implements HandCalls {
  readonly #ports: HandDeskPorts;

  constructor(ports: HandDeskPorts) {
    super(ports);
    this.#ports = ports;
  }

  holdChannel(wanted: ChannelId, held: boolean): Told {
    if (!v.is(channel, wanted)) return Promise.resolve(err({ code: "listing_unknown" }));
    return this.#tell((_engine, projection, add) => {
      if (projection.desk.held.has(wanted) === held) return null;
      const kind = held ? "channel_held" : "channel_freed";
      const key = `${kind}/${wanted}/${projection.seq + 1}`;
      add(note(kind, key, this.#ports.clock.now(), { channel: wanted, actor: SELLER }));
      return null;
    });
  }

  async growReservation(id: string, units: number): Told<HandBooked> {
    const booked = { key: "", units: 0 };
    const told = await this.#tell((_engine, projection, add) => {
      const request = {
        id: `hand/${projection.seq + 1}`,
        at: this.#ports.clock.now(),
        actor: SELLER,
      };
      const grown = grow(projection, id, units, request);
      if (!grown.ok) return growRefusal(grown.error.code);
      for (const draft of grown.value) {
        booked.key = draft.key;
        booked.units = draft.type === "move" ? draft.quantity : 0;
        add(draft);
      }
      return null;
    });
    return told.ok ? ok(booked) : told;
  }

  lend(id: string, units: number): Told {
    return this.#tell((_engine, projection, add) => {
      if (!Number.isSafeInteger(units) || units < 0) return { code: "units_not_whole" };
      const stream = runningStream(projection, id, this.#ports.clock.now());
      if (isRefusal(stream)) return stream;
      if ((stream.policy ?? "escrow") !== "escrow") return { code: "no_share" };
      const left = balancesOf(projection, stream.sku).reserved.get(id) ?? 0;
      const n = Math.min(units, Math.max(0, left));
      if (units > 0 && n === 0) return { code: "nothing_free" };
      const key = `lend/${id}/${projection.seq + 1}`;
      const about = { sku: stream.sku, n, ref: id, actor: SELLER };
      add(note("lend_wished", key, this.#ports.clock.now(), about));
      return null;
    });
  }

  setPolicy(id: string, wanted: PolicyId): Told {
    if (!v.is(policy, wanted)) return Promise.resolve(err({ code: "stream_unknown" }));
    return this.#tell((_engine, projection, add) => {
      const now = this.#ports.clock.now();
      const stream = runningStream(projection, id, now);
      if (isRefusal(stream)) return stream;
      const before = stream.policy ?? "escrow";
      if (before === wanted) return null;
      const place = projection.seq + 1;
      // Under the other two the live listing shows the free pool as well: under escrow, which leaves
      // it alone while it sells, those units must be its own before the others are told.
      const request = { id: `policy/${place}`, at: now, actor: SELLER };
      const free = Math.max(0, balancesOf(projection, stream.sku).available);
      const grown = wanted === "escrow" && free > 0 ? grow(projection, id, free, request) : null;
      if (grown?.ok === true) grown.value.forEach(add);
      const about = { sku: stream.sku, n: stream.planned, ref: id, actor: SELLER };
      const detail = planOf(stream, { policy: wanted });
      add(note("stream_planned", `policy/${id}/${place}`, now, { ...about, detail }));
      return null;
    });
  }

  async switchProduct(id: string, sku: string, units: number): Told<{ readonly id: string }> {
    if (this.#ports.book()?.id !== LIVE_BOOK) return err({ code: "not_live" });
    const named = { id: "" };
    const told = await this.#tell((engine, projection, add) => {
      const now = this.#ports.clock.now();
      if (!Number.isSafeInteger(units) || units < 1) return { code: "units_not_whole" };
      const stream = runningStream(projection, id, now);
      if (isRefusal(stream)) return stream;
      const item = engine.situation().catalogue.items.find((each) => each.sku === sku);
      if (item === undefined || item.sku === stream.sku) return { code: "sku_unknown" };
      const isListed = item.listings.some((listing) => listing.channel === stream.channel);
      if (!isListed) return { code: "listing_unknown" };
      const place = projection.seq + 1;
      named.id = `stream-${place}`;
      const left = Math.max(1, Math.ceil(((stream.endsAt ?? now) - now) / MINUTE_MS));
      const cut = { sku: stream.sku, n: now, ref: id, actor: SELLER };
      add(note("stream_cut", `cut/${id}/${place}`, now, cut));
      const detail = planOf(stream, { startsAt: now, minutes: left });
      const about = { sku: item.sku, n: units, ref: named.id, actor: SELLER, detail };
      add(note("stream_planned", `planned/${named.id}/${place}`, now, about));
      return null;
    });
    return told.ok ? ok(named) : told;
  }

  mute(muted: boolean): Promise<null> {
    this.#ports.onMute(muted);
    return Promise.resolve(null);
  }

  setConstants(table: Readonly<Record<string, number>>): Told {
    const parsed = parseConstants(table);
    if (!parsed.ok) return Promise.resolve(parsed);
    return this.#tell((_engine, projection, add) => {
      const detail = JSON.stringify(parsed.value);
      if (detail === JSON.stringify(projection.desk.constants)) return null;
      const key = `constants/${projection.seq + 1}`;
      const n = Object.keys(parsed.value).length;
      add(note("constants_set", key, this.#ports.clock.now(), { n, detail, actor: SELLER }));
      return null;
    });
  }

  #tell(plan: Parameters<typeof tell<HandRefusal>>[1]): Told {
    return tell<HandRefusal>(this.#ports.book(), plan);
  }
}

function growRefusal(code: string): HandRefusal {
  switch (code) {
    case "stream_unknown":
    case "units_not_whole":
    case "nothing_free":
      return { code };
    default:
      return { code: "reservation_over" };
  }
}
