/** Which SKU a listing may really sell: those that share the most words with it. Pure. */
import type { SkuState } from "../../worker/api";

function wordsOf(text: string): ReadonlySet<string> {
  const words = text
    .normalize("NFKC")
    .toLowerCase()
    .match(/[\p{Script=Han}]|[\p{L}\p{N}]+/gu);
  return new Set(words ?? []);
}

/** The likeliest first, at most `most`; none that shares no word. `about`: titles and codes known. */
export function likelySkus(
  about: string,
  skus: readonly Pick<SkuState, "sku" | "title">[],
  most: number,
): readonly Pick<SkuState, "sku" | "title">[] {
  const wanted = wordsOf(about);
  const scored = skus.map((row) => {
    const words = wordsOf(`${row.sku} ${row.title}`);
    const shared = [...words].filter((word) => wanted.has(word)).length;
    return { row, score: shared / Math.max(1, words.size + wanted.size - shared) };
  });
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ row }) => row);
}
