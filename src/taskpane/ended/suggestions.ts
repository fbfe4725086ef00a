/** A review's suggestions as constants to set, each with its sentence. Pure. */
import type { SheetMessages } from "../../locale/sheet-messages";
import { constantOf, constants, type ConstantId, type SetConstants } from "../../stock/constants";
import type { Review } from "../../stock/review";

export interface Suggestion {
  readonly id: ConstantId;
  readonly value: number;
  readonly text: string;
}

/** The constant that this creator's coefficient is taken from (requirement 24). */
function coefficientOf(followers: number): ConstantId {
  if (followers < 10_000) return "followersSmall";
  if (followers < 50_000) return "followersMiddle";
  return followers < 100_000 ? "followersLarge" : "followersHuge";
}

/** To two digits, within what is allowed. */
function allowed(id: ConstantId, value: number): number {
  const { least, most } = constants[id];
  return Math.min(most, Math.max(least, Math.round(value * 100) / 100));
}

export function suggestionsOf(
  review: Review,
  followers: number,
  set: SetConstants,
  words: SheetMessages,
): readonly Suggestion[] {
  const { coefficientFactor, planBuffer, planFactor } = review.suggestions;
  const share = review.planned > 0 ? (review.demand ?? review.sold) / review.planned : 0;
  const found: Suggestion[] = [];
  const add = (id: ConstantId, value: number, text: string) =>
    found.push({ id, value: allowed(id, value), text });
  if (coefficientFactor !== null) {
    const id = coefficientOf(followers);
    const text = words.suggestCoefficient(coefficientFactor, share);
    add(id, constantOf(set, id) * coefficientFactor, text);
  }
  if (planBuffer !== null) add("planBuffer", planBuffer, words.suggestBuffer(planBuffer, share));
  if (planFactor !== null) {
    add("planBuffer", constantOf(set, "planBuffer") * planFactor, words.suggestPlan(planFactor));
  }
  return found;
}
