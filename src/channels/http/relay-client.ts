/** How an adapter in the browser reaches its channel: through the companion's relay. */
import { err, type Result } from "../../base/result";
import type { BookId, ChannelId } from "../../base/ids";
import type { ChannelHttp, Refusal } from "../channel";
import { readJson } from "./json";
import { companionErrorSchema, relayResponseSchema } from "./relay-contract";
import type { RelayRequest, RelayResponse } from "./relay-contract";

export interface RelayClientOptions {
  /** The companion's origin. */
  readonly origin: string;
  readonly book: BookId;
  readonly channel: ChannelId;
  /** Adds the headers of relay-contract.ts: token and fencing token. */
  readonly fetch: typeof globalThis.fetch;
  /** Longer than the relay waits for the channel, so that its answer comes first. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 30_000;

export function relayClient(options: RelayClientOptions): ChannelHttp {
  const url = `${options.origin}/api/relay/${options.book}/${options.channel}`;
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  return {
    async send(request: RelayRequest): Promise<Result<RelayResponse, Refusal>> {
      let status: number;
      let text: string;
      try {
        const response = await options.fetch(url, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(request),
          redirect: "error",
          signal: AbortSignal.timeout(timeoutMs),
        });
        status = response.status;
        text = await response.text();
      } catch {
        return err({ kind: "companion_down" });
      }
      if (status !== 200) return err(companionRefusal(status, text));
      const reply = readJson(text, relayResponseSchema);
      return reply.ok ? reply : err({ kind: "malformed", where: `relay ${reply.error}` });
    },
  };
}

function companionRefusal(status: number, text: string): Refusal {
  const body = readJson(text, companionErrorSchema);
  // Not the companion's form: something else listens on its port, or nothing sensible does.
  if (!body.ok) return { kind: "companion_down" };
  const { code, message } = body.value.error;
  switch (code) {
    case "fenced_off":
    case "lease_held":
      return { kind: "fenced_off" };
    case "upstream_unreachable":
    case "no_rehearsal":
      return { kind: "unreachable", message };
    case "not_connected":
      return { kind: "unauthorised", code, message };
    case "internal":
    case "disk_full":
      return { kind: "server_error", status, message };
    default:
      return { kind: "rejected", code, message };
  }
}
