/** The name a proof is saved under: for whom and of when, in letters that every file system takes. */
import type { ProofStatement } from "./statement";
import { writeTime } from "./times";

const CREATOR_MAX = 40;

export function fileNameOf(
  { creator, asOf }: Pick<ProofStatement, "creator" | "asOf">,
  zoneMinutes: number,
): string {
  const words = creator.normalize("NFC").match(/[\p{L}\p{N}]+/gu) ?? [];
  // A cut may leave half of a character.
  const name = words
    .join("-")
    .slice(0, CREATOR_MAX)
    .replace(/[-\p{Surrogate}]$/u, "");
  const time = writeTime(asOf, zoneMinutes).slice(0, 16).replace(" ", "-").replace(":", "");
  return `${["stock-proof", name, time].filter((part) => part !== "").join("-")}.xlsx`;
}
