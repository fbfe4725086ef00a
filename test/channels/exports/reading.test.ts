/** From bytes to rows: encodings, delimiters, workbooks as they come. */
import { describe, expect, test } from "@jest/globals";
import { openExport, openPasted, type TextEncoding } from "../../../src/channels/exports/import";
import type { SheetRow } from "../../../src/channels/exports/table";
import fc from "fast-check";
import { DelimitedReader, type Delimiter } from "../../../src/channels/exports/delimited";
import { importLimits } from "../../../src/channels/exports/limits";
import { Pace } from "../../../src/channels/exports/pace";
import { bytesOf, must, unhurried } from "./export-world";
import { rowsXml, sheetXml, workbook } from "./zip-writer";

async function read(bytes: Uint8Array, encoding?: TextEncoding) {
  const options = encoding === undefined ? unhurried : { ...unhurried, encoding };
  const opened = must(await openExport(bytes, options));
  const rows: SheetRow[] = [];
  const pace = new Pace(unhurried, importLimits.workMsMax);
  for await (const batch of opened.table.rows(0, pace)) rows.push(...batch);
  const cells = rows.map((row) => Array.from(row.cells, (cell) => cell ?? ""));
  return { cells, numbers: rows.map(({ number }) => number), source: opened.source };
}

async function cellsOf(text: string) {
  return (await read(bytesOf(text))).cells;
}

const chinese = "商品名称,数量\n丝绒唇釉,3\n";
// "商品名称,数量\n丝绒唇釉,3\n" in GBK.
const gbk = Uint8Array.from(
  Buffer.from(
    "c9ccc6b7c3fbb3c62cbafdc1bf0acbbfc8deb4bdd3d42c330a".replace("bafdc1bf", "cafdc1bf"),
    "hex",
  ),
);

describe("an encoding is found out", () => {
  const utf16le = Buffer.from(chinese, "utf16le");
  const cases: [string, Uint8Array, TextEncoding][] = [
    ["UTF-8", bytesOf(chinese), "utf-8"],
    ["UTF-8 with its mark", bytesOf(`\ufeff${chinese}`), "utf-8"],
    ["UTF-16 with its mark", Buffer.concat([Buffer.from([0xff, 0xfe]), utf16le]), "utf-16le"],
    ["UTF-16 without one", Buffer.from("a,b\n1,2\n", "utf16le"), "utf-16le"],
    [
      "UTF-16, the other way round",
      Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16le).swap16()]),
      "utf-16be",
    ],
    ["GBK", gbk, "gb18030"],
    ["windows-1252", Buffer.from("Artikel,Stück\nCafé crème brûlée,3\n", "latin1"), "windows-1252"],
  ];

  test.each(cases)("%s", async (_, bytes, encoding) => {
    const { source, cells } = await read(new Uint8Array(bytes));
    expect(source.encoding).toBe(encoding);
    expect(cells.flat().join("")).not.toMatch(/\ufffd|\ufeff|\0/);
    if (encoding !== "windows-1252" && cells[0]?.[0] !== "a") {
      expect(cells).toEqual([
        ["商品名称", "数量"],
        ["丝绒唇釉", "3"],
      ]);
    }
  });

  test("from the last byte as well as from the first", async () => {
    const ascii = Buffer.from(`${"a,b\n".repeat(200_000)}`);
    const { source, cells } = await read(new Uint8Array(Buffer.concat([ascii, gbk])));
    expect(source.encoding).toBe("gb18030");
    expect(cells.at(-1)).toEqual(["丝绒唇釉", "3"]);
  });

  test("or chosen by hand", async () => {
    const { source } = await read(gbk, "windows-1252");
    expect(source.encoding).toBe("windows-1252");
  });
});

describe("delimited text", () => {
  test("may hold delimiters, quotation marks and line breaks in quotation marks", async () => {
    const cells = await cellsOf('a,b\r\n"x, y","say ""hi""\nthere"\r\n,\r\n');
    expect(cells).toEqual([
      ["a", "b"],
      ["x, y", 'say "hi"\nthere'],
      ["", ""],
    ]);
  });

  test.each([
    ["semicolons", "a;b;c\n1,5;2;3\n4,5;5;6\n"],
    ["tabs", "a\tb\tc\n1,5\t2\t3\n"],
    ["what Excel is told", "sep=;\na;b\n1;2\n"],
  ])("is split at %s", async (_, text) => {
    const cells = await cellsOf(text);
    expect(cells.at(-1)?.length).toBe(cells[1]?.length);
    expect(cells.at(-1)?.length).toBeGreaterThan(1);
  });

  test("keeps a quotation mark that is none: inches, and an unquoted report", async () => {
    const cells = await cellsOf('name\tquantity\n27" monitor\t3\n"Best" mug\t4\n"open\t5\n');
    expect(cells).toEqual([
      ["name", "quantity"],
      ['27" monitor', "3"],
      ['"Best" mug', "4"],
      ['"open', "5"],
    ]);
  });

  test("ends lines as Windows, Unix and old Macs do, and needs no last one", async () => {
    expect(await cellsOf("a,b\r\n1,2\n3,4\r5,6")).toEqual([
      ["a", "b"],
      ["1", "2"],
      ["3", "4"],
      ["5", "6"],
    ]);
  });

  test("is numbered as Excel numbers its rows: empty ones count, breaks in cells do not", async () => {
    const { numbers } = await read(bytesOf('a,b\n\n"x\ny",2\n3,4\n'));
    expect(numbers).toEqual([1, 3, 4]);
  });

  test("is refused when a quotation mark never ends", async () => {
    const opened = await openExport(bytesOf('a,b\n"1,2\n3,4\n'), unhurried);
    expect(opened).toEqual({ ok: false, error: { code: "open_quote", detail: "2" } });
  });

  test("can be pasted from a sheet", async () => {
    const opened = must(
      await openPasted("SKU\tAvailable\tOn hand\tHandle\r\nA\t1\t2\ta\r\n", unhurried),
    );
    expect(opened.source).toMatchObject({ kind: "pasted", encoding: null, delimiter: "\t" });
  });
});

describe("a workbook", () => {
  test("may write one row element per cell and a wrong dimension, as TikTok does", async () => {
    const rows =
      '<row r="1"><c r="A1" t="inlineStr"><is><t>Order ID</t></is></c></row>' +
      '<row r="1"><c r="B1" t="inlineStr"><is><t>Quantity</t></is></c></row>' +
      '<row r="2"><c r="A2" t="str"><v>576461413038785752</v></c><c r="B2"><v>2</v></c></row>';
    const { cells } = await read(workbook(sheetXml(rows)));
    expect(cells).toEqual([
      ["Order ID", "Quantity"],
      ["576461413038785752", "2"],
    ]);
  });

  test("may leave out references and write its texts in pieces", async () => {
    const rows =
      "<row><c t='inlineStr'><is><r><t>a&amp;</t></r><r><t>b</t></r><rPh><t>x</t></rPh></is></c>" +
      "<c><v>1.5</v></c></row><row><c t='b'><v>1</v></c><c t='s'><v>1</v></c></row>";
    const strings = "<sst><si><t>no</t></si><si><t><![CDATA[<yes>]]></t></si></sst>";
    const more = [{ name: "xl/sharedStrings.xml", data: strings }];
    const { cells } = await read(workbook(sheetXml(rows), more));
    expect(cells).toEqual([
      ["a&b", "1.5"],
      ["TRUE", "<yes>"],
    ]);
  });

  test("shows numbers as a person would write them, and long ones with what is left of them", async () => {
    const values = ["12.0", "0.1", "1E3", "123456789012345", "5.7646141303878003E+17"];
    const rows = `<row r="1">${values.map((value) => `<c><v>${value}</v></c>`).join("")}</row>`;
    const { cells } = await read(workbook(sheetXml(rows)));
    expect(cells).toEqual([["12", "0.1", "1000", "123456789012345", "5.7646141303878E+17"]]);
  });

  test("shows dates by their format, in either of Excel's calendars", async () => {
    const styles = {
      name: "xl/styles.xml",
      data:
        '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm"/>' +
        '<numFmt numFmtId="165" formatCode="[Red]0&quot;days&quot;"/></numFmts><cellXfs>' +
        '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>',
    };
    const cell = (style: number) => `<c s="${style}"><v>46346.5</v></c>`;
    const rows = `<row r="1">${[0, 1, 2, 3].map(cell).join("")}</row>`;
    const { cells } = await read(workbook(sheetXml(rows), [styles]));
    expect(cells).toEqual([["46346.5", "2026-11-20T12:00:00", "2026-11-20T12:00:00", "46346.5"]]);
  });

  test("is refused when it is cut short, changed, old, locked or none at all", async () => {
    const whole = workbook(sheetXml(rowsXml([["a"], ["b"]])));
    const code = async (bytes: Uint8Array) => {
      const opened = await openExport(bytes, unhurried);
      return opened.ok ? "taken" : opened.error.code;
    };
    expect(await code(whole)).toBe("taken");
    expect(await code(whole.slice(0, -30))).toBe("broken_file");
    expect(await code(workbook("<worksheet><sheetData><row>"))).toBe("broken_file");
    expect(await code(workbook("<worksheet><sheetData></row></sheetData></worksheet>"))).toBe(
      "broken_file",
    );
    const sheet = { name: "xl/worksheets/sheet1.xml", data: sheetXml(rowsXml([["a"]])) };
    expect(await code(workbook("", [{ ...sheet, says: { crc: 1 } }]))).toBe("broken_file");
    expect(await code(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]))).toBe(
      "old_excel",
    );
    expect(await code(bytesOf("%PDF-1.7"))).toBe("not_a_table");
    expect(await code(bytesOf(" <html><table>"))).toBe("not_a_table");
    expect(await code(workbook("", [{ name: "xl/workbook.xml", data: "<workbook/>" }]))).toBe(
      "no_workbook",
    );
    expect(await code(new Uint8Array())).toBe("empty_file");
    expect(await code(bytesOf("\n\n"))).toBe("no_rows");
  });
});

test("text that is cut into pieces anywhere has the same rows", () => {
  const rowsOf = (pieces: readonly string[], delimiter: Delimiter) => {
    const reader = new DelimitedReader(pieces, delimiter, importLimits);
    const rows: unknown[] = [];
    for (let row = reader.next(); row !== null; row = reader.next()) {
      rows.push(row);
      if ("code" in row) break;
    }
    return rows;
  };
  const text = fc.array(fc.constantFrom('"', '""', ",", "\t", "\r\n", "\n", "\r", "a", "b c"), {
    maxLength: 60,
  });
  const cuts = fc.array(fc.nat(200), { maxLength: 6 });
  fc.assert(
    fc.property(text, cuts, fc.constantFrom<Delimiter>(",", "\t"), (parts, at, delimiter) => {
      const whole = parts.join("");
      const places = [0, ...at.map((place) => Math.min(place, whole.length)), whole.length];
      places.sort((a, b) => a - b);
      const pieces = places.slice(1).map((end, index) => whole.slice(places[index], end));
      expect(rowsOf(pieces, delimiter)).toEqual(rowsOf([whole], delimiter));
    }),
    { numRuns: 2000 },
  );
});
