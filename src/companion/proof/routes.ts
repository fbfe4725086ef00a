/**
 * `/api/proof`: seals what the worker states of a book (proof/statement.ts). Not every text can be
 * sealed: only a statement of the one form, of now, about an entry that the journal has.
 */
import { webcrypto } from "node:crypto";
import type { Context, Hono } from "hono";
import type { Clock } from "../../base/clock";
import { isBookId, type BookId } from "../../base/ids";
import { err, ok, type Result } from "../../base/result";
import { proofMessagesOf } from "../../locale/proof-locale";
import { toBase64Url } from "../../proof/bytes";
import { fileNameOf } from "../../proof/file-name";
import { makeProof } from "../../proof/make-proof";
import { proofRequestSchema, type ProofRequest } from "../../proof/statement";
import { parseBody } from "../body";
import { journalRefusalResponse } from "../journal/journal-refusal";
import type { JournalStore } from "../journal/journal-store";
import { jsonResponse, refusal, refusalResponse, type Refusal } from "../refusal";
import type { ApiCall } from "../server";
import type { ProofKeys } from "./proof-keys";

type Bindings = { Bindings: ApiCall };

export interface ProofPorts {
  readonly proofKeys: ProofKeys;
  readonly journal: JournalStore;
  /** The wall clock. */
  readonly clock: Clock;
}

/** "As of" is when the slowest channel was read; what is older, or yet to come, is not now. */
const AS_OF_WITHIN_MS = 15 * 60_000;

export function addProof(api: Hono<Bindings>, ports: ProofPorts): void {
  api.get("/api/proof/:book/key", async (context) => {
    const book = readBook(context);
    if (!book.ok) return refusalResponse(book.error);
    const key = await ports.proofKeys.open(book.value);
    if (!key.ok) return refusalResponse(key.error);
    return jsonResponse({ fingerprint: key.value.fingerprint });
  });
  api.post("/api/proof/:book", async (context) => {
    const book = readBook(context);
    if (!book.ok) return refusalResponse(book.error);
    const request = parseBody(context.env.body, proofRequestSchema);
    if (!request.ok) return refusalResponse(request.error);
    return seal(ports, book.value, request.value);
  });
}

async function seal(ports: ProofPorts, book: BookId, request: ProofRequest): Promise<Response> {
  const { locale, zoneMinutes, ...stated } = request;
  if (Math.abs(stated.asOf - ports.clock.now()) > AS_OF_WITHIN_MS) {
    return refusalResponse(refusal("bad_request", "The body does not fit at: asOf"));
  }
  const head = await ports.journal.headAt(book, stated.seq);
  if (!head.ok) return journalRefusalResponse(book, head.error);
  if (head.value === null) {
    return refusalResponse(refusal("sequence_gap", "The journal has no such entry yet"));
  }
  const key = await ports.proofKeys.open(book);
  if (!key.ok) return refusalResponse(key.error);
  const { fingerprint } = key.value;
  // Seconds are what the sheet shows, so they are what is stated.
  const toSecond = (at: number) => at - (at % 1000);
  const statement = {
    ...stated,
    streamAt: stated.streamAt === null ? null : toSecond(stated.streamAt),
    asOf: toSecond(stated.asOf),
    validUntil: toSecond(stated.validUntil),
    book,
    head: head.value.hash,
    fingerprint,
  };
  const words = proofMessagesOf(locale).sheet;
  const crypto = webcrypto.subtle;
  const file = await makeProof(statement, { words, zoneMinutes, signer: key.value, crypto });
  if (file === null) return refusalResponse(refusal("internal", "The proof did not check out"));
  const name = fileNameOf(statement, zoneMinutes);
  return jsonResponse({ file: toBase64Url(file), name, fingerprint });
}

function readBook(context: Context): Result<BookId, Refusal> {
  const book = context.req.param("book") ?? "";
  return isBookId(book) ? ok(book) : err(refusal("not_found", "No such book"));
}
