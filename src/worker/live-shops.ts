/**
 * The live side beside the open book: connections, the live test, and what the shops list. It has a
 * line of its own to the companion, with the live book's fencing token, so that a shop can be tried
 * while a rehearsal is open; nothing here writes to a shop.
 */
import * as v from "valibot";
import type { ChannelId } from "../base/ids";
import { err, ok, type Result } from "../base/result";
import type { Channel, Refusal } from "../channels/channel";
import { LIVE_BOOK, type ConnectAnswer } from "../channels/http/connect-contract";
import { leaseAnswerSchema } from "../ledger/journal";
import { refusalDetail } from "../sync/health";
import type { Connection, ConnectStep, ShopReading, ShopRefusal, ShopTest, Work } from "./api";
import type { CompanionClient } from "./companion-client";
import type { LiveRecord } from "./live-record";
import { proposeLive, type ChannelReading, type LiveProposal } from "./live-mapping";
import { countListings, readShop } from "./shop-reader";
import { ShopsClient } from "./shops-client";

export interface LiveShopsPorts {
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly companion: CompanionClient;
  /** The same as of the open book's lease: then this line has the open book's own token. */
  readonly holder: string;
  readonly openChannels: (line: CompanionClient) => readonly Channel[];
  readonly record: LiveRecord;
  readonly onChange: () => void;
}

/** The seller can call the shop by what is kept. */
const usable: readonly Connection["state"][] = ["connected", "rights_missing"];

export class LiveShops {
  readonly #ports: LiveShopsPorts;
  readonly #line: CompanionClient;
  readonly #client: ShopsClient;
  #channels: readonly Channel[] | null = null;
  #connections: readonly Connection[] | null = null;
  #proposal: LiveProposal | null = null;
  #work: Work | null = null;

  constructor(ports: LiveShopsPorts) {
    this.#ports = ports;
    this.#line = ports.companion.sibling();
    this.#client = new ShopsClient(ports.companion);
  }

  get connections(): readonly Connection[] | null {
    return this.#connections;
  }

  get work(): Work | null {
    return this.#work;
  }

  /** What was read last and not taken yet. */
  get proposal(): LiveProposal | null {
    return this.#proposal;
  }

  forgetProposal(): void {
    this.#proposal = null;
  }

  /** Asks the companion again. What it does not tell stays as it was. */
  async refresh(): Promise<void> {
    const told = await this.#client.list();
    if (told === null || JSON.stringify(told) === JSON.stringify(this.#connections)) return;
    this.#connections = told;
    this.#ports.onChange();
  }

  async connect(
    channel: ChannelId,
    fields: Readonly<Record<string, string>>,
  ): Promise<Result<ConnectStep, ShopRefusal>> {
    return this.#step(await this.#client.connect(channel, fields));
  }

  async pasteCode(channel: ChannelId, pasted: string): Promise<Result<ConnectStep, ShopRefusal>> {
    return this.#step(await this.#client.pasteCode(channel, pasted));
  }

  async disconnect(channel: ChannelId): Promise<Result<null, ShopRefusal>> {
    const step = await this.#step(await this.#client.disconnect(channel));
    return step.ok ? ok(null) : step;
  }

  async #step(answer: Result<ConnectAnswer, ShopRefusal>) {
    // Other keys may be another shop: nothing that was learned of the old one holds.
    this.#channels = null;
    this.#proposal = null;
    await this.refresh();
    if (!answer.ok) return answer;
    const { channel, openUrl } = answer.value;
    return ok({ state: channel.state, openUrl });
  }

  async test(channel: ChannelId): Promise<Result<ShopTest, ShopRefusal>> {
    const opened = await this.#open(channel);
    if (!opened.ok) return opened;
    const told = await opened.value.testConnection();
    await this.refresh();
    if (!told.ok) return refusedByChannel(told.error);
    const { sleep } = this.#ports;
    const counted = await countListings(opened.value, { sleep });
    // A right that is missing is the finding, not a failed test.
    if (!counted.ok && told.value.missing.length === 0) return refusedByChannel(counted.error);
    const { listings, more } = counted.ok ? counted.value : { listings: 0, more: false };
    return ok({ ...told.value, listings, more });
  }

  /** Reads the listings of every connected shop. Nothing is booked. */
  async read(): Promise<Result<ShopReading, ShopRefusal>> {
    await this.refresh();
    const connected = (this.#connections ?? []).filter(({ state }) => usable.includes(state));
    if (connected.length === 0) return err({ code: "nothing_connected" });
    const known = await this.#ports.record.refresh();
    if (!known.ok) return err({ code: "refused", detail: known.error.code });
    try {
      return await this.#readAll(connected.map(({ channel }) => channel));
    } finally {
      this.#tell(null);
    }
  }

  async #readAll(channels: readonly ChannelId[]): Promise<Result<ShopReading, ShopRefusal>> {
    const readings: ChannelReading[] = [];
    const failed: ShopReading["failed"][number][] = [];
    for (const channel of channels) {
      const opened = await this.#open(channel);
      if (!opened.ok) return opened;
      this.#tell({ kind: "listings", channel, found: 0 });
      const reading = await readShop(opened.value, {
        sleep: this.#ports.sleep,
        onProgress: (found) => this.#tell({ kind: "listings", channel, found }),
      });
      if (reading.ok) readings.push(reading.value);
      else failed.push({ channel, kind: reading.error.kind, detail: refusalDetail(reading.error) });
    }
    this.#proposal = proposeLive(readings, this.#ports.record.skus);
    return ok({ ...this.#proposal.reading, failed });
  }

  #tell(work: Work | null): void {
    this.#work = work;
    this.#ports.onChange();
  }

  /** The channel over the live line; whoever leads the live book elsewhere is not disturbed. */
  async #open(channel: ChannelId): Promise<Result<Channel, ShopRefusal>> {
    const { holder, openChannels } = this.#ports;
    const request = { action: "acquire", holder };
    const answer = await this.#line.post(`/api/lease/${LIVE_BOOK}`, request);
    if (!answer.ok) return err({ code: "companion_down" });
    const lease = v.safeParse(leaseAnswerSchema, answer.value);
    if (!lease.success || !lease.output.granted) return err({ code: "not_leader" });
    this.#line.fence = lease.output.fence;
    this.#channels ??= openChannels(this.#line);
    const found = this.#channels.find(({ id }) => id === channel);
    return found === undefined ? err({ code: "nothing_connected" }) : ok(found);
  }
}

function refusedByChannel(refusal: Refusal): Result<never, ShopRefusal> {
  return err({ code: "channel", kind: refusal.kind, detail: refusalDetail(refusal) });
}
