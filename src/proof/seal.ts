/**
 * The seal of a proof: one text cell with the seller's public key and her signature over every other
 * cell (ECDSA P-256 with SHA-256, FIPS 186-5). And the map beside it, three bytes for each cell, which
 * proves nothing but tells where a sheet was changed.
 *
 * A signature has two spellings, s and n - s; only the smaller is taken. Otherwise the seal itself
 * could be changed and still be good, and "any changed digit is caught" would not hold of its own.
 */
import { fromBase64Url, toBase64Url, utf8 } from "./bytes";
import { addressOf, canonicalText, lineOf, type SheetCell } from "./cells";

/** What is used of WebCrypto; the page, Node and the worker all have it. */
export type Crypto = Pick<SubtleCrypto, "digest" | "importKey" | "verify">;

export interface Seal {
  /** The point, uncompressed: 65 bytes (SEC 1, 2.3.3). */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  /** r and s, 32 bytes each. */
  readonly signature: Uint8Array<ArrayBuffer>;
}

const SEAL = "SSP1.";
const MAP = "SSM1.";
const PUBLIC_KEY_BYTES = 65;
const SIGNATURE_BYTES = 64;
/** Of a cell's hash: enough to find a change, never meant to prove that there is none. */
const TAG_BYTES = 3;

/** The order of P-256 (SEC 2, 2.4.2). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

function toBigInt(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return value;
}

/** The spelling of the same signature that is taken. */
export function lowS(signature: Uint8Array): Uint8Array<ArrayBuffer> {
  const low = new Uint8Array(signature);
  const s = toBigInt(low.subarray(32));
  if (s <= ORDER >> 1n) return low;
  let rest = ORDER - s;
  for (let at = SIGNATURE_BYTES - 1; at >= 32; at -= 1) {
    low[at] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return low;
}

export function writeSeal({ publicKey, signature }: Seal): string {
  return `${SEAL}${toBase64Url(publicKey)}.${toBase64Url(signature)}`;
}

/** Whether a cell is, or was meant to be, the seal. */
export function isSeal({ value }: SheetCell): boolean {
  return value.startsWith(SEAL);
}

export function isMap({ value }: SheetCell): boolean {
  return value.startsWith(MAP);
}

/** Null for anything but the one spelling of a seal. */
export function readSeal(text: string): Seal | null {
  if (!text.startsWith(SEAL)) return null;
  const [key = "", signed = "", more] = text.slice(SEAL.length).split(".");
  const publicKey = fromBase64Url(key);
  const signature = fromBase64Url(signed);
  if (more !== undefined || publicKey === null || signature === null) return null;
  if (publicKey.length !== PUBLIC_KEY_BYTES || publicKey[0] !== 4) return null;
  if (signature.length !== SIGNATURE_BYTES) return null;
  return toBigInt(signature.subarray(32)) <= ORDER >> 1n ? { publicKey, signature } : null;
}

/** The bytes to sign: every cell but the seal's own. */
export function signedBytes(sheet: string, cells: readonly SheetCell[]): Uint8Array<ArrayBuffer> {
  return utf8(
    canonicalText(
      sheet,
      cells.filter((cell) => !isSeal(cell)),
    ),
  );
}

const algorithm = { name: "ECDSA", namedCurve: "P-256" };

export async function isSignedBy(
  crypto: Crypto,
  seal: Seal,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  try {
    const key = await crypto.importKey("raw", seal.publicKey, algorithm, false, ["verify"]);
    return await crypto.verify({ name: "ECDSA", hash: "SHA-256" }, key, seal.signature, bytes);
  } catch {
    // A point that is not on the curve.
    return false;
  }
}

async function sha256(crypto: Crypto, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.digest("SHA-256", bytes));
}

const FINGERPRINT_DIGITS = 24;

/**
 * 24 digits in groups of four, about 80 bits of the key's SHA-256: short enough to read out in a call,
 * and digits sound the same to everybody. To make a second key with the same ones takes 2^79 keys.
 */
export async function fingerprintOf(crypto: Crypto, publicKey: Uint8Array<ArrayBuffer>) {
  const hash = toBigInt(await sha256(crypto, publicKey));
  const digits = String(hash % 10n ** BigInt(FINGERPRINT_DIGITS)).padStart(FINGERPRINT_DIGITS, "0");
  return digits.replace(/\d{4}(?=\d)/g, "$& ");
}

async function tagOf(crypto: Crypto, cell: SheetCell): Promise<string> {
  return toBase64Url((await sha256(crypto, utf8(lineOf(cell)))).subarray(0, TAG_BYTES));
}

export async function writeMap(crypto: Crypto, cells: readonly SheetCell[]): Promise<string> {
  const tags = await Promise.all(
    cells.map(async (cell) => `${addressOf(cell)}:${await tagOf(crypto, cell)}`),
  );
  return MAP + tags.join(" ");
}

/** How the cells differ from the map, by address. */
export interface Differences {
  readonly changed: readonly SheetCell[];
  readonly added: readonly SheetCell[];
  readonly missing: readonly string[];
}

export async function compareWithMap(
  crypto: Crypto,
  map: string,
  cells: readonly SheetCell[],
): Promise<Differences> {
  const mapped = new Map(
    [...map.slice(MAP.length).matchAll(/([A-Z]{1,3}\d{1,7}):([\w-]{4})/g)].map(
      ([, address = "", tag = ""]) => [address, tag] as const,
    ),
  );
  const changed: SheetCell[] = [];
  const added: SheetCell[] = [];
  for (const cell of cells) {
    const address = addressOf(cell);
    const tag = mapped.get(address);
    mapped.delete(address);
    if (tag === undefined) added.push(cell);
    else if (tag !== (await tagOf(crypto, cell))) changed.push(cell);
  }
  return { changed, added, missing: [...mapped.keys()] };
}
