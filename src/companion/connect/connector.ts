/**
 * Connecting a shop, step by step (connect-contract.ts): the seller's keys are tried with the channel
 * before they are kept, and nothing of them is ever told again.
 */
import { randomBytes } from "node:crypto";
import * as v from "valibot";
import { channelIds, type ChannelId } from "../../base/ids";
import { err, ok, type Result } from "../../base/result";
import type { Clock } from "../../base/clock";
import type { ChannelConsent } from "../../channels/http/channel-auth";
import type {
  ChannelConnection,
  ConnectAnswer,
  ConnectionState,
} from "../../channels/http/connect-contract";
import { refusal, type Refusal } from "../refusal";
import { connect, isRefusal } from "../relay/connection";
import type { Relay } from "../relay/relay";
import type { Transport } from "../relay/transport";
import type { LiveShops } from "./live-shops";
import { withWay, type Way } from "./ways";

/** A consent page that nobody came back from. TikTok's codes end after 30 minutes too. */
const CONSENT_WITHIN_MS = 30 * 60_000;

export interface ConnectRefusal {
  readonly refusal: Refusal;
  /** The field that is why, or "". */
  readonly field: string;
}

type Answer = Result<ConnectAnswer, ConnectRefusal>;

export interface ConnectorOptions {
  readonly relay: Relay;
  readonly shops: LiveShops;
  readonly transport: Transport;
  readonly clock: Clock;
}

interface OpenConsent {
  readonly until: number;
  /** Goes on with what the seller pasted. */
  readonly finish: (pasted: string) => Promise<Answer>;
}

export class Connector {
  readonly #options: ConnectorOptions;
  readonly #consents = new Map<ChannelId, OpenConsent>();

  constructor(options: ConnectorOptions) {
    this.#options = options;
  }

  list(): Promise<readonly ChannelConnection[]> {
    return Promise.all(channelIds.map((channel) => this.#describe(channel)));
  }

  async connect(channel: ChannelId, fields: Readonly<Record<string, string>>): Promise<Answer> {
    if (await this.#options.shops.isFromFile(channel)) return refuse("set_by_file", fromFile);
    return withWay(channel, (way) => {
      const known = new Set(way.fields.map(({ name }) => name));
      // What was left empty is absent: the channel's own form has the defaults.
      const given = Object.fromEntries(
        Object.entries(fields).filter(([name, text]) => known.has(name) && text.trim() !== ""),
      );
      const { consent } = way;
      if (consent !== null) return this.#openConsent(channel, { ...way, consent }, given);
      return this.#tryKeys(channel, way, given);
    });
  }

  async pasteCode(channel: ChannelId, pasted: string): Promise<Answer> {
    const open = this.#consents.get(channel);
    if (open === undefined || this.#options.clock.now() > open.until) {
      this.#consents.delete(channel);
      return refuse("no_consent", "No consent is open for this channel");
    }
    return open.finish(pasted);
  }

  async disconnect(channel: ChannelId): Promise<Answer> {
    if (await this.#options.shops.isFromFile(channel)) return refuse("set_by_file", fromFile);
    this.#consents.delete(channel);
    await this.#options.shops.remove(channel);
    this.#options.relay.forgetLive(channel);
    return this.#done(channel);
  }

  async #openConsent<App, Credentials>(
    channel: ChannelId,
    way: Way<App, Credentials> & { readonly consent: ChannelConsent<App, Credentials> },
    given: object,
  ): Promise<Answer> {
    const app = v.safeParse(way.consent.appSchema, given, { abortEarly: true });
    if (!app.success) return badField(v.getDotPath(app.issues[0]));
    const state = randomBytes(24).toString("base64url");
    this.#consents.set(channel, {
      until: this.#options.clock.now() + CONSENT_WITHIN_MS,
      finish: (pasted) => this.#exchange(channel, way, app.output, state, pasted),
    });
    return this.#done(channel, way.consent.url(app.output, state));
  }

  async #exchange<App, Credentials>(
    channel: ChannelId,
    {
      auth,
      consent,
    }: Way<App, Credentials> & { readonly consent: ChannelConsent<App, Credentials> },
    app: App,
    state: string,
    pasted: string,
  ): Promise<Answer> {
    const { clock, relay, transport } = this.#options;
    const code = consent.readPasted(pasted, state);
    if (!code.ok) return refuse("code_refused", `The pasted text is refused: ${code.error}`);
    // The hosts follow from what the app says of itself (its environment), before there are tokens.
    const hosts = relay.liveHosts(channel, auth.officialHosts(app as unknown as Credentials));
    const answer = await transport.send(consent.exchange(app, code.value, hosts), hosts.auth);
    if (!answer.ok) return unreachable(channel, answer.error);
    const granted = consent.readExchange(app, answer.value, clock.now());
    if (!granted.ok) return refusedBy(channel, granted.error, isRefusal(answer.value));
    const { credentials, tokens } = granted.value;
    const last = consent.complete;
    if (last === undefined) return this.#keep(channel, credentials, "");
    const asked = last.request(credentials, tokens, hosts, clock.now());
    const told = await transport.send(asked, hosts.api);
    if (!told.ok) return unreachable(channel, told.error);
    const whole = last.read(credentials, told.value);
    if (!whole.ok) return refusedBy(channel, whole.error, isRefusal(told.value));
    return this.#keep(channel, whole.value.credentials, whole.value.shop);
  }

  /** Keys that need no consent page are tried by asking for a token. */
  async #tryKeys<App, Credentials>(
    channel: ChannelId,
    { auth, shopField }: Way<App, Credentials>,
    given: Readonly<Record<string, string>>,
  ): Promise<Answer> {
    const { relay, transport, clock } = this.#options;
    const credentials = v.safeParse(auth.credentialsSchema, given, { abortEarly: true });
    if (!credentials.success) return badField(v.getDotPath(credentials.issues[0]));
    let kept = credentials.output;
    const trial = connect({
      auth,
      credentials: kept,
      hosts: relay.liveHosts(channel, auth.officialHosts(kept)),
      transport,
      clock,
      keep: (changed) => {
        kept = changed;
        return Promise.resolve(true);
      },
      lacksRight: () => false,
    });
    const ready = await trial.ready();
    if (!ready.ok) {
      return trial.health.revoked
        ? refuse("keys_refused", `${channel} does not take these keys`)
        : unreachable(channel, ready.error);
    }
    return this.#keep(channel, kept, given[shopField ?? ""]?.trim() ?? "");
  }

  async #keep(channel: ChannelId, credentials: unknown, shop: string): Promise<Answer> {
    const connectedAt = this.#options.clock.now();
    // Whole or not at all: until the new record is on disk the old one stands.
    await this.#options.shops.save(channel, { shop: shop.slice(0, 200), connectedAt, credentials });
    this.#options.relay.forgetLive(channel);
    this.#consents.delete(channel);
    return this.#done(channel);
  }

  async #done(channel: ChannelId, openUrl: string | null = null): Promise<Answer> {
    return ok({ channel: await this.#describe(channel), openUrl });
  }

  async #describe(channel: ChannelId): Promise<ChannelConnection> {
    const { relay, shops, clock } = this.#options;
    const fromFile = await shops.isFromFile(channel);
    const shop = fromFile ? "absent" : await shops.shop(channel);
    const record = typeof shop === "string" ? null : shop;
    const health = await relay.liveHealth(channel);
    const now = clock.now();
    const consentMs = withWay(channel, (way) => way.consentMs);
    const expiresAt = record && consentMs !== null ? record.connectedAt + consentMs : null;
    const consentOpen = (this.#consents.get(channel)?.until ?? 0) > now;
    const state = (): ConnectionState => {
      if (consentOpen) return "consent_open";
      if (shop === "locked") return "locked";
      if (health === null) return "not_connected";
      if (expiresAt !== null && now >= expiresAt) return "expired";
      if (health.revoked) return "revoked";
      return health.rightsMissing ? "rights_missing" : "connected";
    };
    return {
      channel,
      state: state(),
      shop: record?.shop ?? "",
      expiresAt,
      accessUntil: health?.accessUntil ?? null,
      fromFile,
      consent: withWay(channel, (way) => way.consent !== null),
      fields: withWay(channel, (way) => [...way.fields]),
    };
  }
}

const fromFile = "This channel's keys come from STREAMSTOCK_CREDENTIALS";

function refuse(
  code: "set_by_file" | "no_consent" | "code_refused" | "keys_refused" | "upstream_unreachable",
  message: string,
): Answer {
  return err({ refusal: refusal(code, message), field: "" });
}

function badField(path: string | null): Answer {
  const field = path?.split(".")[0] ?? "";
  return err({ refusal: refusal("bad_field", "A field is missing or has the wrong form"), field });
}

function unreachable(channel: ChannelId, fault: string): Answer {
  return refuse("upstream_unreachable", `${channel} did not answer (${fault})`);
}

/** The channel's reason goes to the log; it holds no secret. */
function refusedBy(channel: ChannelId, reason: string, isNo: boolean): Answer {
  console.error(`connect: ${reason}`);
  return isNo
    ? refuse("code_refused", `${channel} did not take the code`)
    : unreachable(channel, "no sensible answer");
}
