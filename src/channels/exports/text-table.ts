/** A text file, or what was pasted, as a table of one sheet. */
import { findDelimiter, DelimitedReader, type Delimiter } from "./delimited";
import type { ImportLimits } from "./limits";
import type { Pace } from "./pace";
import type { SheetRow, Rows, Table } from "./table";

export interface TextTable extends Table {
  readonly delimiter: Delimiter;
}

const BATCH = 256;

async function* readRows(reader: DelimitedReader, pace: Pace): Rows {
  let batch: SheetRow[] = [];
  for (;;) {
    const row = reader.next();
    if (row === null) break;
    if ("code" in row) return row;
    batch.push(row);
    const isDue = (batch.length & 15) === 0 && pace.due();
    if (batch.length < BATCH && !isDue) continue;
    yield batch;
    batch = [];
    const stop = pace.due() ? await pace.rest("reading", reader.progress) : null;
    if (stop !== null) return stop;
  }
  if (batch.length > 0) yield batch;
  return null;
}

export function textTable(pieces: readonly string[], limits: ImportLimits): TextTable {
  const delimiter = findDelimiter(pieces[0] ?? "");
  return {
    sheets: [""],
    delimiter,
    rows: (_sheet, pace, wanted) =>
      readRows(new DelimitedReader(pieces, delimiter, limits, wanted), pace),
  };
}
