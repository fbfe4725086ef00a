import { assert } from "../base/assert";

/**
 * Student's t distribution for whole degrees of freedom, by the finite trigonometric sums of
 * Abramowitz and Stegun 26.7.3 and 26.7.4. The degrees are a small whole number here (8 and one more
 * per past stream), so the sums are short and exact to the last bits.
 */

/** Beyond this the distribution function has long rounded to 0 or 1. */
const REACH = 1e9;

/** P(T <= t) with `df` degrees of freedom. */
export function studentCdf(t: number, df: number): number {
  assert(Number.isInteger(df) && df >= 1, `degrees of freedom are a whole number, not ${df}`);
  if (t === Infinity) return 1;
  if (t === -Infinity) return 0;
  const angle = Math.atan(t / Math.sqrt(df));
  const cos2 = Math.cos(angle) ** 2;
  const even = df % 2 === 0;
  let term = even ? 1 : Math.cos(angle);
  let sum = df === 1 ? 0 : term;
  for (let k = even ? 2 : 3; k <= df - 2; k += 2) {
    term *= (cos2 * (k - 1)) / k;
    sum += term;
  }
  const within = even ? Math.sin(angle) * sum : (2 / Math.PI) * (angle + Math.sin(angle) * sum);
  return (1 + within) / 2;
}

/** The t with P(T <= t) = p, for p strictly between 0 and 1, by bisection to the last bit. */
export function studentQuantile(p: number, df: number): number {
  assert(p > 0 && p < 1, `a probability lies between 0 and 1, not at ${p}`);
  if (p === 0.5) return 0;
  if (p < Number.EPSILON) return -REACH;
  if (p < 0.5) return -studentQuantile(1 - p, df);
  let low = 0;
  let high = 1;
  while (studentCdf(high, df) < p && high < REACH) high *= 2;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (studentCdf(middle, df) < p) low = middle;
    else high = middle;
  }
}
