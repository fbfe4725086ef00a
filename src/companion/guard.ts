/**
 * What every request must pass before anything looks at it (limits.md 10, security 2 to 4).
 *
 * A web page of a stranger can make the browser call this server, also under a name that resolves
 * to 127.0.0.1. So the Host must be one of our own names with our own port, an Origin must be one
 * of our own, and calls to `/api` must carry the install's token, which only our page knows.
 */
import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { TOKEN_HEADER } from "../channels/http/relay-contract";
import { refusal, type Refusal } from "./refusal";

export interface GuardOptions {
  readonly token: string;
  /** The port that the server listens on. */
  readonly port: number;
  readonly scheme: "http" | "https";
}

const ownNames = ["localhost", "127.0.0.1", "[::1]"];

export class Guard {
  readonly #hosts: ReadonlySet<string>;
  readonly #origins: ReadonlySet<string>;
  readonly #token: Buffer;

  constructor(options: GuardOptions) {
    const usual = options.scheme === "https" ? 443 : 80;
    const suffix = options.port === usual ? "" : `:${options.port}`;
    this.#hosts = new Set(ownNames.map((name) => `${name}${suffix}`));
    this.#origins = new Set(ownNames.map((name) => `${options.scheme}://${name}${suffix}`));
    this.#token = Buffer.from(options.token);
  }

  /** Null when the request may go on. Looks at the head only; the body is not read yet. */
  check(request: IncomingMessage): Refusal | null {
    return (
      this.#checkHost(request) ??
      this.#checkOrigin(request) ??
      checkForm(request) ??
      (isApi(request) ? this.#checkApi(request) : null)
    );
  }

  #checkHost(request: IncomingMessage): Refusal | null {
    const hosts = valuesOf(request, "host");
    if (hosts.length === 1 && this.#hosts.has(hosts[0] ?? "")) return null;
    return refusal("bad_host", "This server answers to its own names on this machine only");
  }

  #checkOrigin(request: IncomingMessage): Refusal | null {
    const origins = valuesOf(request, "origin");
    if (origins.length === 0) return null;
    if (origins.length === 1 && this.#origins.has(origins[0] ?? "")) return null;
    return refusal("bad_origin", "This server answers to its own pages only");
  }

  #checkApi(request: IncomingMessage): Refusal | null {
    const site = valuesOf(request, "sec-fetch-site");
    if (site.some((value) => value !== "same-origin" && value !== "none")) {
      return refusal("bad_origin", "This server answers to its own pages only");
    }
    const tokens = valuesOf(request, TOKEN_HEADER);
    if (tokens.length !== 1 || !this.#isToken(tokens[0] ?? "")) {
      return refusal("bad_token", `${TOKEN_HEADER} is missing or not this install's`);
    }
    if (request.method === "POST") {
      const types = valuesOf(request, "content-type");
      if (types.length !== 1 || !/^application\/json(;\s*charset=utf-8)?$/i.test(types[0] ?? "")) {
        return refusal("bad_request", "POST takes application/json only", 415);
      }
    }
    return null;
  }

  /** Takes the same time wherever the first wrong character stands; the length is no secret. */
  #isToken(text: string): boolean {
    const shown = Buffer.from(text);
    return shown.length === this.#token.length && timingSafeEqual(shown, this.#token);
  }
}

/** No tunnels, no upgrades, no foreign methods, no absolute targets, no second body length. */
function checkForm(request: IncomingMessage): Refusal | null {
  if (!(request.url ?? "").startsWith("/")) {
    return refusal("bad_request", "The request target must be a path");
  }
  if (request.headers.upgrade !== undefined) {
    return refusal("bad_request", "This server has no WebSockets");
  }
  const method = request.method ?? "";
  if (method === "GET" || method === "HEAD" || (method === "POST" && isApi(request))) return null;
  return refusal("not_found", "No such method here", 405);
}

/** By the bare target; another spelling of the same path never reaches a call (`server.ts`). */
export function isApi(request: IncomingMessage): boolean {
  return /^\/api(?:[/?]|$)/.test(request.url ?? "");
}

/** Every value of a header as it came, twice where it came twice; `name` in lower case. */
function valuesOf({ rawHeaders }: IncomingMessage, name: string): readonly string[] {
  const values: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const key = rawHeaders[at] ?? "";
    if (key.length === name.length && key.toLowerCase() === name) {
      values.push(rawHeaders[at + 1] ?? "");
    }
  }
  return values;
}
