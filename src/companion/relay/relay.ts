/**
 * Hands a page's request to a channel, with what the page must not know: host, keys, signature.
 * Which host that is follows from book and channel alone; nothing in the request can change it.
 */
import type { BookId, ChannelId } from "../../base/ids";
import { channelIds, isRehearsal } from "../../base/ids";
import { err, ok, type Result } from "../../base/result";
import type { Clock } from "../../base/clock";
import type { ChannelAuth, ChannelHosts } from "../../channels/http/channel-auth";
import type { RelayRequest, RelayResponse } from "../../channels/http/relay-contract";
import { amazonAuth } from "../../channels/amazon/auth";
import { ebayAuth } from "../../channels/ebay/auth";
import { shopifyAuth } from "../../channels/shopify/auth";
import { tiktokAuth } from "../../channels/tiktok/auth";
import { errorCode } from "../disk";
import { notLeading, refusal, type Refusal } from "../refusal";
import type { Redirect } from "../settings";
import { isPlainPath } from "./plain-path";
import {
  connect,
  NOT_LEADING,
  parseCredentials,
  type Connection,
  type ConnectionHealth,
} from "./connection";
import type { CredentialsSource } from "./credentials-file";
import { fingerprint, type KeptCredentials, type Shop } from "./kept-credentials";
import { lacksRight } from "./rights";
import type { Transport } from "./transport";

export interface RelayOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly kept: KeptCredentials;
  readonly live: CredentialsSource;
  readonly redirects: Readonly<Partial<Record<ChannelId, Redirect>>>;
  /** Null: no rehearsal runs. */
  readonly rehearsal: { readonly credentials: CredentialsSource; readonly origin: string } | null;
}

interface Opened {
  /** The credentials as they were read: the same object while they have not changed. */
  readonly raw: unknown;
  readonly source: string;
  readonly connection: Promise<Result<Connection, string>>;
}

export class Relay {
  readonly #options: RelayOptions;
  readonly #opened = new Map<string, Opened>();

  constructor(options: RelayOptions) {
    this.#options = options;
  }

  /** `leads` is asked again when all is ready to be sent: a new token may have taken its time. */
  async forward(
    book: BookId,
    channel: ChannelId,
    request: RelayRequest,
    leads: () => boolean,
  ): Promise<Result<RelayResponse, Refusal>> {
    if (!isPlainPath(request.path)) return err(refusal("bad_request", "That path is not plain"));
    const shop: Shop = isRehearsal(book) ? "rehearsal" : "live";
    const connection = await this.#connection(shop, channel);
    if (!connection.ok) return err(refusal("not_connected", connection.error));
    if (!connection.value.allows(request)) {
      return err(refusal("bad_request", `The relay passes no such request on to ${channel}`));
    }
    const answer = await connection.value.send(request, leads);
    if (answer.ok) return answer;
    if (answer.error === NOT_LEADING) return err(notLeading());
    return err(refusal("upstream_unreachable", `${channel} did not answer (${answer.error})`));
  }

  /** Live channels whose credentials are there and well formed. */
  async connected(): Promise<readonly ChannelId[]> {
    const found: ChannelId[] = [];
    for (const channel of channelIds) {
      if ((await this.#connection("live", channel)).ok) found.push(channel);
    }
    return found;
  }

  async #connection(shop: Shop, channel: ChannelId): Promise<Result<Connection, string>> {
    const { live, rehearsal } = this.#options;
    const from = shop === "live" ? live : rehearsal?.credentials;
    const raw = (await from?.content())?.get(channel);
    if (raw === undefined) return err(`No ${channel} shop is connected to this book`);
    const key = `${shop} ${channel}`;
    const known = this.#opened.get(key);
    if (known?.raw === raw) return known.connection;
    const source = fingerprint(raw);
    const connection =
      known?.source === source ? known.connection : this.#openChannel(shop, channel, raw, source);
    this.#opened.set(key, { raw, source, connection });
    return connection;
  }

  #openChannel(
    shop: Shop,
    channel: ChannelId,
    raw: unknown,
    source: string,
  ): Promise<Result<Connection, string>> {
    switch (channel) {
      case "tiktok":
        return this.#open(tiktokAuth, shop, channel, raw, source);
      case "shopify":
        return this.#open(shopifyAuth, shop, channel, raw, source);
      case "amazon":
        return this.#open(amazonAuth, shop, channel, raw, source);
      case "ebay":
        return this.#open(ebayAuth, shop, channel, raw, source);
    }
  }

  async #open<Credentials>(
    auth: ChannelAuth<Credentials>,
    shop: Shop,
    channel: ChannelId,
    raw: unknown,
    source: string,
  ): Promise<Result<Connection, string>> {
    const { kept, transport, clock } = this.#options;
    const given = parseCredentials(auth, raw);
    if (!given.ok) return err(`The ${channel} credentials do not fit at: ${given.error}`);
    const renewed = parseCredentials(auth, await kept.read(shop, channel, source));
    const credentials = renewed.ok ? renewed.value : given.value;
    const hosts = this.#hosts(shop, channel, auth.officialHosts(credentials));
    if (hosts === null) return err("No rehearsal runs");
    const keep = async (changed: Credentials) => {
      try {
        await kept.write(shop, channel, source, changed);
        return true;
      } catch (error) {
        // In memory it still works, and it is tried again with the next call.
        console.error(`relay: renewed ${channel} tokens could not be kept (${errorCode(error)})`);
        return false;
      }
    };
    return ok(
      connect({
        auth,
        credentials,
        hosts,
        transport,
        clock,
        keep,
        lacksRight: (response) => lacksRight(channel, response),
      }),
    );
  }

  /** Where the live shop of a channel is reached. */
  liveHosts(channel: ChannelId, official: ChannelHosts): ChannelHosts {
    return this.#hosts("live", channel, official) ?? official;
  }

  /** Waits for tokens that are just being renewed. */
  async settled(): Promise<void> {
    const opened = await Promise.all([...this.#opened.values()].map((one) => one.connection));
    await Promise.all(opened.map((one) => (one.ok ? one.value.settled() : Promise.resolve())));
  }

  /** The shop was connected anew or not at all: what was known of it holds no more. */
  forgetLive(channel: ChannelId): void {
    this.#opened.delete(`live ${channel}`);
  }

  /** What calls to a live shop have shown; null: its credentials are not there or do not fit. */
  async liveHealth(channel: ChannelId): Promise<ConnectionHealth | null> {
    const connection = await this.#connection("live", channel);
    return connection.ok ? connection.value.health : null;
  }

  #hosts(shop: Shop, channel: ChannelId, official: ChannelHosts): ChannelHosts | null {
    if (shop === "rehearsal") {
      const origin = this.#options.rehearsal?.origin;
      return origin === undefined ? null : { api: origin, auth: origin };
    }
    const redirect = this.#options.redirects[channel];
    // A channel with one host for both is redirected as a whole.
    const single = official.api === official.auth;
    return {
      api: redirect?.api ?? official.api,
      auth: redirect?.auth ?? (single ? redirect?.api : undefined) ?? official.auth,
    };
  }
}
