/** Dice are an argument: a seeded generator, so that a run can be played again. */
export interface Prng {
  /** Uniform in [0, 1). */
  next(): number;
}

/**
 * mulberry32, a 32-bit generator of public domain; the one `forecast.md` 3.2 names.
 * Good enough for shoppers and simulations, not for secrets.
 */
export function mulberry32(seed: number): Prng {
  let state = seed >>> 0;
  return {
    next() {
      state = (state + 0x6d2b79f5) >>> 0;
      let t = state;
      t = Math.imul(t ^ (t >>> 15), t | 1);
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    },
  };
}

/** A Poisson count with the given mean (Knuth; fine for means below 30). */
export function poisson(prng: Prng, mean: number): number {
  const limit = Math.exp(-mean);
  let product = prng.next();
  let count = 0;
  while (product > limit) {
    product *= prng.next();
    count += 1;
  }
  return count;
}

/** An exponential waiting time with the given mean, in the unit of the mean. */
export function exponential(prng: Prng, mean: number): number {
  return -Math.log(1 - prng.next()) * mean;
}
