/**
 * What a proof states, and how the worker asks the companion for one:
 *
 *   GET  /api/proof/{bookId}/key  -> KeyAnswer
 *   POST /api/proof/{bookId}      ProofRequest -> ProofAnswer, or 409 `sequence_gap`,
 *                                                 or 423 `key_locked`
 *
 * Units are whole and never negative; times are ms since 1970; incoming goods are no part of any
 * number (requirement 18).
 */
import * as v from "valibot";
import { plainText } from "./plain-text";

export const LINES_MAX = 200;
const NAME_MAX = 200;
/** A year of proofs would be none: stock moves by the hour. */
const VALID_MS_MAX = 31 * 86_400_000;
const UNITS_MAX = 999_999_999;
/** The largest offset that any place on earth has had. */
const ZONE_MINUTES_MAX = 14 * 60;

const units = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(UNITS_MAX));
/** Between 1970 and 9999, so that it has four digits of a year. */
const moment = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(253_402_000_000_000));
const name = v.pipe(v.string(), v.transform(plainText), v.minLength(1), v.maxLength(NAME_MAX));

const lineSchema = v.pipe(
  v.object({
    sku: name,
    onHand: units,
    /** What is left of the reservation for this stream: other channels cannot sell it. */
    reserved: units,
    /** What the stream could sell now: its reservation and what nobody has reserved. */
    available: units,
    /** Sales expected of the stream; null = not said. */
    expected: v.nullable(units),
    /** What the creator asks for, usually 3 x expected (requirement 19). */
    requirement: units,
  }),
  v.check(
    ({ onHand, reserved, available }) => reserved <= onHand && available <= onHand,
    "more than is on hand",
  ),
);
export type ProofLine = v.InferOutput<typeof lineSchema>;

const statementEntries = {
  seller: name,
  creator: name,
  /** When the stream starts; null = not dated. */
  streamAt: v.nullable(moment),
  asOf: moment,
  validUntil: moment,
  /** The last entry of the book that the numbers count in. */
  seq: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(Number.MAX_SAFE_INTEGER)),
  lines: v.pipe(v.array(lineSchema), v.minLength(1), v.maxLength(LINES_MAX)),
};

function isValidForAWhile(asOf: number, validUntil: number): boolean {
  return validUntil > asOf && validUntil - asOf <= VALID_MS_MAX;
}

export const proofRequestSchema = v.pipe(
  v.object({
    ...statementEntries,
    /** The language of the sheet: the creator's. */
    locale: v.picklist(["en", "zh-CN"]),
    /** How far the seller's clock is ahead of UTC. */
    zoneMinutes: v.pipe(
      v.number(),
      v.integer(),
      v.minValue(-ZONE_MINUTES_MAX),
      v.maxValue(ZONE_MINUTES_MAX),
    ),
  }),
  v.check(({ asOf, validUntil }) => isValidForAWhile(asOf, validUntil), "validUntil"),
);
export type ProofRequest = v.InferOutput<typeof proofRequestSchema>;

/** As it is read back from a sheet. */
export const statementSchema = v.pipe(
  v.object({
    ...statementEntries,
    book: v.pipe(v.string(), v.regex(/^(live|rehearsal-[a-z0-9]{1,40})$/)),
    /** The hash of the journal's chain at `seq`: it stands for all entries up to there. */
    head: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    fingerprint: v.pipe(v.string(), v.regex(/^\d{4}( \d{4}){5}$/)),
  }),
  v.check(({ asOf, validUntil }) => isValidForAWhile(asOf, validUntil), "validUntil"),
);
export type ProofStatement = v.InferOutput<typeof statementSchema>;

export const keyAnswerSchema = v.object({ fingerprint: v.string() });

export const proofAnswerSchema = v.object({
  /** The workbook, base64url. */
  file: v.string(),
  /** A name to save it under, with its ending. */
  name: v.string(),
  fingerprint: v.string(),
});

export function missingUnits({ requirement, available }: ProofLine): number {
  return Math.max(0, requirement - available);
}
