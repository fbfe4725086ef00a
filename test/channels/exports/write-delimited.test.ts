/** What is written for people's spreadsheets is text there, and reads back as it was. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { stripGuard } from "../../../src/channels/exports/formula-guard";
import { DelimitedReader, type Delimiter } from "../../../src/channels/exports/delimited";
import { importLimits } from "../../../src/channels/exports/limits";
import { writeDelimited, type OutCell } from "../../../src/channels/exports/write-delimited";

function readBack(text: string, delimiter: Delimiter): string[][] {
  const reader = new DelimitedReader([text], delimiter, importLimits);
  const rows: string[][] = [];
  for (;;) {
    const row = reader.next();
    if (row === null) return rows;
    if ("code" in row) throw new Error(row.code);
    rows.push([...row.cells]);
  }
}

/** What a spreadsheet takes for a formula or a command, whatever stands before it. */
const evaluated = /^[\s\u200b-\u200d\ufeff]*[=+\-@\u2212\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

const starts = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "−"];
const before = ["", " ", "   ", "\u00a0", "\u3000", "\ufeff", "\u200b", "\t", "'", "''"];
const bodies = ['HYPERLINK("http://x.example","a")', "cmd|' /C calc'!A0"];
const corpus = starts.flatMap((start) =>
  before.flatMap((blank) => bodies.map((body) => `${blank}${start}${body}`)),
);

describe("a file for a spreadsheet", () => {
  test("has no cell that would be evaluated", () => {
    expect(corpus.length).toBeGreaterThan(200);
    for (const delimiter of [",", ";", "\t"] as const) {
      const rows = readBack(
        writeDelimited(
          corpus.map((text) => [text, "x"]),
          delimiter,
        ),
        delimiter,
      );
      expect(rows).toHaveLength(corpus.length);
      for (const [cell] of rows) expect(cell).not.toMatch(evaluated);
    }
  });

  test("keeps numbers numbers, negative ones too, and leaves plain text alone", () => {
    const written = writeDelimited([[-5, 1.5, 0, Number.NaN, null, "A-1", "Café, Rosé", ""]]);
    expect(written).toBe('\ufeff-5,1.5,0,,,A-1,"Café, Rosé",\r\n');
  });

  test("reads back as it was", () => {
    const cell = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string(),
      fc.constantFrom(...corpus),
      fc.stringMatching(/^[,;\t\r\n"' =+@-]{0,8}$/),
    );
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 });
    fc.assert(
      fc.property(table, fc.constantFrom<Delimiter>(",", ";", "\t"), (rows, delimiter) => {
        const read = readBack(writeDelimited(rows, delimiter), delimiter);
        expect(read.map((cells) => cells.map(stripGuard))).toEqual(rows);
      }),
      { numRuns: 500 },
    );
  });

  test("never has a text cell that would be evaluated, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const row: OutCell[] = [text, "x"];
        expect(readBack(writeDelimited([row]), ",")[0]?.[0]).not.toMatch(evaluated);
      }),
      { numRuns: 500 },
    );
  });
});
