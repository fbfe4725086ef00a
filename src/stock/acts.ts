/**
 * What an alert does besides telling (requirements 36 to 38): orange holds the other channels at 0,
 * red sets the live listing to 0. Each as the seller set it, for one stream or for the whole book.
 */
import * as v from "valibot";
import { err, ok, type Result } from "../base/result";
import type { PolicyId, Stream } from "./streams";

/** "pause_others" is orange's act, "stop_live" is red's. */
export const actIds = ["pause_others", "stop_live"] as const;
export type ActId = (typeof actIds)[number];

/**
 * "ask": the seller confirms or refuses, and after the countdown the act is done, since both acts are
 * the safe side of an oversell. "auto": done at once. "tell": the alert alone.
 */
export const actModes = ["ask", "auto", "tell"] as const;
export type ActMode = (typeof actModes)[number];

/** Requirement 37: ten seconds to answer. */
const COUNTDOWN_MS = 10_000;

const mode = v.picklist(actModes);
const actsSchema = v.object({
  orange: mode,
  red: mode,
  /** Real time, whatever the speed of a rehearsal: it is a person who answers. 1 s to 10 min. */
  countdownMs: v.pipe(v.number(), v.integer(), v.minValue(1000), v.maxValue(600_000)),
});
export type AlertActs = Readonly<v.InferOutput<typeof actsSchema>>;

/** What each policy does by itself: the seed's rule stops the live listing, the others count on. */
export function defaultActs(policy: PolicyId | undefined): AlertActs {
  return { orange: "auto", red: policy === "seed" ? "auto" : "tell", countdownMs: COUNTDOWN_MS };
}

export function parseActs(json: unknown): Result<AlertActs, "malformed"> {
  const parsed = v.safeParse(actsSchema, json);
  return parsed.success ? ok(parsed.output) : err("malformed");
}

export function modeOf(acts: AlertActs, act: ActId): ActMode {
  return act === "pause_others" ? acts.orange : acts.red;
}

/** The stream's own setting before the book's before the policy's. */
export function actsOf(
  set: { readonly book: AlertActs | null; readonly streams: ReadonlyMap<string, AlertActs> },
  stream: Pick<Stream, "id" | "policy">,
): AlertActs {
  return set.streams.get(stream.id) ?? set.book ?? defaultActs(stream.policy);
}
