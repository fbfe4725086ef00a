/**
 * The routes under `/api`: parse at the border, ask the part that knows, answer in one form. What is
 * asked and answered stands beside who asks, without Node code, so that the browser's side has the same
 * schemas: `channels/http/relay-contract.ts`, `connect-contract.ts`, `alarm-contract.ts`,
 * `channels/rehearsal-contract.ts`, `ledger/journal.ts` and `proof/statement.ts`.
 */
import { Hono, type Context as HonoContext } from "hono";
import type * as v from "valibot";
import type { Clock } from "../base/clock";
import { isBookId, type BookId } from "../base/ids";
import { err, ok, type Result } from "../base/result";
import { appendRequestSchema, leaseRequestSchema } from "../ledger/journal";
import type { Alarm } from "./alarm/alarm";
import { addAlarm } from "./alarm/routes";
import type { SilenceWatch } from "./alarm/silence-watch";
import { parseBody } from "./body";
import type { Connector } from "./connect/connector";
import { addChannels } from "./connect/routes";
import { journalRefusalResponse } from "./journal/journal-refusal";
import type { JournalStore } from "./journal/journal-store";
import type { Leases } from "./lease";
import {
  apiResponse,
  failure,
  jsonResponse,
  refusal,
  refusalResponse,
  type Refusal,
} from "./refusal";
import type { ProofKeys } from "./proof/proof-keys";
import { addProof } from "./proof/routes";
import type { Rehearsal } from "./rehearsal";
import type { Relay } from "./relay/relay";
import { checkFence } from "./relay/relay-call";
import type { ApiCall } from "./server";

type Bindings = { Bindings: ApiCall };
type Context = HonoContext<Bindings>;
type Api = Hono<Bindings>;

const READ_LIMIT_DEFAULT = 1000;
const READ_LIMIT_MAX = 5000;

export interface ApiOptions {
  readonly version: string;
  readonly journal: JournalStore;
  readonly leases: Leases;
  readonly relay: Relay;
  readonly rehearsal: Rehearsal;
  readonly connector: Connector;
  readonly alarm: Alarm;
  readonly silence: SilenceWatch;
  readonly proofKeys: ProofKeys;
  /** The wall clock. */
  readonly clock: Clock;
}

export function createApi(options: ApiOptions): Api {
  const api = new Hono<Bindings>();
  const { rehearsal } = options;
  api.get("/api/status", async () =>
    jsonResponse({
      version: options.version,
      rehearsal: rehearsal.there,
      connected: await options.relay.connected(),
    }),
  );
  addJournal(api, options);
  addRehearsal(api, rehearsal);
  addChannels(api, options.connector);
  addAlarm(api, options);
  addProof(api, options);
  api.notFound(() => refusalResponse(refusal("not_found", "No such call")));
  api.onError((error) => refusalResponse(failure(error)));
  return api;
}

function addJournal(api: Api, { journal, leases }: ApiOptions): void {
  api.post("/api/journal/:book/append", async (context) => {
    const book = readBook(context);
    if (!book.ok) return refusalResponse(book.error);
    const request = readBody(context, appendRequestSchema);
    if (!request.ok) return refusalResponse(request.error);
    const fenced = await checkFence(leases, book.value, context.env.fence);
    if (fenced !== null) return refusalResponse(fenced);
    const head = await journal.append(book.value, request.value.records);
    if (!head.ok) return journalRefusalResponse(book.value, head.error);
    return jsonResponse({ headSeq: head.value.seq, headHash: head.value.hash });
  });
  api.get("/api/journal/:book", async (context) => {
    const book = readBook(context);
    if (!book.ok) return refusalResponse(book.error);
    const after = readCount(context.req.query("after"), 0);
    const limit = readCount(context.req.query("limit"), READ_LIMIT_DEFAULT);
    if (after === null || limit === null || limit === 0) {
      return refusalResponse(refusal("bad_request", "after and limit are whole numbers"));
    }
    const page = await journal.read(book.value, after, Math.min(limit, READ_LIMIT_MAX));
    if (!page.ok) return journalRefusalResponse(book.value, page.error);
    const { head, records } = page.value;
    return jsonResponse({ headSeq: head.seq, headHash: head.hash, records });
  });
  api.post("/api/lease/:book", async (context) => {
    const book = readBook(context);
    if (!book.ok) return refusalResponse(book.error);
    const request = readBody(context, leaseRequestSchema);
    if (!request.ok) return refusalResponse(request.error);
    const gone = context.env.gone();
    return jsonResponse(await leases.request(book.value, request.value, gone));
  });
}

function addRehearsal(api: Api, rehearsal: Rehearsal): void {
  const pass = async (context: Context) => {
    const rest = context.req.path.slice(context.req.path.indexOf("/rehearsal") + 10);
    const body = context.req.method === "POST" ? context.env.body : null;
    const answer = await rehearsal.ask(context.req.method, rest, body);
    if (!answer.ok) return refusalResponse(answer.error);
    return apiResponse(answer.value.status, answer.value.body);
  };
  api.all("/api/rehearsal", pass);
  api.all("/api/rehearsal/*", pass);
}

function readBook(context: Context): Result<BookId, Refusal> {
  const book = context.req.param("book") ?? "";
  return isBookId(book) ? ok(book) : err(refusal("not_found", "No such book"));
}

function readBody<Schema extends v.GenericSchema>(
  context: Context,
  schema: Schema,
): Result<v.InferOutput<Schema>, Refusal> {
  return parseBody(context.env.body, schema);
}

function readCount(text: string | undefined, fallback: number): number | null {
  if (text === undefined) return fallback;
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}
