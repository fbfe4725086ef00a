/**
 * A ZIP archive of a few small parts (APPNOTE 6.3.9), stored and not packed: so it is the same bytes
 * from the same content in every engine, and needs none of their compressors.
 */
import { crc32 } from "../../channels/exports/crc32";
import { utf8 } from "../bytes";

export interface PartToWrite {
  readonly name: string;
  readonly text: string;
}

const VERSION = 20;
/** Names are UTF-8. */
const FLAGS = 0x0800;
/** 1980-01-01. */
const DOS_DATE = 0x0021;

function record(fields: readonly (readonly [bytes: 2 | 4, value: number])[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(fields.reduce((sum, [bytes]) => sum + bytes, 0)));
  let at = 0;
  for (const [bytes, value] of fields) {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += bytes;
  }
  return new Uint8Array(view.buffer);
}

function join(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

export function writeZip(parts: readonly PartToWrite[]): Uint8Array<ArrayBuffer> {
  const files: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const part of parts) {
    const name = utf8(part.name);
    const data = utf8(part.text);
    const common: [2 | 4, number][] = [
      [2, VERSION],
      [2, FLAGS],
      [2, 0],
      [2, 0],
      [2, DOS_DATE],
      [4, crc32(data)],
      [4, data.length],
      [4, data.length],
      [2, name.length],
      [2, 0],
    ];
    const local = record([[4, 0x04034b50], ...common]);
    files.push(local, name, data);
    const place: [2 | 4, number][] = [
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, offset],
    ];
    directory.push(record([[4, 0x02014b50], [2, VERSION], ...common, ...place]), name);
    offset += local.length + name.length + data.length;
  }
  const index = join(directory);
  const count = parts.length;
  const end = record([
    [4, 0x06054b50],
    [4, 0],
    [2, count],
    [2, count],
    [4, index.length],
    [4, offset],
    [2, 0],
  ]);
  return join([...files, index, end]);
}
