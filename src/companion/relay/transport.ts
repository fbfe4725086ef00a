/**
 * One call to a channel over the network: bounded in time and size, redirects not followed, connections
 * kept. Errors are the system's short codes alone: a URL can carry a secret (channels.md 1.1).
 */
import http from "node:http";
import https from "node:https";
import { isIP } from "node:net";
import type { OutgoingRequest } from "../../channels/http/channel-auth";
import { passedHeaders, type RelayResponse } from "../../channels/http/relay-contract";
import { err, ok, type Result } from "../../base/result";
import { errorCode } from "../disk";
import { isLoopback, isPublic, lookupOnly } from "./addresses";

const ANSWER_BYTES_MAX = 16 * 1024 * 1024;

export interface TransportOptions {
  readonly timeoutMs: number;
}

/** Why a call has no answer: a short code. */
export type TransportFault = string;

export class Transport {
  readonly #timeoutMs: number;
  readonly #nearby = {
    http: new http.Agent({ keepAlive: true, maxSockets: 64 }),
    https: new https.Agent({ keepAlive: true, maxSockets: 64 }),
    lookup: lookupOnly(isLoopback),
  };
  readonly #official = {
    https: new https.Agent({ keepAlive: true, maxSockets: 64, minVersion: "TLSv1.2" }),
    lookup: lookupOnly(isPublic),
  };

  constructor(options: TransportOptions) {
    this.#timeoutMs = options.timeoutMs;
  }

  /** `origin` is the one the caller decided on; a request that left it would not be sent. */
  send(request: OutgoingRequest, origin: string): Promise<Result<RelayResponse, TransportFault>> {
    const url = URL.canParse(request.url) ? new URL(request.url) : null;
    if (url === null || url.origin !== origin || url.username !== "" || url.password !== "") {
      return Promise.resolve(err("EWRONGHOST"));
    }
    const bare = url.hostname.replace(/^\[|\]$/g, "");
    const nearby = bare === "localhost" || isLoopback(bare);
    if (!nearby && (url.protocol !== "https:" || isIP(bare) !== 0)) {
      return Promise.resolve(err("EWRONGHOST"));
    }
    const options: https.RequestOptions = {
      method: request.method,
      headers: {
        "user-agent": "StreamStock",
        "accept-encoding": "identity",
        ...request.headers,
        ...(request.body === null ? {} : { "content-length": Buffer.byteLength(request.body) }),
      },
      lookup: nearby ? this.#nearby.lookup : this.#official.lookup,
      agent: nearby
        ? url.protocol === "https:"
          ? this.#nearby.https
          : this.#nearby.http
        : this.#official.https,
    };
    return this.#exchange(url, options, request.body, false);
  }

  close(): void {
    this.#nearby.http.destroy();
    this.#nearby.https.destroy();
    this.#official.https.destroy();
  }

  #exchange(
    url: URL,
    options: https.RequestOptions,
    body: string | null,
    again: boolean,
  ): Promise<Result<RelayResponse, TransportFault>> {
    return new Promise((resolve) => {
      const call = (url.protocol === "https:" ? https : http).request(url, options);
      const timer = setTimeout(() => call.destroy(fault("ETIMEDOUT")), this.#timeoutMs);
      const settle = (result: Result<RelayResponse, TransportFault>) => {
        clearTimeout(timer);
        resolve(result);
      };
      call.on("error", (error) => {
        const code = errorCode(error);
        // The channel closed a kept connection just as it was used again: nothing was read of it.
        if (call.reusedSocket && code === "ECONNRESET" && !again) {
          clearTimeout(timer);
          resolve(this.#exchange(url, { ...options, agent: false }, body, true));
        } else settle(err(code));
      });
      call.on("response", (answer) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        answer.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
          chunks.push(chunk);
          if (bytes > ANSWER_BYTES_MAX) call.destroy(fault("EANSWERTOOLARGE"));
        });
        answer.on("error", (error) => settle(err(errorCode(error))));
        answer.on("end", () =>
          settle(
            ok({
              status: answer.statusCode ?? 0,
              headers: passed(answer.headers),
              body: Buffer.concat(chunks).toString("utf8"),
            }),
          ),
        );
      });
      call.end(body ?? undefined);
    });
  }
}

function fault(code: string): Error {
  return Object.assign(new Error(code), { code });
}

function passed(headers: http.IncomingHttpHeaders): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of passedHeaders) {
    const value = headers[name];
    if (typeof value === "string") kept[name] = value;
  }
  return kept;
}
