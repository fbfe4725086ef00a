/**
 * The way of a call to a channel and back when things go wrong on request (faults.ts). Around every
 * channel's server, so that no channel has to know of it.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { ChannelId } from "../base/ids";
import type { Faults } from "./faults";
import { orderById } from "./ids";
import { findListing, setAvailable } from "./shop";
import type { Stage } from "./stage";
import type { CallKind, VenueServer } from "./venue";

export interface FaultGate {
  readonly channel: ChannelId;
  readonly server: VenueServer;
  readonly faults: Faults;
  /** The real one: an order's age does not depend on a channel's clock. */
  readonly stage: Stage;
}

/** Where the answer goes; undefined when the call did not come by the network. */
export type Connection = HttpBindings["outgoing"] | undefined;

/** No answer: the caller sees its connection closed. */
function cut(connection: Connection): Response {
  if (connection) {
    connection.destroy();
    return RESPONSE_ALREADY_SENT;
  }
  return new Response(broken(new Uint8Array()));
}

/** A body that gives what it has and breaks. */
function broken(part: Uint8Array): ReadableStream<Uint8Array> {
  let given = false;
  return new ReadableStream({
    pull(controller) {
      if (given || part.length === 0) controller.error(new Error("connection closed on request"));
      else controller.enqueue(part);
      given = true;
    },
  });
}

async function torn(answer: Response, connection: Connection): Promise<Response> {
  const whole = new Uint8Array(await answer.arrayBuffer());
  const headers = new Headers(answer.headers);
  headers.set("content-length", String(whole.length));
  const half = whole.slice(0, Math.ceil(whole.length / 2));
  const { status } = answer;
  if (!connection) return new Response(broken(half), { status, headers });
  connection.writeHead(status, Object.fromEntries(headers));
  connection.write(half, () => connection.destroy());
  return RESPONSE_ALREADY_SENT;
}

function edit(gate: FaultGate, call: CallKind): void {
  const { faults, channel, stage } = gate;
  const fault = faults.strike("edit", channel, call);
  if (fault === null) return;
  const run = stage.run();
  if (!findListing(run.shop, channel, fault.sku)) return;
  const shop = setAvailable(run.shop, channel, fault.sku, fault.quantity, stage.now());
  stage.change({ ...run, shop });
}

/** A page of orders that lags, repeats or shuffles. */
async function rearranged(gate: FaultGate, answer: Response): Promise<Response> {
  const { faults, channel, stage, server } = gate;
  const concerned = faults.told().some(({ is }) => is.channel === channel);
  if (!concerned || answer.status !== 200) return answer;
  const text = await answer.text();
  const parsed: unknown = JSON.parse(text);
  const list = server.orderList(parsed);
  if (list !== null) {
    const { orders } = list;
    const run = stage.run();
    const shown = orders.filter((order) => {
      const id = list.idOf(order);
      const changedAt = orderById(run, id)?.updatedAt ?? 0;
      return faults.hiddenUntil(channel, id, changedAt) <= stage.now();
    });
    if (shown.length > 0 && faults.strike("duplicate", channel, "orders")) {
      shown.splice(faults.roll(shown.length), 0, shown[faults.roll(shown.length)]);
    }
    if (shown.length > 1 && faults.strike("reorder", channel, "orders")) {
      for (let i = shown.length - 1; i > 0; i -= 1) {
        const j = faults.roll(i + 1);
        [shown[i], shown[j]] = [shown[j], shown[i]];
      }
    }
    orders.splice(0, orders.length, ...shown);
  }
  const headers = new Headers(answer.headers);
  headers.delete("content-length");
  return new Response(JSON.stringify(parsed), { status: answer.status, headers });
}

export async function throughFaults(
  gate: FaultGate,
  request: Request,
  connection: Connection,
): Promise<Response> {
  const { channel, server, faults } = gate;
  if (faults.told().length === 0) return server.handle(request);
  const body = await request.text();
  const { method, headers, url } = request;
  const call = server.kindOf({ method, path: new URL(url).pathname, body });

  if (faults.isOut(channel)) return cut(connection);
  const lag = faults.strike("lag", channel, call);
  if (lag) await sleep(faults.lagOf(lag), undefined, { ref: false });
  const throttle = faults.strike("throttle", channel, call);
  if (throttle) return server.throttled(throttle.retryAfterSeconds);
  const failure = faults.strike("server_error", channel, call);
  if (failure) return server.failing(failure.status);
  edit(gate, call);

  const copy = new Request(url, { method, headers, ...(method !== "GET" && { body }) });
  const served = await server.handle(copy);
  const answer = call === "orders" ? await rearranged(gate, served) : served;
  if (faults.strike("torn", channel, call)) return torn(answer, connection);
  const lost = faults.strike("lost_reply", channel, call);
  if (lost === null) return answer;
  if (lost.how === "hang") await sleep(lost.ms, undefined, { ref: false });
  return cut(connection);
}
