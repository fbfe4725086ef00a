import { inverseMills } from "./normal";

/**
 * What past streams say about the coming one (forecast.md 2.2). The unknown of a stream is its lift,
 * ln(demand / expected). Lifts of one seller share a part, lifts of one creator share another, the
 * rest is the stream's own. Each past stream moves the belief by one linear step; a sold-out stream
 * of unknown sell-out time says only "at least this much" and is matched by its two moments.
 */

export interface PastStream {
  /** Units that the table expected of it, above 0. */
  readonly expected: number;
  /** Units sold, at least the floor of the settings. */
  readonly sold: number;
  readonly soldOut: boolean;
  /** Share of the stream's sales that had usually been made when stock ran out, in (0, 1]. */
  readonly share: number | null;
  /** Streams with the same creator inform each other more; null is a creator of its own. */
  readonly creator: string | null;
}

/** Variances of the three parts of a lift, and what else the learner takes as given. */
export interface Prior {
  readonly seller: number;
  readonly creator: number;
  readonly stream: number;
  readonly df: number;
  readonly pacePrecision: number;
}

export interface Learnt {
  /** Mean of the coming stream's lift. */
  readonly mu: number;
  /** Variance of what its seller and creator share, before `scale`. */
  readonly variance: number;
  /** By how much the spread seen differs from the prior's; 1 = as assumed. */
  readonly scale: number;
  readonly df: number;
  /** Mean of the lifts as they were observed; null without history. */
  readonly meanObserved: number | null;
  /** Streams learnt only as a lower bound. */
  readonly censored: number;
}

interface Observation {
  readonly index: number;
  readonly lift: number;
  readonly noise: number;
  readonly censored: boolean;
}

interface Belief {
  readonly mean: readonly number[];
  readonly covariance: readonly (readonly number[])[];
}

/** Dispersion of "sold by share g" around the whole (forecast.md 2.2 and 2.4). Units squared log. */
export function paceNoise(share: number, sold: number, pacePrecision: number): number {
  return (1 - share) * (1 / ((pacePrecision + 1) * share) + 1 / sold);
}

function observe(stream: PastStream, index: number, prior: Prior): Observation {
  const { expected, sold, soldOut, share } = stream;
  const noise = prior.stream + 1 / sold;
  if (!soldOut) return { index, lift: Math.log(sold / expected), noise, censored: false };
  if (share === null) return { index, lift: Math.log(sold / expected), noise, censored: true };
  return {
    index,
    // Not the logarithm of the quotient: a share of almost nothing would leave the doubles.
    lift: Math.log(sold / expected) - Math.log(share),
    noise: noise + paceNoise(share, sold, prior.pacePrecision),
    censored: false,
  };
}

/**
 * Several lower bounds make the result depend on their order, so it is fixed: numbers first as
 * given, then bounds from the highest down.
 */
function inOrder(observations: readonly Observation[]): Observation[] {
  const exact = observations.filter((o) => !o.censored);
  const censored = observations.filter((o) => o.censored).sort((a, b) => b.lift - a.lift);
  return [...exact, ...censored];
}

function step(belief: Belief, column: readonly number[], g1: number, g2: number): Belief {
  return {
    mean: belief.mean.map((value, p) => value + (column[p] ?? 0) * g1),
    covariance: belief.covariance.map((row, p) => {
      const pull = (column[p] ?? 0) * g2;
      return row.map((value, q) => value - pull * (column[q] ?? 0));
    }),
  };
}

/** `streams` in the order they happened; `creator` is the coming stream's. */
export function learn(
  streams: readonly PastStream[],
  creator: string | null,
  prior: Prior,
): Learnt {
  const creators = [...streams.map((stream) => stream.creator), creator];
  const last = streams.length;
  const observations = streams.map((stream, index) => observe(stream, index, prior));
  let belief: Belief = {
    mean: creators.map(() => 0),
    covariance: creators.map((a) =>
      creators.map((b) => prior.seller + (a === b ? prior.creator : 0)),
    ),
  };
  let squares = prior.df;
  let df = prior.df;
  for (const { index, lift, noise, censored } of inOrder(observations)) {
    const column = belief.covariance.map((row) => row[index] ?? 0);
    const spread = (column[index] ?? 0) + noise;
    const gap = lift - (belief.mean[index] ?? 0);
    if (censored) {
      const z = -gap / Math.sqrt(spread);
      const pull = inverseMills(z);
      belief = step(belief, column, pull / Math.sqrt(spread), (pull * (pull + z)) / spread);
    } else {
      belief = step(belief, column, gap / spread, 1 / spread);
      squares += gap ** 2 / spread;
      df += 1;
    }
  }
  return {
    mu: belief.mean[last] ?? 0,
    variance: belief.covariance[last]?.[last] ?? 0,
    scale: squares / df,
    df,
    meanObserved: last === 0 ? null : observations.reduce((sum, o) => sum + o.lift, 0) / last,
    censored: observations.filter((o) => o.censored).length,
  };
}
