/** A part of a workbook as XML, and the small parts that say what the sheets are (ECMA-376, 18.2). */
import { err, ok, type Result } from "../../base/result";
import type { ImportLimits } from "./limits";
import type { Pace } from "./pace";
import { refuse, type FileRefusal } from "./refusals";
import { unpack, type Meter } from "./unpack";
import { attributesOf, XmlReader, type XmlHandler } from "./xml-reader";
import type { ZipPart } from "./zip";

export interface Archive {
  readonly parts: ReadonlyMap<string, ZipPart>;
  readonly limits: ImportLimits;
  readonly meter: Meter;
}

/**
 * Feeds a part to `handler`, and pauses after each piece so that the caller can take what the handler
 * collected. The last value is why it stopped, null at its end.
 */
export async function* readPart(
  archive: Archive,
  part: ZipPart,
  handler: XmlHandler,
): AsyncGenerator<number, FileRefusal | null, void> {
  const xml = new XmlReader(handler);
  // A mark of UTF-16 decides; without one XML is UTF-8.
  let decoder: TextDecoder | null = null;
  let done = 0;
  const source = unpack(part, archive.meter, archive.limits);
  try {
    for (;;) {
      const step = await source.next();
      if (step.done === true) {
        if (step.value !== null) return step.value;
        break;
      }
      decoder ??= new TextDecoder(
        step.value[0] === 0xff ? "utf-16le" : step.value[0] === 0xfe ? "utf-16be" : "utf-8",
      );
      const fault = xml.push(decoder.decode(step.value, { stream: true }));
      if (fault !== null) return refuse(fault, part.name);
      done += step.value.length;
      yield part.unpacked === 0 ? 1 : done / part.unpacked;
    }
  } finally {
    await source.return(null);
  }
  const fault = xml.push(decoder?.decode() ?? "") ?? xml.end();
  return fault === null ? null : refuse(fault, part.name);
}

/** A part that is read as a whole. A part that is not there is read as nothing. */
export async function readWhole(
  archive: Archive,
  name: string,
  handler: XmlHandler,
  pace: Pace,
): Promise<FileRefusal | null> {
  const part = archive.parts.get(name);
  if (part === undefined) return null;
  const pieces = readPart(archive, part, handler);
  try {
    for (;;) {
      const step = await pieces.next();
      if (step.done === true) return step.value;
      const stop = pace.due() ? await pace.rest("unpacking", step.value) : null;
      if (stop !== null) return stop;
    }
  } finally {
    await pieces.return(null);
  }
}

const nothing = () => undefined;

export interface SheetPart {
  readonly name: string;
  readonly part: string;
}

export interface Workbook {
  /** In the order of their tabs; hidden ones are left out. */
  readonly sheets: readonly SheetPart[];
  /** Days are counted from 1904. */
  readonly from1904: boolean;
}

/** Targets are relative to xl/, or absolute with a slash. */
function partName(target: string): string {
  return target.startsWith("/") ? target.slice(1) : `xl/${target.replace(/^\.\//, "")}`;
}

export async function readWorkbook(
  archive: Archive,
  pace: Pace,
): Promise<Result<Workbook, FileRefusal>> {
  const targets = new Map<string, string>();
  const relations = await readWhole(
    archive,
    "xl/_rels/workbook.xml.rels",
    {
      open: (name, tag) => {
        if (name !== "Relationship") return;
        const attributes = attributesOf(tag);
        targets.set(attributes.get("Id") ?? "", partName(attributes.get("Target") ?? ""));
      },
      close: nothing,
      text: nothing,
    },
    pace,
  );
  if (relations !== null) return err(relations);
  const sheets: SheetPart[] = [];
  let from1904 = false;
  const workbook = await readWhole(
    archive,
    "xl/workbook.xml",
    {
      open: (name, tag) => {
        if (name === "workbookPr") {
          from1904 = /^(1|true)$/.test(attributesOf(tag).get("date1904") ?? "");
        }
        if (name !== "sheet") return;
        const attributes = attributesOf(tag);
        const part = targets.get(attributes.get("r:id") ?? "") ?? "";
        const isHidden = (attributes.get("state") ?? "visible") !== "visible";
        if (isHidden || !archive.parts.has(part)) return;
        sheets.push({ name: attributes.get("name") ?? "", part });
      },
      close: nothing,
      text: nothing,
    },
    pace,
  );
  if (workbook !== null) return err(workbook);
  return sheets.length === 0 ? err(refuse("no_workbook")) : ok({ sheets, from1904 });
}

/** Number formats of Excel's own that show a date or a time (ECMA-376, 18.8.30). */
const isBuiltInDate = (id: number) =>
  (id >= 14 && id <= 22) ||
  (id >= 27 && id <= 36) ||
  (id >= 45 && id <= 47) ||
  (id >= 50 && id <= 58);

/** A format of the user's: what is left without texts, colours and escapes names days or hours. */
function isDateFormat(code: string): boolean {
  const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_.|\*./g, "");
  return /[dmyhs]/i.test(bare) && !/general/i.test(bare);
}

/** Which cell styles show a date; by their index. */
export async function readDateStyles(
  archive: Archive,
  pace: Pace,
): Promise<Result<ReadonlySet<number>, FileRefusal>> {
  const custom = new Map<number, string>();
  const dates = new Set<number>();
  let isStyles = false;
  let index = 0;
  const handler: XmlHandler = {
    open: (name, tag) => {
      if (name === "cellXfs") isStyles = true;
      if (name === "numFmt") {
        const attributes = attributesOf(tag);
        custom.set(Number(attributes.get("numFmtId")), attributes.get("formatCode") ?? "");
      }
      if (name !== "xf" || !isStyles) return;
      const id = Number(attributesOf(tag).get("numFmtId"));
      const code = custom.get(id);
      if (code === undefined ? isBuiltInDate(id) : isDateFormat(code)) dates.add(index);
      index += 1;
    },
    close: (name) => {
      if (name === "cellXfs") isStyles = false;
    },
    text: nothing,
  };
  const refusal = await readWhole(archive, "xl/styles.xml", handler, pace);
  return refusal === null ? ok(dates) : err(refusal);
}

/** The texts that cells refer to by number. Phonetic hints (rPh) are no part of them. */
export async function readStrings(
  archive: Archive,
  pace: Pace,
): Promise<Result<readonly string[], FileRefusal>> {
  const strings: string[] = [];
  const { cellMax, cellsMax } = archive.limits;
  let current = "";
  let isText = false;
  let phonetic = 0;
  let refusal: FileRefusal | null = null;
  const handler: XmlHandler = {
    open: (name) => {
      if (name === "si") current = "";
      else if (name === "rPh") phonetic += 1;
      else if (name === "t") isText = phonetic === 0;
    },
    close: (name) => {
      if (name === "t") isText = false;
      else if (name === "rPh") phonetic -= 1;
      else if (name === "si") strings.push(current);
      if (strings.length > cellsMax) refusal ??= refuse("too_many_cells");
    },
    text: (text) => {
      if (!isText || refusal !== null) return;
      current += text;
      if (current.length > cellMax) refusal = refuse("cell_too_long");
    },
  };
  const fault = await readWhole(archive, "xl/sharedStrings.xml", handler, pace);
  const why = fault ?? refusal;
  return why === null ? ok(strings) : err(why);
}
