/**
 * The sockets: 127.0.0.1 and, where the machine has it, ::1, on one port. Nothing else, ever.
 * Reads bodies itself, within bounds, so that no route can forget to.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { err, ok, type Result } from "../base/result";
import { FENCE_HEADER } from "../channels/http/relay-contract";
import { errorCode } from "./disk";
import { Guard, isApi } from "./guard";
import {
  apiHeaders,
  failure,
  refusal,
  refusalBody,
  refusalResponse,
  type Refusal,
} from "./refusal";
import type { Reply } from "./relay/relay-call";
import { atTurnsEnd } from "./turn";

const BODY_BYTES_MAX = 16 * 1024 * 1024;

/** What a route needs of a call besides its address; reading it off the Request would cost more. */
export interface ApiCall {
  /** Empty for a GET. */
  readonly body: string;
  /** The fencing token as it was sent; empty when absent. */
  readonly fence: string;
  /** Aborts when the connection ends before the call is answered. */
  readonly gone: () => AbortSignal;
}

export interface ServerOptions {
  /** 0: any free port. */
  readonly port: number;
  readonly token: string;
  /** PEM texts; null = plain http. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
  /** Gets what `isApi` says, and only that; `site` gets the rest and has no calls to offer. */
  readonly api: (request: Request, call: ApiCall) => Response | Promise<Response>;
  /** The relay's calls, whole: null when the target is another (relay-call.ts). */
  readonly relay: (target: string, call: ApiCall) => Promise<Reply> | null;
  readonly site: (request: Request) => Response | Promise<Response>;
}

export interface RunningServer {
  readonly port: number;
  /** Answers what is under way, then closes every socket. */
  close(): Promise<void>;
}

const noCall: ApiCall = { body: "", fence: "", gone: () => new AbortController().signal };

function endOf(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  const look = () => {
    if (!response.writableFinished) gone.abort();
  };
  if (response.closed) look();
  else response.once("close", look);
  return gone.signal;
}

/** The error is a sentence for the terminal. */
export async function listen(options: ServerOptions): Promise<Result<RunningServer, string>> {
  const state: { guard: Guard | null } = { guard: null };
  const bodies = new WeakMap<object, ApiCall>();
  const api = getRequestListener(
    (request, { incoming }) => options.api(request, bodies.get(incoming) ?? noCall),
    { errorHandler: internal, autoCleanupIncoming: false },
  );
  const site = getRequestListener((request) => options.site(request), { errorHandler: internal });
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    // Sent along behind a request that was refused: the answer to that one closes the connection.
    if (closing.has(request.socket)) return;
    const refused = state.guard?.check(request) ?? null;
    if (refused !== null) refuse(request, response, refused);
    else if (!isApi(request)) void site(request, response);
    else {
      readBody(request, response, (body) => {
        const fence = request.headers[FENCE_HEADER];
        const call = {
          body,
          fence: typeof fence === "string" ? fence : "",
          gone: () => endOf(response),
        };
        const relayed = request.method === "POST" ? options.relay(request.url ?? "", call) : null;
        if (relayed !== null) void answer(response, relayed);
        else {
          bodies.set(request, call);
          void api(request, response);
        }
      });
    }
  };
  const servers: Server[] = [];
  const closeAll = async () => {
    await Promise.all(servers.map(closeServer));
  };
  const first = await open(onRequest, "127.0.0.1", options);
  if (!first.ok) return err(explain(first.error, options.port));
  servers.push(first.value);
  const { port } = first.value.address() as AddressInfo;
  const second = await open(onRequest, "::1", { ...options, port });
  if (second.ok) servers.push(second.value);
  else if (second.error === "EADDRINUSE") {
    // Someone else would answer half of what the browser asks of "localhost".
    await closeAll();
    return err(explain(second.error, port));
  }
  state.guard = new Guard({
    token: options.token,
    port,
    scheme: options.tls === null ? "http" : "https",
  });
  return ok({ port, close: closeAll });
}

function explain(code: string, port: number): string {
  return code === "EADDRINUSE"
    ? `Port ${port} is in use by another program. Choose another one with PORT=...`
    : `Port ${port} cannot be opened (${code})`;
}

function internal(error: unknown): Response {
  console.error(`companion: ${errorCode(error)} in a request`);
  return refusalResponse(refusal("internal", "The companion failed"));
}

/** Head and body in one piece, of known length: one packet. */
async function answer(response: ServerResponse, relayed: Promise<Reply>): Promise<void> {
  let reply: Reply;
  try {
    reply = await relayed;
  } catch (error) {
    const refused = failure(error);
    reply = { status: refused.status, body: refusalBody(refused) };
  }
  const length = { "content-length": Buffer.byteLength(reply.body) };
  atTurnsEnd(() => {
    response.writeHead(reply.status, { ...apiHeaders, ...length });
    response.end(reply.body);
  });
}

function open(
  onRequest: (request: IncomingMessage, response: ServerResponse) => void,
  host: string,
  { port, tls }: Pick<ServerOptions, "port" | "tls">,
): Promise<Result<Server, string>> {
  return new Promise((resolve) => {
    const limits = { requestTimeout: 60_000, headersTimeout: 20_000 };
    // Excel on Windows cannot speak TLS 1.3 alone (platform.md 0.11).
    const server: Server =
      tls === null
        ? createServer(limits, onRequest)
        : createSecureServer({ ...limits, ...tls, minVersion: "TLSv1.2" }, onRequest);
    server.once("error", (error) => resolve(err(errorCode(error))));
    server.listen({ host, port, ipv6Only: host === "::1" }, () => resolve(ok(server)));
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 1500).unref();
  });
}

/** Connections on which a request was refused: nothing more is taken from them. */
const closing = new WeakSet<Socket>();

function refuse(request: IncomingMessage, response: ServerResponse, refused: Refusal): void {
  closing.add(request.socket);
  response.writeHead(refused.status, { ...apiHeaders, connection: "close" });
  response.end(request.method === "HEAD" ? "" : refusalBody(refused));
}

/** Reads the body of a call as a whole before the routes see it. */
function readBody(
  request: IncomingMessage,
  response: ServerResponse,
  go: (body: string) => void,
): void {
  if (request.method !== "POST") {
    go("");
    return;
  }
  const tooLarge = refusal("bad_request", "The body is larger than this server takes", 413);
  if (Number(request.headers["content-length"] ?? 0) > BODY_BYTES_MAX) {
    refuse(request, response, tooLarge);
    return;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= BODY_BYTES_MAX) chunks.push(chunk);
    else if (!response.headersSent) refuse(request, response, tooLarge);
  });
  request.on("end", () => {
    if (response.headersSent) return;
    const [only] = chunks;
    const whole = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
    go(whole.toString("utf8"));
  });
}
