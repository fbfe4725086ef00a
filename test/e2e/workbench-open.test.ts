/** A workbook from a file, opened in the workbench: one that it saved itself, one of another's, and none. */
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import ExcelJS from "exceljs";
import { eventually, type Stage } from "../support/stage";
import { proof } from "../support/proof-world";
import { type Conformance, OPEN_WITHIN_MS, openConformance } from "./fixtures/conformance-stage";

jest.setTimeout(90_000);

let conformance: Conformance;
let stage: Stage;

beforeAll(async () => {
  conformance = await openConformance();
  ({ stage } = conformance);
}, OPEN_WITHIN_MS);
afterAll(() => conformance?.close());

type Staged = { readonly workbench: { readonly ready: Promise<void> } };

async function choose(name: string, buffer: Buffer): Promise<void> {
  const file = { name, buffer, mimeType: "application/octet-stream" };
  await stage.page.locator('input[type="file"]').setInputFiles(file);
}

async function openFile(name: string, buffer: Buffer): Promise<void> {
  const loaded = stage.page.waitForEvent("load");
  await choose(name, buffer);
  await loaded;
  await stage.page.waitForFunction(() => "workbench" in window);
  await stage.page.evaluate(() => (window as never as Staged).workbench.ready);
}

async function saved(): Promise<Buffer> {
  const base64 = await stage.page.evaluate(async () => {
    const blob = await window.workbench?.save();
    const bytes = new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0));
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  });
  return Buffer.from(base64, "base64");
}

test("what the workbench saved comes back: values, formulas, looks, table, rules, names, protection", async () => {
  const pane = await stage.pane();
  await pane.evaluate(() =>
    Excel.run(async (context) => {
      const sheet = context.workbook.worksheets.add("Kept");
      const range = sheet.getRange("B2:C5");
      range.numberFormat = [["@", "#,##0"]].concat([1, 2, 3].map(() => ["@", "#,##0"])) as never;
      range.values = [
        ["SKU", "Left"],
        ["007", 1200],
        ["008", 15],
        ["009", 3],
      ];
      sheet.tables.add(range, true).name = "KeptTable";
      sheet.getRange("E2").formulas = [["=SUM(C3:C5)"]];
      sheet.getRange("E3").formulas = [["=TEST.ADD(C4,C5)"]];
      sheet.getRange("E2").format.fill.color = "#FFEE00";
      sheet.getRange("E2").format.font.bold = true;
      sheet.getRange("B2").format.columnWidth = 120;
      const rule = sheet.getRange("B3:C5").conditionalFormats.add("Custom");
      rule.custom.rule.formula = "=$C3<10";
      rule.custom.format.fill.color = "#F4A6A0";
      sheet.getRange("C3:C5").dataValidation.rule = {
        wholeNumber: { formula1: 0, formula2: 5000, operator: "Between" },
      };
      sheet.freezePanes.freezeRows(2);
      context.workbook.names.add("KeptTotal", sheet.getRange("E2"));
      const locked = context.workbook.worksheets.add("Locked");
      locked.getRange("A1").values = [["mine"]];
      locked.protection.protect();
      await context.sync();
    }),
  );
  const file = await saved();
  // Nothing of it is taken from the page that is open.
  await stage.setFormula("Kept!C3", "1");
  await openFile("My stock.xlsx", file);
  expect((await stage.cell("Kept!B3")).value).toBe("007");
  expect((await stage.cell("Kept!C3")).text).toBe("1,200");
  await eventually("the sum", async () => (await stage.cell("Kept!E2")).value === 1218);
  expect(await stage.cell("Kept!E2")).toMatchObject({
    ...{ value: 1218, formula: "=SUM(C3:C5)", fill: "#FFEE00" },
  });
  await eventually("the function", async () => (await stage.cell("Kept!E3")).value === 18);
  await eventually("the rule", async () => (await stage.cell("Kept!B5")).fill === "#F4A6A0");
  expect((await stage.cell("Kept!B4")).fill).not.toBe("#F4A6A0");
  await expect(stage.setFormula("Kept!C4", "9000")).rejects.toThrow();
  expect(await stage.page.title()).toContain("Workbench");
  const again = await stage.pane();
  const seen = await again.evaluate(() =>
    Excel.run(async (context) => {
      const table = context.workbook.tables.getItem("KeptTable").load("style");
      const body = table.getRange().load("address");
      const named = context.workbook.names.getItem("KeptTotal").load("formula");
      const sheets = context.workbook.worksheets;
      const width = sheets.getItem("Kept").getRange("B2").format.load("columnWidth");
      const locked = sheets.getItem("Locked").protection.load("protected");
      await context.sync();
      return {
        ...{ table: body.address, name: named.formula, width: Math.round(width.columnWidth) },
        locked: locked.protected,
      };
    }),
  );
  expect(seen).toMatchObject({
    ...{ table: "Kept!B2:C5", name: "=Kept!$E$2", locked: true },
    width: expect.closeTo(120, -1) as unknown,
  });
  // The second time it is saved it says the same.
  const twice = new ExcelJS.Workbook();
  await twice.xlsx.load((await saved()) as never);
  expect(twice.getWorksheet("Kept")?.views[0]).toMatchObject({ state: "frozen", ySplit: 2 });
});

test("a file that another program wrote: dates, texts of several looks, theme colours, shared formulas", async () => {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet("Theirs");
  sheet.getCell("A1").value = new Date(Date.UTC(2026, 10, 23));
  sheet.getCell("A1").numFmt = "yyyy-mm-dd";
  sheet.getCell("A2").value = {
    richText: [{ text: "sold " }, { font: { bold: true }, text: "out" }],
  };
  sheet.getCell("A3").value = { text: "a link", hyperlink: "https://example.com" };
  sheet.getCell("A4").fill = { type: "pattern", pattern: "solid", fgColor: { theme: 4 } };
  sheet.getCell("A4").value = true;
  for (const [row, value] of [5, 6, 7].entries()) sheet.getCell(`B${row + 1}`).value = value;
  sheet.fillFormula("C1:C3", "B1*2", [10, 12, 14]);
  sheet.mergeCells("E1:F2");
  sheet.getCell("E1").value = "merged";
  await openFile("theirs.xlsx", Buffer.from(await book.xlsx.writeBuffer()));
  expect((await stage.read("Theirs!A1:A4")).map(([cell]) => cell?.text)).toEqual([
    "2026-11-23",
    "sold out",
    "a link",
    "TRUE",
  ]);
  expect((await stage.cell("Theirs!A4")).fill).toBe("#4472C4");
  const doubled = async () => (await stage.read("Theirs!C1:C3")).map(([cell]) => cell?.value);
  await eventually("the formulas", async () => (await doubled()).join() === "10,12,14");
  await stage.setFormula("Theirs!B3", "100");
  await eventually("a formula that follows", async () => (await doubled())[2] === 200);
  expect((await stage.read("Theirs!E1:F1")).flat().map((cell) => cell.text)).toEqual([
    "merged",
    "",
  ]);
});

test("a stock proof opens with its numbers", async () => {
  await openFile("proof.xlsx", Buffer.from(await proof({ locale: "en" })));
  const texts = (await stage.read("A1:G40")).flat().map(({ text }) => text);
  expect(texts.some((text) => text.startsWith("SSP1."))).toBe(true);
});

test("a file that is no workbook is refused in words, and the open one stays", async () => {
  const said = new Promise<string>((resolve) => {
    stage.page.once("dialog", (dialog) => resolve(dialog.message()));
  });
  await choose("holiday.xlsx", Buffer.from("not a workbook"));
  expect(await said).toContain(".xlsx");
  const texts = (await stage.read("A1:G40")).flat().map(({ text }) => text);
  expect(texts.some((text) => text.startsWith("SSP1."))).toBe(true);
});
