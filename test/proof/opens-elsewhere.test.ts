/** A proof opens without the add-in and says the same everywhere: in an independent reader, and in LibreOffice. */
import { describe, expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { existsSync } from "node:fs";
import ExcelJS from "exceljs";
import { addressOf } from "../../src/proof/cells";
import { readXlsx } from "../../src/proof/xlsx/read-xlsx";
import { judge, proof } from "../support/proof-world";
import { partsOf, withParts } from "../support/workbook-parts";

async function said(bytes: Uint8Array): Promise<Record<string, string>> {
  const read = await readXlsx(bytes);
  if (!read.ok) throw new Error(read.error.code);
  expect(read.value.sheets).toHaveLength(1);
  return Object.fromEntries(
    read.value.sheets[0]!.cells.map((cell) => [addressOf(cell), `${cell.type}:${cell.value}`]),
  );
}

function office(): string | null {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const names = ["soffice", "libreoffice", "soffice.exe"];
  const places = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return places.find((path) => existsSync(path)) ?? null;
}

describe.each(["en", "zh-CN"] as const)("a proof in %s", (locale) => {
  test("has the same values for a reader that is none of ours", async () => {
    const file = await proof({ locale });
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(Buffer.from(file) as never);
    expect(book.worksheets).toHaveLength(1);
    const theirs: Record<string, string> = {};
    book.worksheets[0]!.eachRow((row) =>
      row.eachCell((cell) => {
        // A merged area repeats the value of its first cell.
        if (cell.isMerged && cell.master !== cell) return;
        theirs[cell.address] =
          typeof cell.value === "number" ? `n:${cell.value}` : `t:${String(cell.value)}`;
        expect(cell.formula).toBeUndefined();
      }),
    );
    expect(theirs).toEqual(await said(file));
  });

  test("survives being saved by another program, packed, with its texts inline or shared", async () => {
    const file = await proof({ locale });
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(Buffer.from(file) as never);
    for (const useSharedStrings of [true, false]) {
      const saved = new Uint8Array(await book.xlsx.writeBuffer({ useSharedStrings }));
      expect(await said(saved)).toEqual(await said(file));
      expect((await judge(saved)).kind).toBe("true");
    }
  });

  test("survives what WPS, Excel and web stores add of their own", async () => {
    const file = await withParts(await proof({ locale }), (parts) => ({
      "docProps/custom.xml": "<Properties/>",
      "docProps/app.xml": "<Properties/>",
      "customXml/item1.xml": "<a/>",
      "xl/theme/theme1.xml": "<theme/>",
      "xl/calcChain.xml": "<calcChain/>",
      "xl/drawings/drawing1.xml": "<wsDr/>",
      "xl/worksheets/sheet1.xml": (parts.get("xl/worksheets/sheet1.xml") ?? "")
        .replace("<sheetViews>", '<dimension ref="A1:G34"/><sheetViews>')
        .replace(
          "</worksheet>",
          "<headerFooter><oddHeader>&amp;A</oddHeader></headerFooter><drawing/><extLst/></worksheet>",
        )
        // LibreOffice writes numbers with a type, and cells that are empty but styled.
        .replace(/<c r="(B13)" s="(\d+)">/, '<c r="$1" s="$2" t="n">')
        .replace(
          "</row></sheetData>",
          '</row><row r="80"><c r="A80" s="1"/><c r="B80" s="1" t="s"/></row></sheetData>',
        ),
    }));
    expect((await judge(file)).kind).toBe("true");
  });

  test("holds values alone: no formula, link, macro, add-in or name of this machine", async () => {
    const parts = await partsOf(await proof({ locale }));
    expect([...parts.keys()].sort()).toEqual([
      "[Content_Types].xml",
      "_rels/.rels",
      "xl/_rels/workbook.xml.rels",
      "xl/sharedStrings.xml",
      "xl/styles.xml",
      "xl/workbook.xml",
      "xl/worksheets/sheet1.xml",
    ]);
    const all = [...parts.values()].join("\n");
    expect(all).not.toMatch(/<f[ >]|_xldudf|STREAM\.|webextension|External|hyperlink|definedName/);
    expect(all).not.toMatch(/streamstock-token|localhost|127\.0\.0\.1|\/home\//);
  });
});

const soffice = office();
const withOffice = soffice === null ? test.skip : test;

withOffice(
  "LibreOffice opens it with the same values, and what it saves is still true (skipped where it is not installed)",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "streamstock-office-"));
    try {
      for (const locale of ["en", "zh-CN"] as const) {
        const file = await proof({ locale });
        writeFileSync(join(folder, "proof.xlsx"), file);
        execFileSync(
          soffice ?? "",
          [
            "--headless",
            `-env:UserInstallation=file://${folder}/profile`,
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            join(folder, "out"),
            join(folder, "proof.xlsx"),
          ],
          { timeout: 120_000 },
        );
        const saved = new Uint8Array(readFileSync(join(folder, "out", "proof.xlsx")));
        expect(await said(saved)).toEqual(await said(file));
        expect((await judge(saved)).kind).toBe("true");
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  300_000,
);
