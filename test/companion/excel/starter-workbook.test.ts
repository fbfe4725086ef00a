/** The starter workbook as a file: read back by another program's reader, and its pane's part. */
import { describe, expect, test } from "@jest/globals";
import { Workbook } from "exceljs";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { inflateRawSync } from "node:zlib";
import { parseStarter } from "../../../src/companion/excel/starter";
import { starterWorkbook } from "../../../src/companion/excel/starter-workbook";

const assets = resolve(__dirname, "..", "..", "..", "assets");
const addin = { id: "6c1ae357-f38d-4cfa-a3d5-fdd709271c3e", version: "1.0.0.0" };

/** The parts by name, straight from the archive's local headers. */
function partsOf(bytes: Buffer): Map<string, string> {
  const parts = new Map<string, string>();
  let at = 0;
  while (bytes.readUInt32LE(at) === 0x04034b50) {
    const packed = bytes.readUInt32LE(at + 18);
    const nameLength = bytes.readUInt16LE(at + 26);
    const from = at + 30 + nameLength + bytes.readUInt16LE(at + 28);
    const name = bytes.subarray(at + 30, at + 30 + nameLength).toString();
    parts.set(name, inflateRawSync(bytes.subarray(from, from + packed)).toString());
    at = from + packed;
  }
  return parts;
}

describe.each(["starter-workbook.json", "starter-workbook.zh-CN.json"])("%s", (name) => {
  const starter = parseStarter(readFileSync(join(assets, name), "utf8"));
  const bytes = starterWorkbook(starter, addin);

  test("is read back with every sheet, value, formula and format", async () => {
    const workbook = new Workbook();
    await workbook.xlsx.load(bytes as never);
    expect(workbook.worksheets.map((sheet) => sheet.name)).toEqual(
      starter.sheets.map((sheet) => sheet.name),
    );
    let compared = 0;
    for (const sheet of starter.sheets) {
      const read = workbook.getWorksheet(sheet.name);
      for (const [address, cell] of Object.entries(sheet.cells)) {
        const found = read?.getCell(address);
        if (cell.f === undefined)
          expect([address, found?.value]).toEqual([
            address,
            cell.v === "" ? null : (cell.v ?? null),
          ]);
        else expect(found?.formula).toBe(cell.f.slice(1).replace("STREAM.", "_xldudf_STREAM_"));
        const style = cell.s === undefined ? undefined : starter.styles[cell.s];
        if (style?.numberFormat !== undefined) expect(found?.numFmt).toBe(style.numberFormat);
        if (style !== undefined) expect(found?.font?.bold ?? false).toBe(style.bold);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(60);
  });

  test("names what its relationships and content types name", () => {
    const parts = partsOf(bytes);
    const types = parts.get("[Content_Types].xml") ?? "";
    for (const [, part = ""] of types.matchAll(/PartName="\/([^"]+)"/g)) {
      expect([part, parts.has(part)]).toEqual([part, true]);
    }
    for (const [rels, base] of [
      ["_rels/.rels", ""],
      ["xl/_rels/workbook.xml.rels", "xl/"],
      ["xl/webextensions/_rels/taskpanes.xml.rels", "xl/webextensions/"],
    ] as const) {
      const targets = [...(parts.get(rels) ?? "").matchAll(/Target="([^"]+)"/g)];
      expect(targets.length).toBeGreaterThan(0);
      for (const [, target = ""] of targets) expect(parts.has(base + target)).toBe(true);
    }
  });

  test("opens the pane by the registration on this computer, and carries nothing else", () => {
    const parts = partsOf(bytes);
    expect(parts.get("xl/webextensions/taskpanes.xml")).toContain('visibility="1"');
    const extension = parts.get("xl/webextensions/webextension1.xml") ?? "";
    expect(extension).toContain(
      `<we:reference id="${addin.id}" version="1.0.0.0" store="developer" storeType="Registry"/>`,
    );
    expect(extension).toContain("<we:properties/>");
  });

  test("is the same file whenever it is made", () => {
    expect(starterWorkbook(starter, addin).equals(bytes)).toBe(true);
  });
});

test("a text that looks like markup or a formula stays a text", async () => {
  const odd = ['=HYPERLINK("http://x")', "<b>&\"'", " two  blanks ", "+1", "雨衣"];
  const cells = Object.fromEntries(odd.map((text, at) => [`A${at + 1}`, { v: text }]));
  const starter = parseStarter(JSON.stringify({ sheets: [{ name: "A & <B>", cells }] }));
  const workbook = new Workbook();
  await workbook.xlsx.load(starterWorkbook(starter, addin) as never);
  const [sheet] = workbook.worksheets;
  expect(sheet?.name).toBe("A & <B>");
  odd.forEach((text, at) => expect(sheet?.getCell(`A${at + 1}`).value).toBe(text));
});
