/** A workbook taken apart and put together again, with some of its parts other than they were. */
import { importLimits } from "../../src/channels/exports/limits";
import { unpack } from "../../src/channels/exports/unpack";
import { readZip } from "../../src/channels/exports/zip";
import { zip } from "../channels/exports/zip-writer";

export type Parts = ReadonlyMap<string, string>;

export async function partsOf(bytes: Uint8Array): Promise<Map<string, string>> {
  const read = readZip(bytes, importLimits);
  if (!read.ok) throw new Error(read.error.code);
  const texts = new Map<string, string>();
  for (const [name, part] of read.value) {
    const pieces: Uint8Array[] = [];
    for await (const piece of unpack(part, { unpacked: 0 }, importLimits)) pieces.push(piece);
    texts.set(name, Buffer.concat(pieces).toString("utf8"));
  }
  return texts;
}

export function together(parts: Parts): Uint8Array {
  return zip([...parts].map(([name, data]) => ({ name, data })));
}

/** With the parts of `change`, and without those that it makes null. */
export async function withParts(
  bytes: Uint8Array,
  change: (parts: Parts) => Readonly<Record<string, string | null>>,
): Promise<Uint8Array> {
  const parts = await partsOf(bytes);
  for (const [name, text] of Object.entries(change(parts))) {
    if (text === null) parts.delete(name);
    else parts.set(name, text);
  }
  return together(parts);
}

export const SHEET = "xl/worksheets/sheet1.xml";
export const STRINGS = "xl/sharedStrings.xml";
export const STYLES = "xl/styles.xml";
export const BOOK = "xl/workbook.xml";

/** One part with a text replaced; throws where it is not there, so that no edit is empty. */
export function replaced(bytes: Uint8Array, part: string, from: string | RegExp, to: string) {
  return withParts(bytes, (parts) => {
    const before = parts.get(part) ?? "";
    const after = before.replace(from, to);
    if (after === before) throw new Error(`nothing to replace in ${part}`);
    return { [part]: after };
  });
}
