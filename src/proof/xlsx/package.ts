/**
 * The parts of a workbook and how they refer to one another (ECMA-376, part 2). Read as every program
 * reads them, by the relationships and not by names: otherwise a file could show us one sheet and Excel
 * another.
 */
import { importLimits, type ImportLimits } from "../../channels/exports/limits";
import { refuse, type FileRefusal } from "../../channels/exports/refusals";
import { unpack, type Meter } from "../../channels/exports/unpack";
import { looksLikeZip, readZip, type ZipPart } from "../../channels/exports/zip";
import { err, ok, type Result } from "../../base/result";
import { childrenOf, parseXml, type XmlNode } from "./xml-tree";

const MEGA = 1024 * 1024;

/** A proof of 200 lines is a tenth of a megabyte, unpacked a quarter. */
export const proofLimits: ImportLimits = {
  ...importLimits,
  packedMax: 4 * MEGA,
  unpackedMax: 16 * MEGA,
  partsMax: 200,
  cellsMax: 20_000,
};

type Found<T> = Result<T, FileRefusal>;

export interface Relationship {
  /** The last word of its type: "worksheet", whether strict or transitional. */
  readonly kind: string;
  /** The part's name; "" for a target outside the file. */
  readonly part: string;
}

/** UTF-8 or UTF-16, and no other encoding may be claimed: two programs could read two texts. */
function decode(bytes: Uint8Array, name: string): Found<string> {
  const [a, b] = bytes;
  const encoding =
    a === 0xff && b === 0xfe ? "utf-16le" : a === 0xfe && b === 0xff ? "utf-16be" : "utf-8";
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    const [, told = encoding] =
      /^\ufeff?<\?xml[^>]*?\bencoding\s*=\s*["']([^"']*)/.exec(text) ?? [];
    const isHonest = told.toLowerCase().startsWith(encoding.slice(0, 6).replace(/-$/, ""));
    return isHonest ? ok(text) : err(refuse("unsafe_xml", name));
  } catch {
    return err(refuse("broken_file", name));
  }
}

/** "../media/a.png" seen from "xl/worksheets/sheet1.xml" is "xl/media/a.png". */
function resolveTarget(from: string, target: string): string {
  const parts = target.startsWith("/") ? [] : from.split("/").slice(0, -1);
  for (const step of target.split("/")) {
    if (step === "..") parts.pop();
    else if (step !== "." && step !== "") parts.push(step);
  }
  return parts.join("/");
}

export class Package {
  readonly #parts: ReadonlyMap<string, ZipPart>;
  readonly #meter: Meter = { unpacked: 0 };

  constructor(parts: ReadonlyMap<string, ZipPart>) {
    this.#parts = parts;
  }

  get names(): readonly string[] {
    return [...this.#parts.keys()];
  }

  /** Null for a part that is not there. */
  async xml(name: string): Promise<Found<XmlNode | null>> {
    const part = this.#parts.get(name);
    if (part === undefined) return ok(null);
    const bytes = new Uint8Array(part.unpacked);
    let at = 0;
    const pieces = unpack(part, this.#meter, proofLimits);
    for (;;) {
      const step = await pieces.next();
      if (step.done === true) {
        if (step.value !== null) return err(step.value);
        break;
      }
      bytes.set(step.value, at);
      at += step.value.length;
    }
    const text = decode(bytes, name);
    if (!text.ok) return text;
    const tree = parseXml(text.value);
    return tree.ok ? tree : err(refuse(tree.error, name));
  }

  /** What a part refers to, by id. Two of one id is what no program writes. */
  async relationships(part: string): Promise<Found<ReadonlyMap<string, Relationship>>> {
    const [, folder = "", file = ""] = /^(.*\/)?([^/]*)$/.exec(part) ?? [];
    const name = `${folder}_rels/${file}.rels`;
    const tree = await this.xml(name);
    if (!tree.ok) return tree;
    const found = new Map<string, Relationship>();
    for (const { attributes } of childrenOf(tree.value, "Relationship")) {
      const id = attributes.get("Id") ?? "";
      const isOutside = attributes.get("TargetMode") === "External";
      const target = attributes.get("Target") ?? "";
      if (found.has(id)) return err(refuse("unsafe_archive", name));
      found.set(id, {
        kind: (attributes.get("Type") ?? "").split("/").at(-1) ?? "",
        part: isOutside ? "" : resolveTarget(part, target),
      });
    }
    return ok(found);
  }
}

/** The one relationship of a kind; null where there is none, a refusal where there are several. */
export function onlyOne(
  relationships: ReadonlyMap<string, Relationship>,
  kind: string,
): Found<string | null> {
  const found = [...relationships.values()].filter((one) => one.kind === kind);
  return found.length > 1 ? err(refuse("unsafe_archive", kind)) : ok(found[0]?.part ?? null);
}

/** A compound file, as old workbooks and encrypted ones are. */
const isCompound = (bytes: Uint8Array) => bytes[0] === 0xd0 && bytes[1] === 0xcf;

export function openPackage(bytes: Uint8Array): Found<Package> {
  if (bytes.length === 0) return err(refuse("empty_file"));
  if (bytes.length > proofLimits.packedMax) return err(refuse("too_large"));
  if (isCompound(bytes)) return err(refuse("old_excel"));
  if (!looksLikeZip(bytes)) return err(refuse("not_a_table"));
  const parts = readZip(bytes, proofLimits);
  return parts.ok ? ok(new Package(parts.value)) : parts;
}
