/**
 * How likely a number that others learn of late is sold twice (forecast.md 3.1). What all channels sell
 * before the last of them knows is a Poisson count N; with B units kept back, more than B of them
 * means that buyers are owed what is not there.
 */
export interface OversellRisk {
  /** P(N > B). */
  readonly chance: number;
  /** E[(N - B)+]: units oversold, on average over all such windows. */
  readonly units: number;
  /** The smallest B with P(N > B) at or below the risk that is accepted. */
  readonly enough: number;
}

/** Nobody sells or keeps back more in one window; it bounds the sums. */
export const WINDOW_UNITS_MAX = 100_000;

/** P(N = n) for n = 0, 1, ... By logarithms: exp(-mean) itself leaves the doubles from 745 on. */
function* terms(mean: number): Generator<number, never> {
  let log = -mean;
  for (let n = 1; ; n += 1) {
    yield Math.exp(log);
    log += mean === 0 ? -Infinity : Math.log(mean / n);
  }
}

/** Beyond this term nothing is left to add up: the sum may stay a hair short of 1 for ever. */
const TAIL = 1e-18;

/**
 * `mean` of N and `buffer` B: 0 to WINDOW_UNITS_MAX, B whole; `risk` strictly between 0 and 1.
 * E[(N - B)+] = mean - B + the sum of (B - n) P(N = n) over n up to B.
 */
export function oversellRisk(mean: number, buffer: number, risk: number): OversellRisk {
  let sum = 0;
  let within = 0;
  let short = 0;
  let enough: number | null = null;
  let n = 0;
  for (const term of terms(mean)) {
    sum += term;
    if (n <= buffer) {
      within = sum;
      short += (buffer - n) * term;
    }
    if (enough === null && (1 - sum <= risk || (n > mean && term < TAIL))) enough = n;
    if (enough !== null && n >= buffer) break;
    n += 1;
  }
  return {
    chance: Math.max(0, 1 - within),
    units: Math.max(0, mean - buffer + short),
    enough: enough ?? n,
  };
}
