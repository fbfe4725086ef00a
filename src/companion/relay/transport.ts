/**
 * One call to a channel over the network: bounded in time and size, redirects not followed, connections
 * kept. Errors are short codes alone: a URL can carry a secret (channels.md 1.1).
 */
import { isIP } from "node:net";
import { Client, Pool } from "undici";
import type { OutgoingRequest } from "../../channels/http/channel-auth";
import type { RelayResponse } from "../../channels/http/relay-contract";
import { err, type Result } from "../../base/result";
import { errorCode } from "../disk";
import { atTurnsEnd } from "../turn";
import { isLoopback, isPublic, lookupOnly } from "./addresses";
import { AnswerReader, type TransportFault } from "./answer-reader";

const CONNECTIONS_MAX = 64;

export interface TransportOptions {
  readonly timeoutMs: number;
}

export class Transport {
  readonly #timeoutMs: number;
  /** One per origin; the origins are those of the channels and of the sandbox. */
  readonly #lines = new Map<string, Line>();

  constructor(options: TransportOptions) {
    this.#timeoutMs = options.timeoutMs;
  }

  /** `origin` is the one the caller decided on; a request that left it would not be sent. */
  async send(
    request: OutgoingRequest,
    origin: string,
  ): Promise<Result<RelayResponse, TransportFault>> {
    // Taken apart as a text: a URL's parser would mend what should be refused.
    if (!request.url.startsWith(`${origin}/`) || request.url.includes("#"))
      return err("EWRONGHOST");
    const path = request.url.slice(origin.length);
    const line = this.#lines.get(origin) ?? this.#open(origin);
    if (line === null) return err("EWRONGHOST");
    // A kept connection may have been closed by the channel just as it is used again.
    const kept = line.connected > 0;
    const answer = await exchange(line.pool, request, path, this.#timeoutMs);
    if (answer.ok || !kept || !closedUnread.has(answer.error)) return answer;
    const fresh = new Client(origin, line.options);
    try {
      return await exchange(fresh, request, path, this.#timeoutMs);
    } finally {
      void fresh.destroy();
    }
  }

  close(): void {
    for (const { pool } of this.#lines.values()) void pool.destroy();
    this.#lines.clear();
  }

  /** Null for an origin that nothing may be sent to. */
  #open(origin: string): Line | null {
    const url = parseUrl(origin);
    if (url?.origin !== origin) return null;
    if (!isNearby(url) && (url.protocol !== "https:" || isIP(bareName(url)) !== 0)) return null;
    const options = connectionOf(url);
    const pool = new Pool(origin, { ...options, connections: CONNECTIONS_MAX });
    const line: Line = { pool, options, connected: 0 };
    pool.on("connect", () => (line.connected += 1));
    pool.on("disconnect", () => (line.connected -= 1));
    this.#lines.set(origin, line);
    return line;
  }
}

/** The connections to one origin. */
interface Line {
  readonly pool: Pool;
  readonly options: Client.Options;
  /** How many are open. */
  connected: number;
}

/** The connection broke before a byte of the answer had come. */
const closedUnread: ReadonlySet<TransportFault> = new Set(["ECONNRESET", "UND_ERR_SOCKET"]);

function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

function bareName(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}

function isNearby(url: URL): boolean {
  const name = bareName(url);
  return name === "localhost" || isLoopback(name);
}

/** The time of a call is bounded as a whole, by `exchange`; the parts need no bounds of their own. */
function connectionOf(url: URL): Client.Options {
  return {
    headersTimeout: 0,
    bodyTimeout: 0,
    pipelining: 1,
    allowH2: false,
    connect: {
      lookup: lookupOnly(isNearby(url) ? isLoopback : isPublic),
      minVersion: "TLSv1.2",
    },
  };
}

function exchange(
  connection: Pool | Client,
  request: OutgoingRequest,
  path: string,
  timeoutMs: number,
): Promise<Result<RelayResponse, TransportFault>> {
  return new Promise((resolve) => {
    const reader = new AnswerReader((answer) => {
      clearTimeout(timer);
      resolve(answer);
    });
    const timer = setTimeout(() => reader.giveUp("ETIMEDOUT"), timeoutMs);
    atTurnsEnd(() => dispatch(connection, request, path, reader));
  });
}

function dispatch(
  connection: Pool | Client,
  { method, headers, body }: OutgoingRequest,
  path: string,
  reader: AnswerReader,
): void {
  // Names and values in turn: undici takes such a list as it is.
  const all = ["user-agent", "StreamStock", "accept-encoding", "identity"];
  for (const name in headers) all.push(name, headers[name] ?? "");
  try {
    connection.dispatch({ path, method, headers: all, body }, reader);
  } catch (error) {
    reader.giveUp(errorCode(error));
  }
}
