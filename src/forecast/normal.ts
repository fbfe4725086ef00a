/** The standard normal distribution, as far as the learner needs it. */

/** From here outwards the tail's continued fraction beats the series around 0. */
const TAIL_FROM = 3;
/** Terms of the continued fraction: at 3, the slowest place, 60 reach the last bit of a double. */
const FRACTION_DEPTH = 60;

function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** density(w) / P(Z > w) for w >= 3, without ever forming either: both vanish far out. */
function tailHazard(w: number): number {
  let fraction = w;
  for (let k = FRACTION_DEPTH; k >= 1; k -= 1) fraction = w + k / fraction;
  return fraction;
}

/** P(Z <= z) - 1/2 by the power series that holds near 0. */
function centralMass(z: number): number {
  let term = z;
  let sum = z;
  for (let k = 3; Math.abs(term) > Math.abs(sum) * Number.EPSILON; k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return sum * density(z);
}

/** P(Z <= z). */
export function normalCdf(z: number): number {
  if (z <= -TAIL_FROM) return density(z) / tailHazard(-z);
  if (z >= TAIL_FROM) return 1 - density(z) / tailHazard(z);
  return 0.5 + centralMass(z);
}

/** density(z) / P(Z <= z): how strongly "it was at least this much" pulls at an estimate. */
export function inverseMills(z: number): number {
  if (z <= -TAIL_FROM) return tailHazard(-z);
  return density(z) / normalCdf(z);
}
