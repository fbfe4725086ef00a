/**
 * A stock proof for a creator: the numbers are worked out here, from the book; the companion, which has
 * the key and the journal, seals them (proof/statement.ts). Nothing is booked.
 */
import * as v from "valibot";
import type { Clock } from "../base/clock";
import type { BookId, Sku } from "../base/ids";
import { err, ok, type Result } from "../base/result";
import { companionErrorSchema } from "../channels/http/relay-contract";
import { fromBase64Url } from "../proof/bytes";
import {
  keyAnswerSchema,
  proofAnswerSchema,
  type ProofLine,
  type ProofRequest,
} from "../proof/statement";
import { onHand } from "../stock/balances";
import { guarantee } from "../stock/guarantee";
import type { Projection } from "../stock/projection";
import type { MadeProof, ProofCalls, ProofOrder, ProofOrderLine, ProofRefusal } from "./api";
import { refusedBy } from "./command-refusal";
import type { CompanionClient } from "./companion-client";
import type { OpenBook } from "./open-book";

export interface ProofPorts {
  readonly clock: Clock;
  readonly companion: CompanionClient;
  readonly book: () => OpenBook | null;
}

const TIMEOUT_MS = 20_000;
/** A reading older than this is no basis for a promise. */
const READING_MS_MAX = 10 * 60_000;

type Stated<T> = Result<T, ProofRefusal>;

export class Proofs implements ProofCalls {
  readonly #ports: ProofPorts;

  constructor(ports: ProofPorts) {
    this.#ports = ports;
  }

  async fingerprint(): Promise<Stated<string>> {
    const book = this.#ports.book();
    if (book === null) return err({ code: "busy" });
    const told = await this.#ask(keyAnswerSchema, "GET", `/api/proof/${book.id}/key`, null);
    return told.ok ? ok(told.value.fingerprint) : told;
  }

  async make(order: ProofOrder): Promise<Stated<MadeProof>> {
    const book = this.#ports.book();
    if (book === null) return err({ code: "busy" });
    // Who follows does not know how old the channels' numbers are.
    if (book.role !== "leader") return err({ code: "not_leader" });
    const stated = state(book, order, this.#ports.clock.now());
    if (!stated.ok) return stated;
    const kept = await book.flush();
    if (!kept.ok) return refusedBy(kept.error);
    return this.#seal(book.id, stated.value);
  }

  async #seal(book: BookId, request: ProofRequest): Promise<Stated<MadeProof>> {
    const told = await this.#ask(proofAnswerSchema, "POST", `/api/proof/${book}`, request);
    if (!told.ok) return told;
    const { file, name, fingerprint } = told.value;
    const bytes = fromBase64Url(file);
    if (bytes === null) return err({ code: "refused", detail: "proof: malformed answer" });
    return ok({ bytes, name, fingerprint });
  }

  async #ask<Schema extends v.GenericSchema>(
    schema: Schema,
    method: "GET" | "POST",
    path: string,
    body: object | null,
  ): Promise<Stated<v.InferOutput<Schema>>> {
    const answer = await this.#ports.companion.ask(method, path, body, TIMEOUT_MS);
    if (answer === null) return err({ code: "companion_down" });
    const told = v.safeParse(schema, answer.body);
    if (answer.status === 200 && told.success) return ok(told.output);
    const refused = v.safeParse(companionErrorSchema, answer.body);
    const { code = "", message = "" } = refused.success ? refused.output.error : {};
    if (code === "key_locked") return err({ code });
    // The entries are on their way: the next try finds them.
    if (code === "sequence_gap") return err({ code: "busy" });
    if (code === "bad_request") return err({ code: "bad_proof", detail: message });
    return err({ code: "refused", detail: message });
  }
}

/** In doubt the older moment: the reading of the channel that was asked longest ago. */
function asOf(book: OpenBook, order: ProofOrder, now: number): Stated<number> {
  const skus = new Set<string>(order.lines.map(({ sku }) => sku));
  let oldest = now;
  for (const item of book.catalogue.items) {
    if (!skus.has(item.sku)) continue;
    for (const { channel } of item.listings) {
      const read = book.health.get(channel)?.readBegan ?? null;
      if (read === null || now - read > READING_MS_MAX) return err({ code: "stale", channel });
      oldest = Math.min(oldest, read);
    }
  }
  return ok(Math.floor(oldest));
}

/** Oversold by so much that the warehouse would be below empty is 0: a proof promises too little. */
const atLeastNone = (units: number) => Math.max(0, units);

function lineOf(projection: Projection, line: ProofOrderLine): Stated<ProofLine> {
  const { sku, streamId, expected, requirement } = line;
  const balances = projection.balances.get(sku as Sku);
  if (balances === undefined) return err({ code: "no_sku", sku });
  const physical = atLeastNone(onHand(balances));
  const common = { sku, onHand: physical, expected, requirement: Math.ceil(requirement) };
  if (streamId === null) {
    return ok({
      ...common,
      reserved: 0,
      available: Math.min(physical, atLeastNone(balances.available)),
    });
  }
  const found = guarantee(projection, streamId, requirement);
  if (found === null || projection.streams.get(streamId)?.sku !== sku) {
    return err({ code: "no_stream" });
  }
  return ok({
    ...common,
    reserved: Math.min(physical, atLeastNone(found.reserved)),
    available: Math.min(physical, found.guaranteed),
  });
}

function streamAt(projection: Projection, order: ProofOrder): number | null {
  for (const { streamId } of order.lines) {
    const stream = streamId === null ? undefined : projection.streams.get(streamId);
    const at = stream?.startedAt ?? stream?.startsAt;
    if (at !== undefined) return Math.floor(at);
  }
  return null;
}

/** What the book says of the order's SKUs now. */
function state(book: OpenBook, order: ProofOrder, now: number): Stated<ProofRequest> {
  const { projection } = book.bookkeeper;
  const moment = asOf(book, order, now);
  if (!moment.ok) return moment;
  const lines: ProofLine[] = [];
  for (const wanted of order.lines) {
    const line = lineOf(projection, wanted);
    if (!line.ok) return line;
    lines.push(line.value);
  }
  const { locale, seller, creator, validUntil } = order;
  return ok({
    ...{ locale, seller, creator, validUntil, lines },
    streamAt: streamAt(projection, order),
    asOf: moment.value,
    seq: projection.seq,
    zoneMinutes: -new Date(now).getTimezoneOffset(),
  });
}
