/** `/api/channels`: connecting a shop (connect-contract.ts). */
import type { Hono } from "hono";
import { isChannelId, type ChannelId } from "../../base/ids";
import { codeRequestSchema, connectRequestSchema } from "../../channels/http/connect-contract";
import { parseBody } from "../body";
import { jsonResponse, refusal, refusalResponse } from "../refusal";
import type { ApiCall } from "../server";
import type { Connector } from "./connector";

export function addChannels(api: Hono<{ Bindings: ApiCall }>, connector: Connector): void {
  api.get("/api/channels", async () => jsonResponse({ channels: await connector.list() }));
  api.post("/api/channels/:channel/:step", async (context) => {
    const channel = context.req.param("channel");
    if (!isChannelId(channel)) return refusalResponse(refusal("not_found", "No such channel"));
    const answer = await take(connector, channel, context.req.param("step"), context.env.body);
    if (answer === null) return refusalResponse(refusal("not_found", "No such call"));
    if (answer.ok) return jsonResponse(answer.value);
    const { refusal: refused, field } = answer.error;
    return refusalResponse(refused, field === "" ? {} : { field });
  });
}

async function take(connector: Connector, channel: ChannelId, step: string, body: string) {
  switch (step) {
    case "connect": {
      const request = parseBody(body, connectRequestSchema);
      if (!request.ok) return { ok: false, error: { refusal: request.error, field: "" } } as const;
      return connector.connect(channel, request.value.fields);
    }
    case "code": {
      const request = parseBody(body, codeRequestSchema);
      if (!request.ok) return { ok: false, error: { refusal: request.error, field: "" } } as const;
      return connector.pasteCode(channel, request.value.pasted);
    }
    case "disconnect":
      return connector.disconnect(channel);
    default:
      return null;
  }
}
