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
import { shopifyAuth } from "../../channels/shopify/auth";
import { tiktokAuth } from "../../channels/tiktok/auth";
import { errorCode } from "../disk";
import { refusal, type Refusal } from "../refusal";
import type { Redirect } from "../settings";
import { connect, parseCredentials, type Connection } from "./connection";
import type { CredentialsFile } from "./credentials-file";
import { fingerprint, type KeptCredentials, type Shop } from "./kept-credentials";
import type { Transport } from "./transport";

export interface RelayOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly kept: KeptCredentials;
  /** Null: no live shop is connected. */
  readonly live: CredentialsFile | null;
  readonly redirects: Readonly<Partial<Record<ChannelId, Redirect>>>;
  /** Null: no rehearsal runs. */
  readonly rehearsal: { readonly credentials: CredentialsFile; readonly origin: string } | null;
}

interface Opened {
  readonly source: string;
  readonly connection: Promise<Result<Connection, string>>;
}

export class Relay {
  readonly #options: RelayOptions;
  readonly #opened = new Map<string, Opened>();

  constructor(options: RelayOptions) {
    this.#options = options;
  }

  async forward(
    book: BookId,
    channel: ChannelId,
    request: RelayRequest,
  ): Promise<Result<RelayResponse, Refusal>> {
    if (!isPlainPath(request.path)) return err(refusal("bad_request", "That path is not plain"));
    const shop: Shop = isRehearsal(book) ? "rehearsal" : "live";
    const connection = await this.#connection(shop, channel);
    if (!connection.ok) return err(refusal("not_connected", connection.error));
    if (!connection.value.allows(request)) {
      return err(refusal("bad_request", `The relay passes no such request on to ${channel}`));
    }
    const answer = await connection.value.send(request);
    if (answer.ok) return answer;
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
    const file =
      shop === "live" ? this.#options.live : (this.#options.rehearsal?.credentials ?? null);
    const raw = file === null ? undefined : (await file.content()).get(channel);
    if (raw === undefined) return err(`No ${channel} shop is connected to this book`);
    const key = `${shop} ${channel}`;
    const source = fingerprint(raw);
    const known = this.#opened.get(key);
    if (known?.source === source) return known.connection;
    const connection = this.#openChannel(shop, channel, raw, source);
    this.#opened.set(key, { source, connection });
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
      case "ebay":
        return Promise.resolve(err(`The relay cannot speak to ${channel} yet`));
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
      } catch (error) {
        // In memory it still works; after a restart the seller may have to connect again.
        console.error(`relay: renewed ${channel} tokens could not be kept (${errorCode(error)})`);
      }
    };
    return ok(connect({ auth, credentials, hosts, transport, clock, keep }));
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

/**
 * Printable ASCII, no empty, dot or encoded-dot segments, no encoded slashes: what the allow-list
 * sees is what the channel's server sees.
 */
function isPlainPath(path: string): boolean {
  if (!/^\/[!-~]*$/.test(path)) return false;
  if (/%2e|%2f|%5c|%0|%1|%25|;/i.test(path)) return false;
  const segments = path.slice(1).split("/");
  return !segments.some((segment) => segment === "" || segment === "." || segment === "..");
}
