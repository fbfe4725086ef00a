/** The small parts of a proof: times, bytes, cells, names, remembered keys. */
import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { fromBase64Url, toBase64Url } from "../../src/proof/bytes";
import { addressOf, canonicalText, parseAddress, type SheetCell } from "../../src/proof/cells";
import { fileNameOf } from "../../src/proof/file-name";
import { keyOf, readKnownKeys, rememberKey } from "../../src/proof/known-keys";
import { plainText } from "../../src/proof/plain-text";
import { fingerprintOf } from "../../src/proof/seal";
import { readTime, writeTime } from "../../src/proof/times";
import { crypto } from "../support/proof-world";

describe("times", () => {
  test("are written with their zone and read back to the second, in every zone", () => {
    expect(writeTime(Date.UTC(2026, 10, 23, 6, 3, 12), 480)).toBe("2026-11-23 14:03:12 UTC+08:00");
    expect(writeTime(Date.UTC(2026, 10, 23, 6, 3, 12), -210)).toBe("2026-11-23 02:33:12 UTC-03:30");
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 253_000_000_000 }),
        fc.integer({ min: -840, max: 840 }),
        (s, zone) => {
          expect(readTime(writeTime(s * 1000, zone))).toBe(s * 1000);
        },
      ),
    );
  });

  test("in any other spelling are none", () => {
    for (const text of [
      "",
      "2026-11-23",
      "2026-11-23 14:03:12",
      "2026-13-23 14:03:12 UTC+08:00",
      " 2026-11-23 14:03:12 UTC+08:00",
      "2026-11-23T14:03:12 UTC+08:00",
    ]) {
      expect(readTime(text)).toBeNull();
    }
  });
});

describe("bytes as text", () => {
  test("come back, and have one spelling", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString("base64url"));
        expect([...fromBase64Url(toBase64Url(bytes))!]).toEqual([...bytes]);
      }),
    );
    for (const text of ["A", "AB", "AAB", "A=", "A+A", "AA AA", "\u0000"])
      expect(fromBase64Url(text)).toBeNull();
  });
});

describe("cells", () => {
  test("have addresses as Excel writes them", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_048_576 }),
        fc.integer({ min: 1, max: 16_384 }),
        (row, column) => {
          expect(parseAddress(addressOf({ row, column }))).toEqual({ row, column });
        },
      ),
    );
    expect(addressOf({ row: 7, column: 16_384 })).toBe("XFD7");
    for (const text of ["", "A0", "A01", "XFE1", "a1", "A1048577", "$A$1", "1A"])
      expect(parseAddress(text)).toBeNull();
  });

  test("that differ in any way never have the same canonical text", () => {
    const cell = fc.record({
      row: fc.integer({ min: 1, max: 3 }),
      column: fc.integer({ min: 1, max: 3 }),
      type: fc.constantFrom("t", "n", "b") as fc.Arbitrary<SheetCell["type"]>,
      value: fc.oneof(
        fc.string({ maxLength: 6 }),
        fc.constantFrom("1", '"', '","t","', "\n", '"]\n["B1","t","'),
      ),
    });
    const sheet = fc.tuple(
      fc.string({ maxLength: 3 }),
      fc.uniqueArray(cell, { maxLength: 4, selector: addressOf }),
    );
    const plain = ([name, cells]: [string, SheetCell[]]) =>
      JSON.stringify([name, cells.map((c) => [addressOf(c), c.type, c.value]).sort()]);
    fc.assert(
      fc.property(sheet, sheet, (a, b) => {
        expect(canonicalText(...a) === canonicalText(...b)).toBe(plain(a) === plain(b));
      }),
      { numRuns: 500 },
    );
  });

  test("are put in order, however they came", () => {
    const cells: SheetCell[] = [
      { row: 2, column: 1, type: "n", value: "1" },
      { row: 1, column: 27, type: "t", value: "x" },
      { row: 1, column: 3, type: "t", value: "y" },
    ];
    expect(canonicalText("S", cells)).toBe(canonicalText("S", [...cells].reverse()));
    expect(canonicalText("S", cells)).toBe(
      '["StreamStock proof",1,"S"]\n["C1","t","y"]\n["AA1","t","x"]\n["A2","n","1"]',
    );
  });
});

test("a fingerprint is 24 digits of the key's hash, and another key has another one", async () => {
  const one = await fingerprintOf(crypto, new Uint8Array(65).fill(1));
  expect(one).toBe("4768 5141 6153 2452 1271 1218");
  expect(await fingerprintOf(crypto, new Uint8Array(65).fill(2))).not.toBe(one);
});

test("text becomes one line that files and programs leave alone", () => {
  expect(plainText(" a\r\n\tb \u0000c\u202ed ")).toBe("a b c d");
  expect(plainText("杯子 🍵 é")).toBe("杯子 🍵 é");
  expect(plainText("x\ud800y")).toBe("x\ufffdy");
});

test("a file's name is for whom and of when, in letters that every system takes", () => {
  const at = Date.UTC(2026, 10, 23, 6, 3, 12);
  expect(fileNameOf({ creator: "Mia  Lives!", asOf: at }, 480)).toBe(
    "stock-proof-Mia-Lives-2026-11-23-1403.xlsx",
  );
  expect(fileNameOf({ creator: "../../米娅/..\\", asOf: at }, 0)).toBe(
    "stock-proof-米娅-2026-11-23-0603.xlsx",
  );
  expect(fileNameOf({ creator: "🍵", asOf: at }, 0)).toBe("stock-proof-2026-11-23-0603.xlsx");
  expect(fileNameOf({ creator: "x".repeat(200), asOf: at }, 0).length).toBeLessThan(80);
});

describe("remembered keys", () => {
  const key = { seller: "ACME Shop", fingerprint: "1", since: 1, compared: null };

  test("are found by the seller's name however it is spaced and cased", () => {
    const known = rememberKey([], key);
    expect(keyOf(known, "acme   shop ")).toEqual(key);
    expect(keyOf(known, "ＡＣＭＥ Shop")).toEqual(key);
    expect(keyOf(known, "ACME Shop 2")).toBeNull();
  });

  test("are replaced, not piled up, and the oldest are forgotten", () => {
    const again = rememberKey(rememberKey([], key), { ...key, fingerprint: "2" });
    expect(again).toEqual([{ ...key, fingerprint: "2" }]);
    let known = again;
    for (let n = 0; n < 600; n += 1) known = rememberKey(known, { ...key, seller: `S${n}` });
    expect(known).toHaveLength(500);
    expect(keyOf(known, "ACME Shop")).toBeNull();
  });

  test("that are damaged are none", () => {
    for (const text of [null, "", "{", "{}", '[{"seller":1}]', '{"__proto__":{"a":1}}']) {
      expect(readKnownKeys(text)).toEqual([]);
    }
    expect(readKnownKeys(JSON.stringify([key]))).toEqual([key]);
  });
});
