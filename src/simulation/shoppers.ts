/** Who wants to buy, where and when. Drawn before the run, so that every policy meets the same people. */
import type { ChannelId } from "../base/ids";
import { exponential, poisson, type Prng } from "../base/prng";
import type { Scenario, Surge } from "./scenario";

export interface Shopper {
  /** Seconds after the stream's start. */
  readonly at: number;
  readonly channel: ChannelId;
  /** Seconds until she pays; null = never. */
  readonly paysAfter: number | null;
}

/** Standard normal (Box and Muller). */
export function normal(prng: Prng): number {
  const radius = Math.sqrt(-2 * Math.log(1 - prng.next()));
  return radius * Math.cos(2 * Math.PI * prng.next());
}

/** Poisson for any mean: large ones are drawn in parts, since exp(-mean) would vanish. */
function manyPoisson(prng: Prng, mean: number): number {
  let left = mean;
  let total = 0;
  while (left > 20) {
    total += poisson(prng, 20);
    left -= 20;
  }
  return total + poisson(prng, left);
}

/** Gamma(8)/8: streams of the same plan differ by about a third. */
function mood(prng: Prng): number {
  let sum = 0;
  for (let n = 0; n < 8; n += 1) sum += exponential(prng, 1);
  return sum / 8;
}

function momentOf(prng: Prng, surge: Surge): number {
  if (surge.kind === "bell") return surge.at + surge.sd * normal(prng);
  // It rises evenly and falls off slowly; as many buyers come on each side as the areas say.
  const rising = surge.rise / 2 / (surge.rise / 2 + surge.decay);
  if (prng.next() < rising) return surge.at - surge.rise * (1 - Math.sqrt(prng.next()));
  return surge.at + exponential(prng, surge.decay);
}

/** How many times its usual pace the other channels sell at `t`. */
function haloAt(surges: readonly Surge[], t: number): number {
  let most = 1;
  for (const surge of surges) {
    if (surge.kind === "bell") {
      const z = (t - surge.at) / surge.sd;
      most = Math.max(most, 1 + (surge.halo - 1) * Math.exp((-z * z) / 2));
    } else if (t >= surge.at && t < surge.at + surge.haloFor) {
      most = Math.max(most, surge.halo);
    }
  }
  return most;
}

function slow(prng: Prng, scenario: Scenario, channel: ChannelId): Shopper[] {
  const top = Math.max(1, ...scenario.surges.map((surge) => surge.halo));
  // Thinning: draw at the top pace, keep as many as the pace of the moment asks for.
  const drawn = manyPoisson(prng, scenario.slowOrders[channel] * top);
  const shoppers: Shopper[] = [];
  for (let n = 0; n < drawn; n += 1) {
    const at = prng.next() * scenario.length;
    if (prng.next() * top < haloAt(scenario.surges, at))
      shoppers.push({ at, channel, paysAfter: 0 });
  }
  return shoppers;
}

function live(prng: Prng, scenario: Scenario): Shopper[] {
  const pace = mood(prng);
  const moments: number[] = [];
  const flat = manyPoisson(prng, scenario.flat * pace);
  for (let n = 0; n < flat; n += 1) moments.push(prng.next() * scenario.length);
  for (const surge of scenario.surges) {
    const buyers = manyPoisson(prng, surge.buyers * pace);
    for (let n = 0; n < buyers; n += 1) moments.push(momentOf(prng, surge));
  }
  return moments
    .filter((at) => at >= 0 && at < scenario.length)
    .map((at) => ({
      at,
      channel: "tiktok",
      paysAfter: prng.next() < scenario.unpaid ? null : exponential(prng, scenario.payAfter),
    }));
}

/** In the order in which they come. */
export function shoppersOf(scenario: Scenario, prng: Prng): readonly Shopper[] {
  const all = [
    ...live(prng, scenario),
    ...(["amazon", "shopify", "ebay"] as const).flatMap((channel) => slow(prng, scenario, channel)),
  ];
  return all.sort((a, b) => a.at - b.at);
}

/** Units in the warehouse: given, or such that the last surge meets 60 of them. */
export function stockOf(scenario: Scenario, shoppers: readonly Shopper[]): number {
  if (scenario.stock !== "cliff") return scenario.stock;
  const last = scenario.surges.at(-1)?.at ?? scenario.length;
  // Who never pays gives the unit back in time to be sold again before the cliff.
  const back = last - scenario.payWithin;
  return 60 + shoppers.filter((s) => s.at < last && (s.paysAfter !== null || s.at > back)).length;
}
