/** By when a stream is to be planned and its stock locked (requirements 5 and 20). */
import type { StreamPlan } from "./streams";

const DAY_MS = 24 * 60 * 60_000;

export interface DeadlineSettings {
  /** The plan is due this long before the start; ms. The seed says 5 days, and elsewhere 3 to 5. */
  readonly dueBeforeMs: number;
  /** From here on it is late; ms before the start. */
  readonly lateBeforeMs: number;
}

export const seedDeadline: DeadlineSettings = { dueBeforeMs: 5 * DAY_MS, lateBeforeMs: 3 * DAY_MS };

export type PlanUrgency = "in_time" | "due" | "late";

/**
 * `now` in ms; null for a stream without a date. The days are days of the stream's own time, as
 * those of its reservation are.
 */
export function planUrgency(
  { startsAt, speed }: Pick<StreamPlan, "startsAt" | "speed">,
  now: number,
  settings: DeadlineSettings = seedDeadline,
): PlanUrgency | null {
  if (startsAt === undefined) return null;
  const left = (startsAt - now) * speed;
  if (left > settings.dueBeforeMs) return "in_time";
  return left > settings.lateBeforeMs ? "due" : "late";
}
