/** `/api/alarm`: what the worker asks to be shown (alarm-contract.ts). */
import type { Context, Hono } from "hono";
import type * as v from "valibot";
import { isBookId, type BookId } from "../../base/ids";
import { err, ok, type Result } from "../../base/result";
import { alarmRequestSchema, watchRequestSchema } from "../../channels/http/alarm-contract";
import { parseBody } from "../body";
import type { Leases } from "../lease";
import { jsonResponse, refusal, refusalResponse, type Refusal } from "../refusal";
import { checkFence } from "../relay/relay-call";
import type { ApiCall } from "../server";
import type { Alarm } from "./alarm";
import type { SilenceWatch } from "./silence-watch";

type Bindings = { Bindings: ApiCall };

export interface AlarmPorts {
  readonly alarm: Alarm;
  readonly silence: SilenceWatch;
  readonly leases: Leases;
}

export function addAlarm(api: Hono<Bindings>, { alarm, silence, leases }: AlarmPorts): void {
  api.post("/api/alarm/:book", async (context) => {
    const call = await read(context, leases, alarmRequestSchema);
    if (!call.ok) return refusalResponse(call.error);
    const { book, request } = call.value;
    return jsonResponse({ shown: await alarm.raise(book, request) });
  });
  api.post("/api/alarm/:book/watch", async (context) => {
    const call = await read(context, leases, watchRequestSchema);
    if (!call.ok) return refusalResponse(call.error);
    const { book, request } = call.value;
    await silence.set(book, request.on, request.locale);
    return jsonResponse({ shown: false });
  });
}

/** Of the book's leader, in the right form. */
async function read<Schema extends v.GenericSchema>(
  context: Context<Bindings>,
  leases: Leases,
  schema: Schema,
): Promise<Result<{ book: BookId; request: v.InferOutput<Schema> }, Refusal>> {
  const book = context.req.param("book") ?? "";
  if (!isBookId(book)) return err(refusal("not_found", "No such book"));
  const request = parseBody(context.env.body, schema);
  if (!request.ok) return request;
  const fenced = await checkFence(leases, book, context.env.fence);
  return fenced === null ? ok({ book, request: request.value }) : err(fenced);
}
