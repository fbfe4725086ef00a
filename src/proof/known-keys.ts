/**
 * Whose key was seen before: first use is believed, a change is told. A list and no object by names,
 * since the names come from files.
 */
import * as v from "valibot";

const knownSchema = v.array(
  v.object({
    seller: v.string(),
    fingerprint: v.string(),
    /** First seen, ms. */
    since: v.number(),
    /** When the person said that she compared it with the seller; null = not yet. */
    compared: v.nullable(v.number()),
  }),
);
export type KnownKeys = v.InferOutput<typeof knownSchema>;
export type KnownKey = KnownKeys[number];

/** The oldest are forgotten beyond so many. */
const KNOWN_MAX = 500;

/** "ACME  Shop" and "acme shop" are one seller. */
function sameName(seller: string): string {
  return seller.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}

/** Nothing for what is damaged: then every seller is seen for the first time. */
export function readKnownKeys(text: string | null): KnownKeys {
  try {
    const parsed = v.safeParse(knownSchema, JSON.parse(text ?? "[]"));
    return parsed.success ? parsed.output : [];
  } catch {
    return [];
  }
}

export function keyOf(known: KnownKeys, seller: string): KnownKey | null {
  const name = sameName(seller);
  return known.find((key) => sameName(key.seller) === name) ?? null;
}

/** The seller's key from now on. One that was known before is replaced. */
export function rememberKey(known: KnownKeys, key: KnownKey): KnownKeys {
  const name = sameName(key.seller);
  const others = known.filter(({ seller }) => sameName(seller) !== name);
  return [...others, key].slice(-KNOWN_MAX);
}
