/**
 * `POST /api/relay/{book}/{channel}`, the call that a stream makes most often: read at the border,
 * fenced, handed to the relay. It stands beside the other routes, not among them, because a router
 * and its Request and Response objects would cost more than everything that happens here.
 */
import { isBookId, isChannelId, isRehearsal, type BookId, type ChannelId } from "../../base/ids";
import { relayRequestSchema, type RelayRequest } from "../../channels/http/relay-contract";
import { parseBody } from "../body";
import type { Leases } from "../lease";
import { notLeading, refusal, refusalBody, type Refusal } from "../refusal";
import type { Rehearsal } from "../rehearsal";
import type { CallOrder } from "./call-order";
import type { Relay } from "./relay";

export interface RelayCallPorts {
  readonly relay: Relay;
  readonly leases: Leases;
  readonly order: CallOrder;
  readonly rehearsal: Rehearsal;
}

/** A whole answer: status and JSON text. */
export interface Reply {
  readonly status: number;
  readonly body: string;
}

/** Book and channel of a relay call's target; null for any other target. */
export function relayTarget(url: string): readonly [string, string] | null {
  const found = /^\/api\/relay\/([^/?#%]+)\/([^/?#%]+)$/.exec(url);
  return found === null ? null : [found[1] ?? "", found[2] ?? ""];
}

export async function answerRelayCall(
  ports: RelayCallPorts,
  [book, channel]: readonly [string, string],
  call: { readonly body: string; readonly fence: string },
): Promise<Reply> {
  if (!isBookId(book)) return refuse(refusal("not_found", "No such book"));
  if (!isChannelId(channel)) return refuse(refusal("not_found", "No such channel"));
  const request = parseBody(call.body, relayRequestSchema);
  if (!request.ok) return refuse(request.error);
  const fenced = await checkFence(ports.leases, book, call.fence);
  if (fenced !== null) return refuse(fenced);
  const fence = Number(call.fence);
  const leads = () => ports.leases.holdsNow(book, fence);
  return ports.order.run(`${book}/${channel}`, fence, () =>
    forward(ports, book, channel, request.value, leads),
  );
}

async function forward(
  { relay, rehearsal }: RelayCallPorts,
  book: BookId,
  channel: ChannelId,
  request: RelayRequest,
  leads: () => boolean,
): Promise<Reply> {
  if (isRehearsal(book) && rehearsal.there && !(await rehearsal.isOn(book))) {
    return refuse(refusal("fenced_off", "Another rehearsal is on"));
  }
  const answer = await relay.forward(book, channel, request, leads);
  return answer.ok ? { status: 200, body: JSON.stringify(answer.value) } : refuse(answer.error);
}

function refuse(refused: Refusal): Reply {
  return { status: refused.status, body: refusalBody(refused) };
}

/** Null when the token is that of whoever leads the book. */
export async function checkFence(
  leases: Leases,
  book: BookId,
  text: string,
): Promise<Refusal | null> {
  const fence = /^\d{1,15}$/.test(text) ? Number(text) : null;
  if (fence !== null && (await leases.holds(book, fence))) return null;
  return notLeading();
}
