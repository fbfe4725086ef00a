/**
 * How entries lie on disk: one record per batch, a segment, with its entries as one JSON text and
 * no secondary index. What remains at a batch of 100 is cloning and per-record work (limits.md 1b),
 * and both grow with records, not with bytes; what has to be looked up lives in memory.
 */
import * as v from "valibot";
import { entrySchema, numbered, type Entry } from "../stock/entries";

export interface Segment {
  /** The number of its last entry, and its key: the head is then the last key, read without the text. */
  readonly last: number;
  readonly count: number;
  /** A JSON array of entries without gaps. */
  readonly json: string;
}

/** Bounds of a segment, so that reading one entry never costs a whole book. */
const ENTRIES_MAX = 1000;
const CHARACTERS_MAX = 400_000;

const segmentSchema = v.array(entrySchema);
const keysSchema = v.array(v.object({ key: v.string() }));

function sealed(texts: readonly string[], last: number): Segment {
  return { last, count: texts.length, json: `[${texts.join(",")}]` };
}

/** The entries must follow one another. */
export function segmentsOf(entries: readonly Entry[]): Segment[] {
  const segments: Segment[] = [];
  let texts: string[] = [];
  let characters = 0;
  let last = 0;
  for (const entry of entries) {
    const text = JSON.stringify(entry);
    const full = texts.length >= ENTRIES_MAX || characters + text.length > CHARACTERS_MAX;
    if (full && texts.length > 0) {
      segments.push(sealed(texts, last));
      texts = [];
      characters = 0;
    }
    texts.push(text);
    characters += text.length;
    last = entry.seq;
  }
  if (texts.length > 0) segments.push(sealed(texts, last));
  return segments;
}

/** Throws when a segment is not what was written: the book is damaged. */
export function entriesOf(segment: Segment): Entry[] {
  const entries = v.parse(segmentSchema, JSON.parse(segment.json));
  const first = segment.last - segment.count + 1;
  if (entries.length !== segment.count || entries.some(({ seq }, index) => seq !== first + index)) {
    throw new Error(`segment ${segment.last} is damaged`);
  }
  return entries.map((entry) => numbered(entry, entry.seq, entry.bookedAt));
}

/** Throws when entries between number `after` and this segment are missing: the book is damaged. */
export function mustFollow(segment: Segment, after: number): void {
  const first = segment.last - segment.count + 1;
  if (first > after + 1) throw new Error(`entries ${after + 1} to ${first - 1} are missing`);
}

/** The idempotency keys alone; cheaper than the entries. */
export function keysOf(segment: Segment): string[] {
  return v.parse(keysSchema, JSON.parse(segment.json)).map(({ key }) => key);
}

/** Fewer, larger segments of the same entries, without reading the texts. */
export function merged(segments: readonly Segment[]): Segment[] {
  const result: Segment[] = [];
  let group: Segment[] = [];
  let count = 0;
  let characters = 0;
  const close = () => {
    const last = group.at(-1)?.last;
    if (last === undefined) return;
    const json = `[${group.map((part) => part.json.slice(1, -1)).join(",")}]`;
    result.push({ last, count, json });
    group = [];
    count = 0;
    characters = 0;
  };
  for (const segment of segments) {
    if (count + segment.count > ENTRIES_MAX || characters + segment.json.length > CHARACTERS_MAX) {
      close();
    }
    group.push(segment);
    count += segment.count;
    characters += segment.json.length;
  }
  close();
  return result;
}
