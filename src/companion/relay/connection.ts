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
import type { Transport, TransportFault } from "./transport";

/** A token is renewed this long before its end. */
const RENEW_BEFORE_MS = 60_000;
/** A correction larger than this may be why a request was refused; it is then asked once more. */
const CLOCK_JUMP_MS = 10_000;

export interface Connection {
  allows(request: RelayRequest): boolean;
  send(request: RelayRequest): Promise<Result<RelayResponse, TransportFault>>;
}

export interface ConnectionOptions<Credentials> {
  readonly auth: ChannelAuth<Credentials>;
  readonly credentials: Credentials;
  readonly hosts: ChannelHosts;
  readonly transport: Transport;
  readonly clock: Clock;
  /** Stores renewed credentials durably. */
  readonly keep: (credentials: Credentials) => Promise<void>;
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

  const now = () => clock.now() + channelClock.skewMs;

  async function renewNow(): Promise<Result<ChannelTokens, TransportFault>> {
    const answer = await transport.send(
      auth.refreshRequest(credentials, tokens, hosts),
      hosts.auth,
    );
    if (!answer.ok) return answer;
    const renewed = auth.readRefresh(answer.value, now());
    if (!renewed.ok) {
      console.error(`relay: ${renewed.error}`);
      return err("ETOKENREFUSED");
    }
    tokens = renewed.value;
    credentials = auth.withTokens(credentials, tokens);
    await options.keep(credentials);
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
    if (known !== null && now() < known.expiresAt - RENEW_BEFORE_MS) return ok(known);
    const renewed = await renew();
    // A token that still holds is better than none.
    if (!renewed.ok && known !== null && now() < known.expiresAt) return ok(known);
    return renewed;
  }

  async function ask(request: RelayRequest, using: ChannelTokens) {
    const sentAt = clock.now();
    const answer = await transport.send(
      auth.authorise(request, credentials, using, hosts, now()),
      hosts.api,
    );
    const jumped = answer.ok
      ? channelClock.learn(answer.value.headers["date"], sentAt, clock.now())
      : 0;
    return { answer, jumped };
  }

  async function send(request: RelayRequest): Promise<Result<RelayResponse, TransportFault>> {
    const first = await currentTokens();
    if (!first.ok) return first;
    const { answer, jumped } = await ask(request, first.value);
    if (!answer.ok) return answer;
    if (auth.isExpired(answer.value)) {
      // Someone else may have renewed it while this request was on its way.
      const renewed =
        tokens !== null && tokens.accessToken !== first.value.accessToken
          ? ok(tokens)
          : await renew();
      return renewed.ok ? (await ask(request, renewed.value)).answer : answer;
    }
    const refused = answer.value.status >= 400 && answer.value.status < 500;
    if (refused && jumped > CLOCK_JUMP_MS) return (await ask(request, first.value)).answer;
    return answer;
  }

  return { allows: (request) => auth.allows(request), send };
}
