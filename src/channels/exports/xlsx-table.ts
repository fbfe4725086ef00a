/** A workbook (XLSX) as a table. */
import { err, ok, type Result } from "../../base/result";
import type { ImportLimits } from "./limits";
import type { Pace } from "./pace";
import type { FileRefusal } from "./refusals";
import type { Rows, Table } from "./table";
import { SheetCollector, type CellContext } from "./xlsx-sheet";
import {
  readDateStyles,
  readPart,
  readStrings,
  readWorkbook,
  type Archive,
  type SheetPart,
} from "./xlsx-parts";
import { readZip } from "./zip";

async function* readRows(
  archive: Archive,
  sheet: SheetPart,
  context: CellContext,
  pace: Pace,
): Rows {
  const part = archive.parts.get(sheet.part);
  if (part === undefined) return null;
  const collector = new SheetCollector(context, archive.limits);
  const before = archive.meter.unpacked;
  const pieces = readPart(archive, part, collector);
  try {
    for (;;) {
      const step = await pieces.next();
      if (collector.refusal !== null) return collector.refusal;
      const rows = collector.take();
      if (rows.length > 0) yield rows;
      if (step.done === true) return step.value;
      const stop = pace.due() ? await pace.rest("reading", step.value) : null;
      if (stop !== null) return stop;
    }
  } finally {
    await pieces.return(null);
    // Read again, a sheet is not counted twice.
    archive.meter.unpacked = before;
  }
}

export async function xlsxTable(
  bytes: Uint8Array,
  limits: ImportLimits,
  pace: Pace,
): Promise<Result<Table, FileRefusal>> {
  const parts = readZip(bytes, limits);
  if (!parts.ok) return parts;
  const archive: Archive = { parts: parts.value, limits, meter: { unpacked: 0 } };
  const workbook = await readWorkbook(archive, pace);
  if (!workbook.ok) return workbook;
  const dateStyles = await readDateStyles(archive, pace);
  if (!dateStyles.ok) return dateStyles;
  const strings = await readStrings(archive, pace);
  if (!strings.ok) return err(strings.error);
  const { sheets, from1904 } = workbook.value;
  const context = { strings: strings.value, dateStyles: dateStyles.value, from1904 };
  return ok({
    sheets: sheets.map(({ name }) => name),
    rows: (index, rowPace, wanted) => {
      const sheet = sheets[index] ?? { name: "", part: "" };
      return readRows(archive, sheet, { ...context, wanted: wanted ?? null }, rowPace);
    },
  });
}
