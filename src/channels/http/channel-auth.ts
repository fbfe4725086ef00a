/**
 * What the companion must know of a channel to call it: how a request is authorised, how a token is
 * renewed, and what may be asked at all. Pure: keys, tokens, hosts and the clock come in as
 * arguments, so the companion alone decides where they are kept and when they are used.
 *
 * Implemented by `channels/<name>/auth.ts`, which runs in Node only and is never imported by the
 * adapter that ships to the browser. Nothing that these functions return may be logged: headers
 * and refresh URLs carry secrets.
 */
import type { GenericSchema } from "valibot";
import type { Result } from "../../base/result";
import type { RelayRequest, RelayResponse } from "./relay-contract";

/** Origins ("https://host", no slash at the end). Equal where a channel has one host for both. */
export interface ChannelHosts {
  readonly api: string;
  readonly auth: string;
}

export interface ChannelTokens {
  readonly accessToken: string;
  /** Null where the channel renews from the client's credentials alone. */
  readonly refreshToken: string | null;
  /** Milliseconds since the epoch, by the channel's clock. */
  readonly expiresAt: number;
}

/** A request as it goes over the wire. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface ChannelAuth<Credentials> {
  /** What the seller's credentials file holds for this channel. */
  readonly credentialsSchema: GenericSchema<unknown, Credentials>;
  /** The official hosts; a test may use others of its own. */
  officialHosts(credentials: Credentials): ChannelHosts;
  /** The tokens that come with the credentials; null: ask for some first. */
  tokensOf(credentials: Credentials): ChannelTokens | null;
  /** The credentials to keep from now on (a rotated refresh token must outlive the process). */
  withTokens(credentials: Credentials, tokens: ChannelTokens): Credentials;
  /** Whether the relay may forward this request: method and path are ones the product needs. */
  allows(request: RelayRequest): boolean;
  /** `nowMs` is the channel's clock (own clock corrected by its Date header). */
  authorise(
    request: RelayRequest,
    credentials: Credentials,
    tokens: ChannelTokens,
    hosts: ChannelHosts,
    nowMs: number,
  ): OutgoingRequest;
  refreshRequest(
    credentials: Credentials,
    tokens: ChannelTokens | null,
    hosts: ChannelHosts,
  ): OutgoingRequest;
  /** The error is a sentence for the log, without secrets. */
  readRefresh(response: RelayResponse, nowMs: number): Result<ChannelTokens, string>;
  /** True when this answer to an authorised request says: renew the token and ask once more. */
  isExpired(response: RelayResponse): boolean;
}

/** Why a pasted text is no consent: nothing usable in it, the seller said no, or not this consent. */
export type ConsentFault = "no_code" | "declined" | "other_state";

/**
 * How a seller's consent in her browser becomes credentials, where the channel sends her to a page
 * that this machine does not serve and she pastes what it shows. `App` is what she enters beforehand.
 * The code opens once and for minutes only; the exchange is asked once.
 */
export interface ChannelConsent<App, Credentials> {
  readonly appSchema: GenericSchema<unknown, App>;
  /** To be opened in the seller's own browser; holds no secret. `state`: unguessable, made per try. */
  url(app: App, state: string): string;
  /** The code in what was pasted: the page's whole address, whose state must be ours, or the code. */
  readPasted(pasted: string, state: string): Result<string, ConsentFault>;
  exchange(app: App, code: string, hosts: ChannelHosts): OutgoingRequest;
  /** The error is a sentence for the log, without secrets. */
  readExchange(
    app: App,
    response: RelayResponse,
    nowMs: number,
  ): Result<{ readonly credentials: Credentials; readonly tokens: ChannelTokens }, string>;
  /** A last question with the new token, where credentials are not whole without its answer. */
  readonly complete?: {
    request(
      credentials: Credentials,
      tokens: ChannelTokens,
      hosts: ChannelHosts,
      nowMs: number,
    ): OutgoingRequest;
    /** `shop` is its name, "" where the channel tells none. */
    read(
      credentials: Credentials,
      response: RelayResponse,
    ): Result<{ readonly credentials: Credentials; readonly shop: string }, string>;
  };
}
