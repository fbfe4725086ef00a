/** A workbook as a proof's checker sees it: the cells of its sheets, and what does not belong there. */
import { refuse, type FileRefusal } from "../../channels/exports/refusals";
import { err, ok, type Result } from "../../base/result";
import type { SheetCell } from "../cells";
import { onlyOne, openPackage, type Package } from "./package";
import { readSheet, richText, type CellWorld, type Oddity } from "./read-sheet";
import { childOf, childrenOf, findBelow, type XmlNode } from "./xml-tree";

export interface ReadWorkbook {
  readonly sheets: readonly { readonly name: string; readonly cells: readonly SheetCell[] }[];
  readonly oddities: readonly Oddity[];
}

type Found<T> = Result<T, FileRefusal>;

const SHEETS_MAX = 20;

/** Parts that Excel, LibreOffice, WPS and web stores write beside plain values. */
const usualParts = [
  /^\[Content_Types\]\.xml$/i,
  /(^|\/)_rels\/[^/]*\.rels$/,
  /^(docProps|docMetadata|customXml)\//,
  /^xl\/(workbook|styles|sharedStrings|calcChain|metadata)\.xml$/,
  /^xl\/(theme|worksheets|printerSettings|persons|webextensions)\//,
];
const drawings = /^xl\/drawings\/[^/]+\.xml$/;
/** Of a drawing, what shows something; stores on the web write drawings without. */
const anchors = new Set(["twoCellAnchor", "oneCellAnchor", "absoluteAnchor"]);

async function oddParts(pack: Package): Promise<Found<readonly Oddity[]>> {
  const odd: Oddity[] = [];
  for (const name of pack.names) {
    if (usualParts.some((usual) => usual.test(name))) continue;
    if (drawings.test(name)) {
      const tree = await pack.xml(name);
      if (!tree.ok) return tree;
      if (tree.value !== null && findBelow(tree.value, anchors) === null) continue;
    }
    odd.push({ kind: "extra", where: name });
  }
  return ok(odd);
}

async function readStrings(pack: Package, part: string | null): Promise<Found<readonly string[]>> {
  const tree = part === null ? ok(null) : await pack.xml(part);
  return tree.ok ? ok(childrenOf(tree.value, "si").map(richText)) : tree;
}

/** Excel's own formats that show a value as it is: General, 0, #,##0 and text (18.8.30). */
const plainFormats = new Set([0, 1, 3, 49]);
const plainCodes = new Set(["general", "0", "#,##0", "@"]);

async function readStyles(pack: Package, part: string | null) {
  const tree = part === null ? ok(null) : await pack.xml(part);
  if (!tree.ok) return tree;
  const codes = new Map(
    childrenOf(childOf(tree.value, "numFmts"), "numFmt").map(({ attributes }) => [
      Number(attributes.get("numFmtId")),
      // LibreOffice names the language a format is of.
      (attributes.get("formatCode") ?? "").toLowerCase().replace(/^\[\$-[0-9a-f]{1,4}\]/, ""),
    ]),
  );
  const plain = childrenOf(childOf(tree.value, "cellXfs"), "xf").map(({ attributes }) => {
    const id = Number(attributes.get("numFmtId") ?? 0);
    const code = codes.get(id);
    return code === undefined ? plainFormats.has(id) : plainCodes.has(code);
  });
  // A file without styles shows everything as it is.
  return ok((style: number) => plain[style] ?? (plain.length === 0 && style === 0));
}

/** The attribute of the relationship's id has a prefix of the file's own choice. */
function relationOf({ attributes }: XmlNode): string {
  return [...attributes].find(([name]) => /:id$/.test(name))?.[1] ?? "";
}

export async function readXlsx(bytes: Uint8Array): Promise<Found<ReadWorkbook>> {
  const opened = openPackage(bytes);
  if (!opened.ok) return opened;
  const pack = opened.value;
  const top = await pack.relationships("");
  if (!top.ok) return top;
  const main = onlyOne(top.value, "officeDocument");
  if (!main.ok) return main;
  const workbook = main.value === null ? ok(null) : await pack.xml(main.value);
  if (!workbook.ok) return workbook;
  if (workbook.value?.name !== "workbook") return err(refuse("no_workbook"));
  return readBook(pack, workbook.value, main.value ?? "");
}

async function readBook(
  pack: Package,
  workbook: XmlNode,
  part: string,
): Promise<Found<ReadWorkbook>> {
  const relations = await pack.relationships(part);
  if (!relations.ok) return relations;
  const stringsPart = onlyOne(relations.value, "sharedStrings");
  if (!stringsPart.ok) return stringsPart;
  const stylesPart = onlyOne(relations.value, "styles");
  if (!stylesPart.ok) return stylesPart;
  const strings = await readStrings(pack, stringsPart.value);
  if (!strings.ok) return strings;
  const showsPlainly = await readStyles(pack, stylesPart.value);
  if (!showsPlainly.ok) return showsPlainly;
  const extra = await oddParts(pack);
  if (!extra.ok) return extra;
  const world: CellWorld = { strings: strings.value, showsPlainly: showsPlainly.value };
  const oddities = [...extra.value];
  const sheets: { name: string; cells: readonly SheetCell[] }[] = [];
  const listed = childrenOf(workbook, "sheets").flatMap((list) => childrenOf(list, "sheet"));
  if (listed.length === 0 || listed.length > SHEETS_MAX) return err(refuse("no_workbook"));
  for (const sheet of listed) {
    const name = sheet.attributes.get("name") ?? "";
    const relation = relations.value.get(relationOf(sheet));
    const tree = relation === undefined ? ok(null) : await pack.xml(relation.part);
    if (!tree.ok) return tree;
    // A chart or a dialog has no cells; it is a sheet that does not belong here.
    if (relation?.kind !== "worksheet" || tree.value === null) {
      sheets.push({ name, cells: [] });
      continue;
    }
    const read = readSheet(tree.value, world);
    if (!read.ok) return read;
    if ((sheet.attributes.get("state") ?? "visible") !== "visible") {
      oddities.push({ kind: "hidden", where: name });
    }
    oddities.push(...read.value.oddities);
    sheets.push({ name, cells: read.value.cells });
  }
  return ok({ sheets, oddities });
}
