/** The adapter's way to a sandbox on a real port: authorised and renewed as the relay does it. */
import { err, ok } from "../../src/base/result";
import type { ChannelHttp } from "../../src/channels/channel";
import { ebayAuth, type EbayCredentials } from "../../src/channels/ebay/auth";
import type { ChannelTokens, OutgoingRequest } from "../../src/channels/http/channel-auth";
import type { RelayResponse } from "../../src/channels/http/relay-contract";
import type { Stand } from "./stand";

export interface EbayLine extends ChannelHttp {
  /** Method and path of every call that was tried, tokens among them. */
  readonly tried: string[];
}

export function credentialsOf(stand: Stand): EbayCredentials {
  return { ...stand.keyring.read().ebay, environment: "production" };
}

export function ebayLine(stand: Stand, now: () => number): EbayLine {
  const hosts = { api: stand.origin, auth: stand.origin };
  const tried: string[] = [];
  let tokens: ChannelTokens | null = null;

  async function exchange({ method, url, headers, body }: OutgoingRequest): Promise<RelayResponse> {
    tried.push(`${method} ${new URL(url).pathname}`);
    const answer = await fetch(url, { method, headers, body });
    const text = await answer.text();
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: text };
  }

  async function renew(): Promise<ChannelTokens> {
    const reply = await exchange(ebayAuth.refreshRequest(credentialsOf(stand), tokens, hosts));
    const read = ebayAuth.readRefresh(reply, now());
    if (!read.ok) throw new Error(read.error);
    return read.value;
  }

  return {
    tried,
    async send(request) {
      if (!ebayAuth.allows(request)) throw new Error(`the relay would refuse ${request.path}`);
      try {
        tokens ??= await renew();
        const ask = (using: ChannelTokens) =>
          exchange(ebayAuth.authorise(request, credentialsOf(stand), using, hosts, now()));
        const first = await ask(tokens);
        if (!ebayAuth.isExpired(first)) return ok(first);
        tokens = await renew();
        return ok(await ask(tokens));
      } catch (error) {
        return err({ kind: "unreachable", message: String(error) });
      }
    },
  };
}
