/**
 * The table of contents of a ZIP archive (APPNOTE 6.3.9, sections 4.3.7, 4.3.12 and 4.3.16), read
 * with the suspicion it deserves: everything is looked at before one byte is unpacked.
 *
 * Refused as unsafe: names that leave the archive's folder, archives within the archive, encryption,
 * two parts of one name, parts that share bytes (a bomb that needs no recursion). ZIP64 is refused
 * as too large: nothing below its sizes needs it.
 */
import { err, ok, type Result } from "../../base/result";
import type { ImportLimits } from "./limits";
import { refuse, type FileRefusal } from "./refusals";

export interface ZipPart {
  readonly name: string;
  /** 0 = stored, 8 = deflated. */
  readonly method: number;
  readonly crc: number;
  /** Bytes, as the archive says; what comes out is held against it. */
  readonly unpacked: number;
  /** The packed bytes. */
  readonly bytes: Uint8Array;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_SIZE = 22;
const CENTRAL_SIZE = 46;
const LOCAL_SIZE = 30;
const COMMENT_MAX = 0xffff;

type Found<T> = Result<T, FileRefusal>;
const broken = (): Found<never> => err(refuse("broken_file"));
const unsafe = (name: string): Found<never> => err(refuse("unsafe_archive", name));

export function looksLikeZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

function climbsOut(name: string): boolean {
  const path = name.replaceAll("\\", "/");
  return path.startsWith("/") || /^[a-z]:/i.test(path) || path.split("/").includes("..");
}

const isArchive = (name: string) =>
  /\.(zip|7z|rar|gz|tgz|bz2|xz|zst|tar|jar|cab|iso|xls[xmb]|doc[xm]|ppt[xm]|ods|odt)$/i.test(name);

interface Central {
  readonly part: Omit<ZipPart, "bytes">;
  readonly packed: number;
  readonly offset: number;
  readonly next: number;
}

function findEnd(view: DataView): number {
  const least = Math.max(0, view.byteLength - END_SIZE - COMMENT_MAX);
  for (let at = view.byteLength - END_SIZE; at >= least; at -= 1) {
    if (view.getUint32(at, true) === END) return at;
  }
  return -1;
}

function readCentral(view: DataView, at: number): Found<Central> {
  if (at + CENTRAL_SIZE > view.byteLength || view.getUint32(at, true) !== CENTRAL) return broken();
  const nameSize = view.getUint16(at + 28, true);
  const next =
    at + CENTRAL_SIZE + nameSize + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  if (next > view.byteLength) return broken();
  const name = new TextDecoder().decode(
    new Uint8Array(view.buffer, view.byteOffset + at + CENTRAL_SIZE, nameSize),
  );
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  if (climbsOut(name) || isArchive(name) || (flags & 0x2041) !== 0) return unsafe(name);
  if (method !== 0 && method !== 8) return unsafe(name);
  const packed = view.getUint32(at + 20, true);
  const unpacked = view.getUint32(at + 24, true);
  const offset = view.getUint32(at + 42, true);
  if ([packed, unpacked, offset].includes(0xffffffff)) {
    return err(refuse("unpacks_too_large", name));
  }
  const part = { name, method, crc: view.getUint32(at + 16, true), unpacked };
  return ok({ part, packed, offset, next });
}

/** Where the packed bytes of a part are: after its own header, which has lengths of its own. */
function locate(bytes: Uint8Array, view: DataView, central: Central): Found<ZipPart> {
  const { offset, packed, part } = central;
  if (offset + LOCAL_SIZE > bytes.length || view.getUint32(offset, true) !== LOCAL) return broken();
  const begin =
    offset + LOCAL_SIZE + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (begin + packed > bytes.length) return broken();
  return ok({ ...part, bytes: bytes.subarray(begin, begin + packed) });
}

function checkSizes(parts: readonly ZipPart[], limits: ImportLimits): FileRefusal | null {
  let total = 0;
  let packed = 0;
  for (const part of parts) {
    total += part.unpacked;
    packed += part.bytes.length;
    const most = Math.max(limits.ratioFree, part.bytes.length * limits.ratioMax);
    if (part.unpacked > most) return refuse("unpacks_too_large", part.name);
  }
  const isDense = total > Math.max(limits.ratioFree, packed * limits.ratioMax);
  return total > limits.unpackedMax || isDense ? refuse("unpacks_too_large") : null;
}

function overlaps(parts: readonly ZipPart[]): string | null {
  const sorted = [...parts].sort((a, b) => a.bytes.byteOffset - b.bytes.byteOffset);
  let end = 0;
  for (const { name, bytes } of sorted) {
    if (bytes.length > 0 && bytes.byteOffset < end) return name;
    end = Math.max(end, bytes.byteOffset + bytes.length);
  }
  return null;
}

/** The parts by name. Directories are left out. */
export function readZip(
  bytes: Uint8Array,
  limits: ImportLimits,
): Result<ReadonlyMap<string, ZipPart>, FileRefusal> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length < END_SIZE ? -1 : findEnd(view);
  if (end < 0) return broken();
  const count = view.getUint16(end + 10, true);
  if (count > limits.partsMax) return unsafe("");
  const parts = new Map<string, ZipPart>();
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index += 1) {
    const central = readCentral(view, at);
    if (!central.ok) return central;
    at = central.value.next;
    const { name } = central.value.part;
    if (name.endsWith("/") && central.value.packed === 0) continue;
    const part = locate(bytes, view, central.value);
    if (!part.ok) return part;
    if (parts.has(name)) return unsafe(name);
    parts.set(name, part.value);
  }
  const list = [...parts.values()];
  const shared = overlaps(list);
  if (shared !== null) return unsafe(shared);
  const tooLarge = checkSizes(list, limits);
  return tooLarge === null ? ok(parts) : err(tooLarge);
}
