/**
 * What alerts do: orange holds the other channels at 0, red sets the live listing to 0. Done at once,
 * asked for with a countdown, or only told, as the seller set it; taken back when stock recovers.
 * Each ask, answer, act and undo is a note of the ledger, so a worker that starts anew goes on with it.
 */
import { compareAlerts } from "../stock/alerts";
import { actsOf, modeOf, type ActId } from "../stock/acts";
import { actKey, type Ask, type AskAnswer } from "../stock/desk";
import { note, type Note } from "../stock/entries";
import { alertOf } from "../stock/projection";
import type { Stream } from "../stock/streams";
import { policyOf, rulingStream } from "./allocate";
import type { StreamSharing } from "./policies/policy";
import { nextKey, type Situation } from "./situation";

/** Who is at the pane. */
export const SELLER = "seller";

/** One act of one stream, as it stands now. */
interface Standing {
  readonly act: ActId;
  readonly isDone: boolean;
  readonly ask: Ask | null;
  readonly isRefused: boolean;
  /** The alert, or the policy, asks for it. */
  readonly isWanted: boolean;
  /** Done, no longer wanted, and of use to take back. */
  readonly mayUndo: boolean;
}

function sharingOf(situation: Situation, stream: Stream): StreamSharing {
  const { sku } = stream;
  return { situation, sku, stream, states: situation.catalogue.listings(sku) };
}

/**
 * Whether the others would have anything to sell. While the pool is empty - its rest has moved to the
 * live channel - letting them go again would change nothing but the ledger.
 */
function othersWouldSell(sharing: StreamSharing): boolean {
  const { situation, sku, stream, states } = sharing;
  const paused = new Set(situation.projection.paused);
  paused.delete(sku);
  const projection = { ...situation.projection, paused };
  const free: StreamSharing = { ...sharing, situation: { ...situation, projection } };
  const policy = policyOf(stream);
  return states.some(
    (state) => state.listing.channel !== stream.channel && (policy.quantity(free, state) ?? 0) > 0,
  );
}

function standingOf(situation: Situation, stream: Stream, act: ActId): Standing {
  const { projection } = situation;
  const { desk } = projection;
  const { sku } = stream;
  const key = actKey(act, stream.id);
  const ask = desk.asks.get(key) ?? null;
  const isRefused = desk.refused.has(key);
  // Of two streams with one SKU, only the one that rules it says who may sell.
  const rules = rulingStream(projection, sku) === stream;
  if (act === "stop_live") {
    const isDone = desk.stopped.has(sku);
    const isWanted = rules && compareAlerts(alertOf(projection, sku), "red") >= 0;
    return { act, isDone, ask, isRefused, isWanted, mayUndo: rules && isDone && !isWanted };
  }
  const isDone = projection.paused.has(sku);
  const sharing = sharingOf(situation, stream);
  const held = isDone || ask !== null || isRefused;
  // A policy may go by more or less than the alert; what the seller set herself goes by the alert too.
  const isHers = desk.streams.has(stream.id) || desk.book !== null;
  const isOrange = compareAlerts(alertOf(projection, sku), "orange") >= 0;
  const isWanted = rules && ((isHers && isOrange) || policyOf(stream).pauses(sharing, held));
  const mayUndo = rules && isDone && !isWanted && othersWouldSell(sharing);
  return { act, isDone, ask, isRefused, isWanted, mayUndo };
}

function about(
  situation: Situation,
  stream: Stream,
  kind: Note["kind"],
  rest: Partial<Pick<Note, "n" | "detail" | "actor">>,
): Note {
  const key = nextKey(situation, kind, `${stream.sku}/${rest.detail ?? ""}`);
  return note(kind, key, situation.now, { sku: stream.sku, ref: stream.id, ...rest });
}

function answered(situation: Situation, stream: Stream, act: ActId, answer: AskAnswer): Note {
  const isHers = answer === "confirmed" || answer === "refused";
  const actor = isHers ? { actor: SELLER } : {};
  return about(situation, stream, "act_answered", { detail: `${act} ${answer}`, ...actor });
}

/** `left`: what the live channel can still sell. */
function done(situation: Situation, stream: Stream, act: ActId, left: number): Note {
  return about(situation, stream, act === "pause_others" ? "paused" : "live_stopped", { n: left });
}

function undone(situation: Situation, stream: Stream, act: ActId): Note {
  return about(situation, stream, act === "pause_others" ? "resumed" : "live_resumed", {});
}

function wantedNotes(
  situation: Situation,
  stream: Stream,
  { act, ask, isRefused }: Standing,
  left: number,
): readonly Note[] {
  const acts = actsOf(situation.projection.desk, stream);
  const mode = modeOf(acts, act);
  if (mode === "tell") {
    return ask === null ? [] : [answered(situation, stream, act, "withdrawn")];
  }
  if (mode === "auto") {
    const doing = done(situation, stream, act, left);
    return ask === null ? [doing] : [answered(situation, stream, act, "withdrawn"), doing];
  }
  if (isRefused) return [];
  if (ask === null) {
    const until = situation.now + acts.countdownMs;
    return [about(situation, stream, "act_asked", { n: until, detail: act })];
  }
  if (situation.now < ask.deadline) return [];
  return [answered(situation, stream, act, "timeout"), done(situation, stream, act, left)];
}

function stepOf(
  situation: Situation,
  stream: Stream,
  standing: Standing,
  left: number,
): readonly Note[] {
  const { act, ask, isRefused, isDone, isWanted } = standing;
  if (isWanted && !isDone) return wantedNotes(situation, stream, standing, left);
  if (isWanted) {
    // She wants to be told only from now on: what was done by itself is taken back.
    const told = modeOf(actsOf(situation.projection.desk, stream), act) === "tell";
    return told ? [undone(situation, stream, act)] : [];
  }
  if (ask !== null) return [answered(situation, stream, act, "withdrawn")];
  if (isRefused) return [answered(situation, stream, act, "rearmed")];
  return standing.mayUndo ? [undone(situation, stream, act)] : [];
}

/** What is due of a running stream's acts. `left`: what its live channel can still sell. */
export function actNotes(situation: Situation, stream: Stream, left: number): readonly Note[] {
  const pause = standingOf(situation, stream, "pause_others");
  const stop = standingOf(situation, stream, "stop_live");
  return [...stepOf(situation, stream, pause, left), ...stepOf(situation, stream, stop, left)];
}

/** At the end of a stream nothing is asked any more, and all that its alerts did is taken back. */
export function lastActs(situation: Situation, stream: Stream): readonly Note[] {
  const { projection } = situation;
  const { desk, paused } = projection;
  const notes: Note[] = [];
  for (const act of ["pause_others", "stop_live"] as const) {
    const key = actKey(act, stream.id);
    if (desk.asks.has(key)) notes.push(answered(situation, stream, act, "withdrawn"));
    if (desk.refused.has(key)) notes.push(answered(situation, stream, act, "rearmed"));
  }
  if (paused.has(stream.sku)) notes.push(undone(situation, stream, "pause_others"));
  if (desk.stopped.has(stream.sku)) notes.push(undone(situation, stream, "stop_live"));
  return notes;
}

/** The seller's word on an open question: her act or her refusal. Null: the question is over. */
export function answerNotes(
  situation: Situation,
  askId: string,
  confirms: boolean,
  left: (stream: Stream) => number,
): readonly Note[] | null {
  const { desk, streams } = situation.projection;
  const ask = [...desk.asks.values()].find(({ id }) => id === askId);
  const stream = ask === undefined ? undefined : streams.get(ask.stream);
  if (ask === undefined || stream === undefined) return null;
  const word = answered(situation, stream, ask.act, confirms ? "confirmed" : "refused");
  return confirms ? [word, done(situation, stream, ask.act, left(stream))] : [word];
}
