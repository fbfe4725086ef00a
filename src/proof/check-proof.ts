/**
 * Whether a file is what the seller sealed, and still valid. The one judge: the page, the terminal and
 * the companion itself ask here.
 */
import type { FileRefusal } from "../channels/exports/refusals";
import { addressOf, type SheetCell } from "./cells";
import { readStatement } from "./read-statement";
import {
  compareWithMap,
  fingerprintOf,
  isMap,
  isSeal,
  isSignedBy,
  readSeal,
  signedBytes,
  type Crypto,
} from "./seal";
import type { ProofStatement } from "./statement";
import { readXlsx, type ReadWorkbook } from "./xlsx/read-xlsx";

export interface Difference {
  readonly kind:
    | "changed"
    | "added"
    | "missing"
    | "formula"
    | "disguised"
    | "hidden"
    | "sheet"
    | "extra"
    | "seal";
  /** An address, a row or column, the name of a sheet or part. */
  readonly where: string;
  /** What stands there now; null where that tells nothing. */
  readonly now: string | null;
}

/** The seal holds; what it holds. */
interface Sealed {
  readonly statement: ProofStatement;
  /** Of the key that signed. */
  readonly fingerprint: string;
}

export type Verdict =
  | { readonly kind: "refused"; readonly refusal: FileRefusal }
  | { readonly kind: "not_a_proof" }
  /** `differences` may be empty: then nobody can tell which cell it was. */
  | { readonly kind: "changed"; readonly differences: readonly Difference[] }
  | ({ readonly kind: "true" | "expired" | "early" | "other_key" | "rehearsal" } & Sealed);

export interface CheckOptions {
  readonly crypto: Crypto;
  /** ms since 1970. */
  readonly now: number;
  /**
   * Fingerprints that this seller is known by, of her `name` as her proof writes it; none: she is not
   * known yet.
   */
  readonly known: readonly string[] | ((seller: string) => readonly string[]);
}

/** Clocks of two devices may differ by so much. */
const CLOCK_MS = 10 * 60_000;

export async function checkProof(bytes: Uint8Array, options: CheckOptions): Promise<Verdict> {
  const read = await readXlsx(bytes);
  if (!read.ok) return { kind: "refused", refusal: read.error };
  const sheet = read.value.sheets.find(({ cells }) =>
    cells.some((cell) => isSeal(cell) || isMap(cell)),
  );
  if (sheet === undefined) return { kind: "not_a_proof" };
  const sealed = await openSeal(sheet.name, sheet.cells, options.crypto);
  const odd = oddDifferences(read.value, sheet.name);
  if (sealed === null) {
    const found = await locate(sheet.cells, options.crypto);
    return { kind: "changed", differences: [...found, ...odd] };
  }
  if (odd.length > 0) return { kind: "changed", differences: odd };
  return { kind: judge(sealed, options), ...sealed };
}

/** Null unless exactly this content was signed. */
async function openSeal(
  name: string,
  cells: readonly SheetCell[],
  crypto: Crypto,
): Promise<Sealed | null> {
  const [cell, second] = cells.filter(isSeal);
  const seal = cell?.type === "t" ? readSeal(cell.value) : null;
  if (seal === null || second !== undefined) return null;
  if (!(await isSignedBy(crypto, seal, signedBytes(name, cells)))) return null;
  const statement = readStatement(cells);
  const fingerprint = await fingerprintOf(crypto, seal.publicKey);
  return statement?.fingerprint === fingerprint ? { statement, fingerprint } : null;
}

function oddDifferences({ sheets, oddities }: ReadWorkbook, own: string): readonly Difference[] {
  const others = sheets.filter(({ name }) => name !== own).map(({ name }) => name);
  return [
    ...others.map((where) => ({ kind: "sheet" as const, where, now: null })),
    ...oddities.map(({ kind, where }) => ({ kind, where, now: null })),
  ];
}

/** Which cells do not fit the map. Only a hint: the map is trusted no further than the seal. */
async function locate(cells: readonly SheetCell[], crypto: Crypto): Promise<readonly Difference[]> {
  const [map] = cells.filter(isMap);
  const seals = cells.filter(isSeal);
  const differences: Difference[] = [];
  if (map !== undefined) {
    const rest = cells.filter((cell) => cell !== map && !isSeal(cell));
    const { changed, added, missing } = await compareWithMap(crypto, map.value, rest);
    const telling = (kind: "changed" | "added") => (cell: SheetCell) => ({
      kind,
      where: addressOf(cell),
      now: cell.value,
    });
    differences.push(...changed.map(telling("changed")), ...added.map(telling("added")));
    differences.push(...missing.map((where) => ({ kind: "missing" as const, where, now: null })));
  }
  const isSealSound = seals.length === 1 && readSeal(seals[0]?.value ?? "") !== null;
  if (!isSealSound) {
    const where = seals.map(addressOf).join(", ");
    differences.push({ kind: "seal", where, now: null });
  }
  return differences;
}

function judge(
  { statement, fingerprint }: Sealed,
  { now, known }: CheckOptions,
): "true" | "expired" | "early" | "other_key" | "rehearsal" {
  if (statement.book !== "live") return "rehearsal";
  const fingerprints = typeof known === "function" ? known(statement.seller) : known;
  if (fingerprints.length > 0 && !fingerprints.includes(fingerprint)) return "other_key";
  if (statement.asOf > now + CLOCK_MS) return "early";
  return now > statement.validUntil ? "expired" : "true";
}
