/**
 * What a file is, by the names of its columns: in any order, with any others among them, under a
 * line of the platform's own if there is one. What cannot be told is left to a person to map.
 */
import { err, ok, type Result } from "../../base/result";
import { forms, type Field, type Form } from "./forms";
import { missingIn, type Mapping } from "./mapping";
import type { Pace } from "./pace";
import { refuse, type FileRefusal } from "./refusals";
import type { SheetRow, Table } from "./table";
import { namesOf, plainName } from "./words";

export interface Recognised {
  readonly mapping: Mapping;
  /** "sure": no other file looks like this. "likely": by its columns; look at it. "none": map it. */
  readonly certainty: "sure" | "likely" | "none";
  /** As they stand in the file; from outside. */
  readonly headers: readonly string[];
  /** Columns that nothing uses, from 0: what one may map by hand. */
  readonly unused: readonly number[];
  /** Fields without which nothing can be planned. */
  readonly missing: readonly string[];
  /** The first rows below the header, to look at. */
  readonly sample: readonly SheetRow[];
}

const HEAD_ROWS = 30;
const SHEETS_MAX = 20;
const SAMPLE_ROWS = 5;

/** The names as they compare, by their column. */
type Header = readonly string[];

/** "Quantity in" stands for "Quantity in U.S. Warehouse": the one name that is a beginning. */
const isBeginning = (name: string) => name.endsWith(" in");

function columnsNamed(header: Header, name: string): readonly number[] {
  const names = namesOf(name);
  return header.flatMap((cell, column) => {
    const isHit = isBeginning(name)
      ? names.some((beginning) => cell.startsWith(beginning))
      : names.includes(cell);
    return isHit ? [column] : [];
  });
}

function mapColumns(form: Form, header: Header): Partial<Record<Field, readonly number[]>> {
  const columns: Partial<Record<Field, readonly number[]>> = {};
  const taken = new Set<number>();
  for (const [field, names] of Object.entries(form.columns) as [Field, readonly string[]][]) {
    for (const name of names) {
      const found = columnsNamed(header, name).filter((column) => !taken.has(column));
      const [first] = found;
      if (first === undefined) continue;
      // A name that stands there twice is the same column twice.
      const used = isBeginning(name) ? found : [first];
      columns[field] = used;
      for (const column of used) taken.add(column);
      break;
    }
  }
  return columns;
}

interface Candidate {
  readonly mapping: Mapping;
  readonly score: number;
  readonly isTold: boolean;
}

function candidates(row: SheetRow, sheet: number): readonly Candidate[] {
  const header = Array.from(row.cells, (cell: string | undefined) => plainName(cell ?? ""));
  return forms.flatMap((form) => {
    const columns = mapColumns(form, header);
    const { id, channel, subject } = form;
    const mapping: Mapping = {
      ...{ form: id, channel, subject, sheet, columns },
      headerRow: row.number,
      dateOrder: null,
    };
    if (missingIn(mapping).length > 0) return [];
    const told = form.telling.filter((name) => columnsNamed(header, name).length > 0).length;
    const score = told * 10 + Object.keys(columns).length;
    return [{ mapping, score, isTold: told >= form.tellingMin }];
  });
}

function best(rows: readonly SheetRow[], sheet: number): Candidate | null {
  let found: Candidate | null = null;
  let second = 0;
  for (const candidate of rows.flatMap((row) => candidates(row, sheet))) {
    if (found === null || candidate.score > found.score) {
      second = found?.score ?? 0;
      found = candidate;
    } else {
      second = Math.max(second, candidate.score);
    }
  }
  if (found === null) return null;
  return { ...found, isTold: found.isTold && found.score > second };
}

/** The row with the most names in it: what a person would take for the header. */
function likelyHeader(rows: readonly SheetRow[]): SheetRow | undefined {
  let header: SheetRow | undefined;
  let most = 0;
  for (const row of rows.slice(0, 10)) {
    const names = new Set(row.cells.filter((cell) => /\p{L}/u.test(cell)));
    if (names.size > most) [header, most] = [row, names.size];
  }
  return header;
}

async function headOf(
  table: Table,
  sheet: number,
  pace: Pace,
): Promise<Result<readonly SheetRow[], FileRefusal>> {
  const head: SheetRow[] = [];
  const rows = table.rows(sheet, pace);
  try {
    while (head.length < HEAD_ROWS) {
      const step = await rows.next();
      if (step.done !== true) head.push(...step.value.slice(0, HEAD_ROWS - head.length));
      else if (step.value !== null) return err(step.value);
      else break;
    }
  } finally {
    await rows.return(null);
  }
  return ok(head);
}

function tell(
  mapping: Mapping,
  certainty: Recognised["certainty"],
  head: readonly SheetRow[],
): Recognised {
  const header = head.find(({ number }) => number === mapping.headerRow);
  const headers = Array.from(header?.cells ?? [], (cell: string | undefined) => cell ?? "");
  const used = new Set(Object.values(mapping.columns).flat());
  return {
    mapping,
    certainty,
    headers,
    unused: headers.flatMap((name, column) => (name === "" || used.has(column) ? [] : [column])),
    missing: missingIn(mapping),
    sample: head.filter(({ number }) => number > mapping.headerRow).slice(0, SAMPLE_ROWS),
  };
}

export async function recognise(
  table: Table,
  pace: Pace,
): Promise<Result<Recognised, FileRefusal>> {
  let found: { readonly candidate: Candidate; readonly head: readonly SheetRow[] } | null = null;
  let first: readonly SheetRow[] = [];
  let firstSheet = 0;
  for (let sheet = 0; sheet < Math.min(table.sheets.length, SHEETS_MAX); sheet += 1) {
    const head = await headOf(table, sheet, pace);
    if (!head.ok) return head;
    if (first.length === 0) [first, firstSheet] = [head.value, sheet];
    const candidate = best(head.value, sheet);
    if (candidate === null) continue;
    if (candidate.score > (found?.candidate.score ?? 0)) found = { candidate, head: head.value };
  }
  if (found !== null) {
    const { candidate, head } = found;
    return ok(tell(candidate.mapping, candidate.isTold ? "sure" : "likely", head));
  }
  if (first.length === 0) return err(refuse("no_rows"));
  const headerRow = likelyHeader(first)?.number ?? 0;
  const mapping: Mapping = {
    ...{ form: "own", channel: null, subject: "stock", sheet: firstSheet, headerRow },
    columns: {},
    dateOrder: null,
  };
  return ok(tell(mapping, "none", first));
}
