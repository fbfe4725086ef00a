/** Asks the companion about connections (connect-contract.ts). Keys pass through and are not kept. */
import * as v from "valibot";
import type { ChannelId } from "../base/ids";
import { err, ok, type Result } from "../base/result";
import {
  channelsAnswerSchema,
  connectAnswerSchema,
  type ConnectAnswer,
} from "../channels/http/connect-contract";
import { companionErrorSchema } from "../channels/http/relay-contract";
import type { Connection, ShopRefusal } from "./api";
import type { CompanionClient } from "./companion-client";

/** Longer than the companion waits for a channel to try the keys. */
const TIMEOUT_MS = 40_000;
const LIST_TIMEOUT_MS = 5000;

const refusalSchema = v.object({
  ...companionErrorSchema.entries,
  field: v.optional(v.string(), ""),
});

export class ShopsClient {
  readonly #companion: CompanionClient;

  constructor(companion: CompanionClient) {
    this.#companion = companion;
  }

  /** Null: the companion did not tell. */
  async list(): Promise<readonly Connection[] | null> {
    const answer = await this.#companion.ask("GET", "/api/channels", null, LIST_TIMEOUT_MS);
    const told = v.safeParse(channelsAnswerSchema, answer?.body);
    return answer?.status === 200 && told.success ? told.output.channels : null;
  }

  connect(
    channel: ChannelId,
    fields: Readonly<Record<string, string>>,
  ): Promise<Result<ConnectAnswer, ShopRefusal>> {
    return this.#post(channel, "connect", { fields });
  }

  pasteCode(channel: ChannelId, pasted: string): Promise<Result<ConnectAnswer, ShopRefusal>> {
    return this.#post(channel, "code", { pasted });
  }

  disconnect(channel: ChannelId): Promise<Result<ConnectAnswer, ShopRefusal>> {
    return this.#post(channel, "disconnect", {});
  }

  async #post(
    channel: ChannelId,
    step: string,
    body: object,
  ): Promise<Result<ConnectAnswer, ShopRefusal>> {
    const path = `/api/channels/${channel}/${step}`;
    const answer = await this.#companion.ask("POST", path, body, TIMEOUT_MS);
    if (answer === null) return err({ code: "companion_down" });
    const told = v.safeParse(connectAnswerSchema, answer.body);
    if (answer.status === 200 && told.success) return ok(told.output);
    return err(refusalIn(answer.body));
  }
}

function refusalIn(body: unknown): ShopRefusal {
  const refusal = v.safeParse(refusalSchema, body);
  if (!refusal.success) return { code: "refused", detail: "" };
  const { field } = refusal.output;
  const { code, message } = refusal.output.error;
  switch (code) {
    case "bad_field":
      return { code, field };
    case "no_consent":
    case "code_refused":
    case "keys_refused":
    case "set_by_file":
      return { code };
    case "upstream_unreachable":
      return { code: "channel_unreachable" };
    default:
      return { code: "refused", detail: message };
  }
}
