/**
 * From bytes to text. The encodings that exports come in: UTF-8 with and without a mark, UTF-16
 * (Excel's "Unicode text"), GB18030 (what Excel saves as CSV on a Chinese Windows; GBK is a part of
 * it) and windows-1252 (the same on a Western one, and Amazon's older reports).
 */
import { err, ok, type Result } from "../../base/result";
import type { Pace } from "./pace";
import type { FileRefusal } from "./refusals";

export const textEncodings = ["utf-8", "utf-16le", "utf-16be", "gb18030", "windows-1252"] as const;
export type TextEncoding = (typeof textEncodings)[number];

export interface DecodedText {
  /** In pieces: to put 25 MB together holds the thread. */
  readonly pieces: readonly string[];
  readonly encoding: TextEncoding;
}

/** Bytes decoded at once: a few milliseconds. */
const PIECE = 512 * 1024;
/** Bytes that a guess looks at, from the first that is not ASCII. */
const SAMPLE = 256 * 1024;

function byMark(bytes: Uint8Array): TextEncoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return null;
}

/** Without a mark UTF-16 shows itself by the zero in every other byte of the delimiters and digits. */
function byZeros(bytes: Uint8Array): TextEncoding | null {
  const end = Math.min(bytes.length, 4096);
  let even = 0;
  let odd = 0;
  for (let at = 0; at < end; at += 1) {
    if (bytes[at] !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  if (even + odd < end / 10) return null;
  return odd >= even ? "utf-16le" : "utf-16be";
}

/**
 * Bytes above 0x7F that are no UTF-8. Chinese characters of everyday use are pairs of two high bytes
 * (GB 2312 within GBK); in a Western text a high byte stands alone between letters.
 */
function legacy(bytes: Uint8Array): TextEncoding {
  let pairs = 0;
  let single = 0;
  let first = 0;
  while (first < bytes.length && (bytes[first] ?? 0) < 0x80) first += 1;
  const end = Math.min(bytes.length, first + SAMPLE);
  for (let at = first; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) continue;
    const next = bytes[at + 1] ?? 0;
    if (byte >= 0xa1 && byte <= 0xfe && next >= 0xa1 && next <= 0xfe) {
      pairs += 1;
      at += 1;
    } else if (byte >= 0x81 && byte !== 0xff && next >= 0x80 && next !== 0xff) {
      // A rarer character of GBK.
      at += 1;
    } else {
      single += 1;
    }
  }
  return pairs > single ? "gb18030" : "windows-1252";
}

/** Null: the bytes do not fit, and `decoder` is a strict one. */
function decodePiece(decoder: TextDecoder, piece: Uint8Array, isLast: boolean): string | null {
  try {
    return decoder.decode(piece, { stream: !isLast });
  } catch {
    return null;
  }
}

async function decodeAs(
  bytes: Uint8Array,
  encoding: TextEncoding,
  fatal: boolean,
  pace: Pace,
): Promise<Result<readonly string[] | null, FileRefusal>> {
  const decoder = new TextDecoder(encoding, { fatal });
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += PIECE) {
    const piece = bytes.subarray(at, at + PIECE);
    const text = decodePiece(decoder, piece, at + PIECE >= bytes.length);
    if (text === null) return ok(null);
    pieces.push(text);
    const stop = pace.due() ? await pace.rest("unpacking", at / bytes.length) : null;
    if (stop !== null) return err(stop);
  }
  return ok(pieces);
}

/** What one would try first, by the look of the bytes alone. */
function guess(bytes: Uint8Array): TextEncoding {
  return byMark(bytes) ?? byZeros(bytes) ?? "utf-8";
}

/**
 * `wanted`: the seller's own choice, null = find out. A choice is obeyed, with U+FFFD for what does
 * not fit; a guess of UTF-8 that does not hold to the last byte is taken back.
 */
export async function decodeText(
  bytes: Uint8Array,
  wanted: TextEncoding | null,
  pace: Pace,
): Promise<Result<DecodedText, FileRefusal>> {
  let encoding = wanted ?? guess(bytes);
  let pieces = await decodeAs(bytes, encoding, wanted === null && encoding === "utf-8", pace);
  if (pieces.ok && pieces.value === null) {
    encoding = legacy(bytes);
    pieces = await decodeAs(bytes, encoding, false, pace);
  }
  return pieces.ok ? ok({ pieces: pieces.value ?? [], encoding }) : pieces;
}
