/** ZIP archives, honest and otherwise; and the smallest workbook there is. */
import { deflateRawSync } from "node:zlib";
import { crc32 } from "../../../src/channels/exports/crc32";

export interface PartToWrite {
  readonly name: string;
  readonly data: Uint8Array | string;
  readonly stored?: boolean;
  /** Lies: what the archive says instead of the truth. */
  readonly says?: { readonly unpacked?: number; readonly crc?: number; readonly flags?: number };
  /** Points at the bytes of another part instead of its own. */
  readonly at?: string;
}

/** The packed bytes of a part, where they are ready made: a bomb need not be packed here. */
export interface PackedPart extends Omit<PartToWrite, "data"> {
  readonly packed: Uint8Array;
  readonly unpacked: number;
  readonly crc: number;
}

function pack(part: PartToWrite | PackedPart): PackedPart {
  if ("packed" in part) return part;
  const raw = typeof part.data === "string" ? Buffer.from(part.data) : Buffer.from(part.data);
  const packed = part.stored === true ? raw : deflateRawSync(raw, { level: 9 });
  return { ...part, packed, unpacked: raw.length, crc: crc32(raw) };
}

function header(part: PackedPart, offset: number, isCentral: boolean): Buffer {
  const { name, packed, unpacked, crc, stored, says } = part;
  const nameBytes = Buffer.from(name);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(says?.flags ?? 0x800, 2);
  common.writeUInt16LE(stored === true ? 0 : 8, 4);
  common.writeUInt32LE(says?.crc ?? crc, 10);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(says?.unpacked ?? unpacked, 18);
  common.writeUInt16LE(nameBytes.length, 22);
  if (!isCentral) {
    const mark = Buffer.from([0x50, 0x4b, 3, 4]);
    return Buffer.concat([mark, common, nameBytes]);
  }
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(offset, 10);
  return Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), common, tail, nameBytes]);
}

export function zip(parts: readonly (PartToWrite | PackedPart)[]): Uint8Array {
  const pieces: Uint8Array[] = [];
  const offsets = new Map<string, number>();
  const central: Buffer[] = [];
  let at = 0;
  for (const part of parts.map(pack)) {
    const offset = part.at === undefined ? at : (offsets.get(part.at) ?? 0);
    central.push(header(part, offset, true));
    if (part.at !== undefined) continue;
    offsets.set(part.name, at);
    const local = header(part, 0, false);
    pieces.push(local, part.packed);
    at += local.length + part.packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(central.length, 8);
  end.writeUInt16LE(central.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...pieces, directory, end]));
}

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

export function sheetXml(rows: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="${MAIN}"><dimension ref="A1:A1"/><sheetData>${rows}</sheetData></worksheet>`;
}

/** A workbook of one sheet, given as its XML or ready packed; `more` are further or other parts. */
export function workbook(
  sheet: string | PackedPart,
  more: readonly (PartToWrite | PackedPart)[] = [],
): Uint8Array {
  const parts: (PartToWrite | PackedPart)[] = [
    {
      name: "xl/workbook.xml",
      data: `<workbook xmlns="${MAIN}" xmlns:r="${REL}"><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      data: `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    typeof sheet === "string" ? { name: "xl/worksheets/sheet1.xml", data: sheet } : sheet,
  ];
  const names = new Set(more.map(({ name }) => name));
  return zip([...parts.filter(({ name }) => !names.has(name)), ...more]);
}

/** Rows of texts, each cell with its reference and its text inline. */
export function rowsXml(rows: readonly (readonly string[])[]): string {
  return rows
    .map((cells, row) => {
      const inner = cells.map(
        (text, column) =>
          `<c r="${String.fromCharCode(65 + column)}${row + 1}" t="inlineStr"><is><t>${text}</t></is></c>`,
      );
      return `<row r="${row + 1}">${inner.join("")}</row>`;
    })
    .join("");
}
