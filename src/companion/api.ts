/** The routes under `/api`: parse at the border, ask the part that knows, answer in one form. */
import { Hono, type Context as HonoContext } from "hono";
import * as v from "valibot";
import { isBookId, isChannelId, isRehearsal, type BookId } from "../base/ids";
import { err, ok, type Result } from "../base/result";
import { relayRequestSchema } from "../channels/http/relay-contract";
import { appendRequestSchema, leaseRequestSchema } from "../ledger/journal";
import { isDiskFull } from "./disk";
import type { JournalRefusal, JournalStore } from "./journal/journal-store";
import type { Leases } from "./lease";
import { apiHeaders, jsonResponse, refusal, refusalResponse, type Refusal } from "./refusal";
import { Rehearsal } from "./rehearsal";
import type { Relay } from "./relay/relay";
import type { Transport } from "./relay/transport";
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
  readonly transport: Transport;
  readonly sandbox: string | null;
}

export function createApi(options: ApiOptions): Api {
  const api = new Hono<Bindings>();
  const rehearsal = new Rehearsal(options.transport, options.sandbox);
  api.get("/api/status", async () =>
    jsonResponse({
      version: options.version,
      rehearsal: rehearsal.there,
      connected: await options.relay.connected(),
    }),
  );
  addRelay(api, options, rehearsal);
  addJournal(api, options);
  addRehearsal(api, rehearsal);
  api.notFound(() => refusalResponse(refusal("not_found", "No such call")));
  api.onError((error) => {
    if (isDiskFull(error)) return refusalResponse(diskFull());
    console.error(`companion: ${error.name} in a call`, error.stack?.split("\n")[1]?.trim() ?? "");
    return refusalResponse(refusal("internal", "The companion failed"));
  });
  return api;
}

function addRelay(api: Api, { relay, leases }: ApiOptions, rehearsal: Rehearsal): void {
  api.post("/api/relay/:book/:channel", async (context) => {
    const book = readBook(context);
    const channel = context.req.param("channel");
    if (!book.ok) return refusalResponse(book.error);
    if (!isChannelId(channel)) return refusalResponse(refusal("not_found", "No such channel"));
    const request = readBody(context, relayRequestSchema);
    if (!request.ok) return refusalResponse(request.error);
    const fenced = await checkFence(context, leases, book.value);
    if (fenced !== null) return refusalResponse(fenced);
    if (isRehearsal(book.value) && rehearsal.there && !(await rehearsal.isOn(book.value))) {
      return refusalResponse(refusal("fenced_off", "Another rehearsal is on"));
    }
    const answer = await relay.forward(book.value, channel, request.value);
    return answer.ok ? jsonResponse(answer.value) : refusalResponse(answer.error);
  });
}

function addJournal(api: Api, { journal, leases }: ApiOptions): void {
  api.post("/api/journal/:book/append", async (context) => {
    const book = readBook(context);
    if (!book.ok) return refusalResponse(book.error);
    const request = readBody(context, appendRequestSchema);
    if (!request.ok) return refusalResponse(request.error);
    const fenced = await checkFence(context, leases, book.value);
    if (fenced !== null) return refusalResponse(fenced);
    const head = await journal.append(book.value, request.value.records);
    if (!head.ok) return journalRefusal(book.value, head.error);
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
    if (!page.ok) return journalRefusal(book.value, page.error);
    const { head, records } = page.value;
    return jsonResponse({ headSeq: head.seq, headHash: head.hash, records });
  });
  api.post("/api/lease/:book", async (context) => {
    const book = readBook(context);
    if (!book.ok) return refusalResponse(book.error);
    const request = readBody(context, leaseRequestSchema);
    if (!request.ok) return refusalResponse(request.error);
    return jsonResponse(await leases.request(book.value, request.value));
  });
}

function addRehearsal(api: Api, rehearsal: Rehearsal): void {
  const pass = async (context: Context) => {
    const rest = context.req.path.slice(context.req.path.indexOf("/rehearsal") + 10);
    const body = context.req.method === "POST" ? context.env.body : null;
    const answer = await rehearsal.ask(context.req.method, rest, body);
    if (!answer.ok) return refusalResponse(answer.error);
    return new Response(answer.value.body, { status: answer.value.status, headers: apiHeaders });
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
  let value: unknown;
  try {
    value = JSON.parse(context.env.body);
  } catch {
    return err(refusal("bad_request", "The body is not JSON"));
  }
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  if (parsed.success) return ok(parsed.output);
  // The place alone: valibot's own sentence repeats the value, and values may be secret.
  const where = v.getDotPath(parsed.issues[0]) ?? "the whole body";
  return err(refusal("bad_request", `The body does not fit at: ${where.slice(0, 100)}`));
}

async function checkFence(context: Context, leases: Leases, book: BookId): Promise<Refusal | null> {
  const text = context.env.fence;
  const fence = /^\d{1,15}$/.test(text) ? Number(text) : null;
  if (fence !== null && (await leases.holds(book, fence))) return null;
  return refusal("fenced_off", "That is not the fencing token of whoever leads this book");
}

function readCount(text: string | undefined, fallback: number): number | null {
  if (text === undefined) return fallback;
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function diskFull(): Refusal {
  return refusal("disk_full", "The disk has no room left; nothing of this was kept");
}

function journalRefusal(book: BookId, refused: JournalRefusal): Response {
  switch (refused.kind) {
    case "gap":
      return refusalResponse(refusal("sequence_gap", `The journal's head is ${refused.head.seq}`), {
        headSeq: refused.head.seq,
        headHash: refused.head.hash,
      });
    case "disk_full":
      return refusalResponse(diskFull());
    case "damaged":
      return refusalResponse(
        refusal("internal", `The journal of this book is damaged: ${refused.where}`),
      );
    case "failed":
      console.error(`journal ${book}: ${refused.code}`);
      return refusalResponse(refusal("internal", `The journal failed (${refused.code})`));
  }
}
