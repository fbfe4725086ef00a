/**
 * How many units to keep back so that what others sell before they can be told is covered
 * (forecast.md 3.1): quantiles of the demand in a window.
 */

/** The smallest n with P(N <= n) >= p for a Poisson count; mean 0 or more, 0 < p < 1. */
export function poissonQuantile(mean: number, p: number): number {
  if (mean <= 0) return 0;
  // Far from 0 the first terms vanish: start at the bulk, where a normal guess is good enough.
  if (mean > 700) return Math.ceil(mean + normalQuantile(p) * Math.sqrt(mean));
  let term = Math.exp(-mean);
  let sum = term;
  let n = 0;
  while (sum < p && n < 10_000) {
    n += 1;
    term *= mean / n;
    sum += term;
  }
  return n;
}

/**
 * The same for a negative binomial count: a Poisson whose mean was only estimated, from `size`
 * counted events. size more than 0.
 */
export function estimatedQuantile(mean: number, size: number, p: number): number {
  if (mean <= 0) return 0;
  const stay = size / (size + mean);
  let term = Math.pow(stay, size);
  let sum = term;
  let n = 0;
  while (sum < p && n < 10_000) {
    n += 1;
    term *= ((size + n - 1) / n) * (1 - stay);
    sum += term;
  }
  return n;
}

/** Good to 0.00045; enough for a start (Abramowitz and Stegun 26.2.23). */
function normalQuantile(p: number): number {
  const tail = Math.min(p, 1 - p);
  const t = Math.sqrt(-2 * Math.log(tail));
  const z =
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t * t) /
      (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t);
  return p < 0.5 ? -z : z;
}
