/**
 * One channel of one shop: its keys, its token, its clock. Asks for a token when there is none,
 * renews it before it ends and once more when the channel says that it has ended, and keeps what
 * must outlive the process before it uses it: TikTok's refresh token works only once.
 */
import * as v from "valibot";
import { err, ok, type Result } from "../../base/result";
import type { Clock } from "../../base/clock";
import type { ChannelAuth, ChannelHosts, ChannelTokens } from "../../channels/http/channel-auth";
import type { RelayRequest, RelayResponse } from "../../channels/http/relay-contract";
import { ChannelClock } from "./channel-clock";
import type { TransportFault } from "./answer-reader";
import type { Transport } from "./transport";

/** A token is renewed this long before its end, while it is still used; */
const RENEW_EARLY_MS = 5 * 60_000;
/** and so long before its end a call waits for the new one. */
const RENEW_BEFORE_MS = 60_000;
/** A correction larger than this may be why a request was refused; it is then asked once more. */
const CLOCK_JUMP_MS = 10_000;

/** The lease passed on before the call was on its way: nothing was sent. */
export const NOT_LEADING: TransportFault = "ENOTLEADING";

/** What calls so far have shown. */
export interface ConnectionHealth {
  /** The channel refused to renew the token: only the seller can help. */
  readonly revoked: boolean;
  /** The channel refused something for want of a right. */
  readonly rightsMissing: boolean;
  /** Milliseconds since the epoch, by the channel's clock; null: no token was asked for yet. */
  readonly accessUntil: number | null;
}

export interface Connection {
  readonly health: ConnectionHealth;
  /** Asks for a token when none holds; the keys of a shop are tried with it. */
  ready(): Promise<Result<ChannelTokens, TransportFault>>;
  /** Resolves when no renewal is under way: a token that works once must not be lost at the end. */
  settled(): Promise<void>;
  allows(request: RelayRequest): boolean;
  /** `leads` false just before a request would leave: it is not sent (`NOT_LEADING`). */
  send(request: RelayRequest, leads: () => boolean): Promise<Result<RelayResponse, TransportFault>>;
}

export interface ConnectionOptions<Credentials> {
  readonly auth: ChannelAuth<Credentials>;
  readonly credentials: Credentials;
  readonly hosts: ChannelHosts;
  readonly transport: Transport;
  readonly clock: Clock;
  /** Stores renewed credentials durably; false: they could not be. */
  readonly keep: (credentials: Credentials) => Promise<boolean>;
  readonly lacksRight: (response: RelayResponse) => boolean;
}

/** The credentials of one channel as a file has them; the error names the place, not the value. */
export function parseCredentials<Credentials>(
  auth: ChannelAuth<Credentials>,
  raw: unknown,
): Result<Credentials, string> {
  const parsed = v.safeParse(auth.credentialsSchema, raw, { abortEarly: true });
  if (parsed.success) return ok(parsed.output);
  return err(v.getDotPath(parsed.issues[0]) ?? "the whole object");
}

export function connect<Credentials>(options: ConnectionOptions<Credentials>): Connection {
  const { auth, hosts, transport, clock } = options;
  const channelClock = new ChannelClock();
  let credentials = options.credentials;
  let tokens = auth.tokensOf(credentials);
  let renewal: Promise<Result<ChannelTokens, TransportFault>> | null = null;

  let revoked = false;
  /** Renewed credentials that the disk did not take: offered to it again. */
  let unkept: Credentials | null = null;
  /** Method and path of what was refused for want of a right. */
  const refused = new Set<string>();

  const now = () => clock.now() + channelClock.skewMs;

  async function keep(changed: Credentials): Promise<void> {
    unkept = (await options.keep(changed)) ? null : changed;
  }

  async function renewNow(): Promise<Result<ChannelTokens, TransportFault>> {
    const answer = await transport.send(
      auth.refreshRequest(credentials, tokens, hosts),
      hosts.auth,
    );
    if (!answer.ok) return answer;
    const renewed = auth.readRefresh(answer.value, now());
    if (!renewed.ok) {
      console.error(`relay: ${renewed.error}`);
      if (!isRefusal(answer.value)) return err("ENOTOKEN");
      revoked = true;
      return err("ETOKENREFUSED");
    }
    revoked = false;
    tokens = renewed.value;
    credentials = auth.withTokens(credentials, tokens);
    // On disk before it is used: where a refresh token works once, this one is the only one left.
    await keep(credentials);
    return ok(tokens);
  }

  /** One renewal at a time; whoever comes meanwhile waits for the same one. */
  function renew(): Promise<Result<ChannelTokens, TransportFault>> {
    renewal ??= renewNow().finally(() => {
      renewal = null;
    });
    return renewal;
  }

  async function currentTokens(): Promise<Result<ChannelTokens, TransportFault>> {
    const known = tokens;
    const leftMs = known === null ? 0 : known.expiresAt - now();
    if (known !== null && leftMs > RENEW_BEFORE_MS) {
      if (leftMs <= RENEW_EARLY_MS) void renew();
      return ok(known);
    }
    const renewed = await renew();
    // A token that still holds is better than none.
    if (!renewed.ok && known !== null && now() < known.expiresAt) return ok(known);
    return renewed;
  }

  function learnRights(request: RelayRequest, answer: RelayResponse): void {
    const what = `${request.method} ${request.path}`;
    if (options.lacksRight(answer) && !auth.isExpired(answer)) {
      if (refused.size < 50) refused.add(what);
    } else if (refused.size > 0 && answer.status < 300) refused.delete(what);
  }

  async function ask(request: RelayRequest, using: ChannelTokens, leads: () => boolean) {
    if (!leads()) return { answer: err(NOT_LEADING), jumped: 0 };
    const sentAt = clock.now();
    const answer = await transport.send(
      auth.authorise(request, credentials, using, hosts, now()),
      hosts.api,
    );
    if (answer.ok) learnRights(request, answer.value);
    const jumped = answer.ok
      ? channelClock.learn(answer.value.headers["date"], sentAt, clock.now())
      : 0;
    return { answer, jumped };
  }

  async function send(
    request: RelayRequest,
    leads: () => boolean,
  ): Promise<Result<RelayResponse, TransportFault>> {
    if (unkept !== null) await keep(unkept);
    const first = await currentTokens();
    if (!first.ok) return first;
    const { answer, jumped } = await ask(request, first.value, leads);
    if (!answer.ok) return answer;
    if (auth.isExpired(answer.value)) {
      // Someone else may have renewed it while this request was on its way.
      const renewed =
        tokens !== null && tokens.accessToken !== first.value.accessToken
          ? ok(tokens)
          : await renew();
      return renewed.ok ? (await ask(request, renewed.value, leads)).answer : answer;
    }
    const refused = answer.value.status >= 400 && answer.value.status < 500;
    if (refused && jumped > CLOCK_JUMP_MS) return (await ask(request, first.value, leads)).answer;
    return answer;
  }

  return {
    get health() {
      return { revoked, rightsMissing: refused.size > 0, accessUntil: tokens?.expiresAt ?? null };
    },
    ready: currentTokens,
    settled: async () => {
      await renewal;
    },
    allows: (request) => auth.allows(request),
    send,
  };
}

/** A no, as opposed to a server in trouble or a page of somebody else's in between. */
export function isRefusal({ status, body }: RelayResponse): boolean {
  return [400, 401, 403].includes(status) || (status === 200 && /^\s*\{/.test(body));
}
