/** The workbench against the real, unmodified Office.js: handshake, ranges, refusals, sheets. */
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import type { Frame } from "playwright-core";
import { openStage, type Stage } from "../support/stage";
import { type Conformance, OPEN_WITHIN_MS, openConformance } from "./fixtures/conformance-stage";

jest.setTimeout(60_000);

describe("the workbench, against the real Office.js", () => {
  let conformance: Conformance;
  let stage: Stage;
  let pane: Frame;
  const refusal = (source: string) => conformance.refusal(source);

  beforeAll(async () => {
    conformance = await openConformance();
    ({ stage, pane } = conformance);
  }, OPEN_WITHIN_MS);

  afterAll(() => conformance.close());

  describe("handshake", () => {
    test("Office.onReady says Excel in a browser, in the language of the workbench", async () => {
      const seen = await pane.evaluate(() => ({
        info: (window as never as { officeInfo: { host: string; platform: string } }).officeInfo,
        language: Office.context.displayLanguage,
        excelApi: Office.context.requirements.isSetSupported("ExcelApi", "1.15"),
        newer: Office.context.requirements.isSetSupported("ExcelApi", "1.16"),
        sharedRuntime: Office.context.requirements.isSetSupported("SharedRuntime", "1.1"),
      }));
      expect(seen.info).toMatchObject({ host: "Excel", platform: "OfficeOnline" });
      expect(seen).toMatchObject({
        language: "en-US",
        excelApi: true,
        newer: false,
        sharedRuntime: true,
      });
    });

    test("nothing is asked of any other machine", () => {
      const elsewhere = stage.requests.filter(
        (url) => !url.startsWith(conformance.origin) && !/^(data|blob|about):/.test(url),
      );
      expect(elsewhere).toEqual([]);
    });
  });

  describe("ranges", () => {
    test("values, formulas and texts are what was written and what the engine makes of it", async () => {
      const seen = await pane.evaluate(() =>
        Excel.run(async (context) => {
          const sheet = context.workbook.worksheets.getItem("My data");
          const range = sheet.getRange("A10:C11");
          range.values = [
            [2, "x", true],
            [3, "'007", ""],
          ];
          sheet.getRange("D10:D11").formulas = [["=A10*A11"], ["=SUM(A10:A11)/0"]];
          sheet.getRange("D10").numberFormat = [["0.00"]];
          const whole = sheet.getRange("A10:D11");
          whole.load("values,formulas,text,valueTypes,address,rowCount,cellCount,numberFormat");
          await context.sync();
          return whole.toJSON();
        }),
      );
      expect(seen).toMatchObject({
        address: "'My data'!A10:D11",
        rowCount: 2,
        cellCount: 8,
        values: [
          [2, "x", true, 6],
          [3, "007", "", "#DIV/0!"],
        ],
        formulas: [
          [2, "x", true, "=A10*A11"],
          [3, "007", "", "=SUM(A10:A11)/0"],
        ],
        text: [
          ["2", "x", "TRUE", "6.00"],
          ["3", "007", "", "#DIV/0!"],
        ],
        valueTypes: [
          ["Double", "String", "Boolean", "Double"],
          ["Double", "String", "Empty", "Error"],
        ],
      });
    });

    test("a text that looks like a number stays a text only in a text cell", async () => {
      const seen = await pane.evaluate(() =>
        Excel.run(async (context) => {
          const sheet = context.workbook.worksheets.getItem("My data");
          sheet.getRange("F1").numberFormat = [["@"]];
          sheet.getRange("F1:F4").values = [["00123"], ["00123"], ["=1+1"], ["MAR-1"]];
          const range = sheet.getRange("F1:F4").load("values,text");
          await context.sync();
          return { values: range.values, text: range.text };
        }),
      );
      expect(seen.values.slice(0, 3)).toEqual([["00123"], [123], [2]]);
      expect(seen.values[3]?.[0]).toBeGreaterThan(40_000);
      expect(seen.text[3]).toEqual(["1-Mar"]);
    });

    test("fill, font, alignment, sizes and borders are kept and read back", async () => {
      const seen = await pane.evaluate(() =>
        Excel.run(async (context) => {
          const range = context.workbook.worksheets.getItem("My data").getRange("H1:I2");
          range.format.fill.color = "yellow";
          range.format.font.set({ bold: true, color: "#C00000", size: 14 });
          range.format.horizontalAlignment = "Center";
          range.format.wrapText = true;
          range.format.columnWidth = 90;
          range.format.rowHeight = 30;
          range.format.borders.getItem("EdgeBottom").style = "Continuous";
          range.format.borders.getItem("EdgeBottom").color = "#0F6CBD";
          range.load(
            "format/fill/color,format/font/bold,format/font/color,format/font/size,format/horizontalAlignment,format/wrapText,format/columnWidth,format/rowHeight",
          );
          const border = range.format.borders.getItem("EdgeBottom").load("style,color");
          await context.sync();
          return { format: range.format.toJSON(), border: border.toJSON() };
        }),
      );
      expect(seen.format).toMatchObject({
        fill: { color: "#FFFF00" },
        font: { bold: true, color: "#C00000", size: 14 },
        horizontalAlignment: "Center",
        wrapText: true,
        columnWidth: 90,
        rowHeight: 30,
      });
      expect(seen.border).toMatchObject({ style: "Continuous", color: "#0F6CBD" });
      expect(await stage.cell("'My data'!I2")).toMatchObject({
        fill: "#FFFF00",
        fontColor: "#C00000",
      });
    });

    test("one range leads to others: cells, rows, offsets, used and intersecting ranges", async () => {
      const addresses = await pane.evaluate(() =>
        Excel.run(async (context) => {
          const sheet = context.workbook.worksheets.getItem("My data");
          const range = sheet.getRange("B3:D6");
          const ranges = [
            range.getCell(1, 2),
            range.getRow(0),
            range.getColumn(1),
            range.getOffsetRange(1, -1),
            range.getResizedRange(1, 0),
            range.getAbsoluteResizedRange(1, 1),
            range.getEntireRow(),
            range.getEntireColumn(),
            range.getRowsBelow(2),
            range.getRowsAbove(),
            range.getLastRow(),
            range.getLastCell(),
            range.getBoundingRect("F9"),
            range.getIntersection("C1:C4"),
            sheet.getRangeByIndexes(0, 0, 2, 3),
            sheet.getCell(4, 4),
          ];
          for (const one of ranges) one.load("address");
          const none = range.getIntersectionOrNullObject("F9");
          const empty = sheet.getRange("X90:Z99").getUsedRangeOrNullObject();
          none.load("address");
          empty.load("address");
          await context.sync();
          return [
            ...ranges.map((one) => one.address.split("!")[1]),
            none.isNullObject,
            empty.isNullObject,
          ];
        }),
      );
      expect(addresses).toEqual([
        "D4",
        "B3:D3",
        "C3:C6",
        "A4:C7",
        "B3:D7",
        "B3",
        "3:6",
        "B:D",
        "B7:D8",
        "B2:D2",
        "B6:D6",
        "D6",
        "B3:F9",
        "C3:C4",
        "A1:C2",
        "E5",
        true,
        true,
      ]);
    });

    test("null leaves a cell alone, clear takes contents and looks away", async () => {
      const seen = await pane.evaluate(() =>
        Excel.run(async (context) => {
          const range = context.workbook.worksheets.getItem("My data").getRange("K1:L1");
          range.values = [[1, 2]];
          range.format.fill.color = "#00FF00";
          range.values = [[null, 5]] as never;
          range.load("values");
          await context.sync();
          const before = range.values;
          range.clear("Contents");
          range.load("values,format/fill/color");
          await context.sync();
          const contents = [range.values, range.format.fill.color];
          range.clear();
          range.load("format/fill/color");
          await context.sync();
          return [before, ...contents, range.format.fill.color];
        }),
      );
      expect(seen).toEqual([[[1, 5]], [["", ""]], "#00FF00", "#FFFFFF"]);
    });

    test("rows inserted in the middle move what is below, formulas with it", async () => {
      const seen = await pane.evaluate(() =>
        Excel.run(async (context) => {
          const sheet = context.workbook.worksheets.add("Moves");
          sheet.getRange("A1:A3").values = [[1], [2], [3]];
          sheet.getRange("B1").formulas = [["=A3"]];
          await context.sync();
          sheet.getRange("2:2").insert("Down");
          const after = sheet.getRange("A1:B4").load("formulas");
          await context.sync();
          const inserted = after.formulas;
          sheet.getRange("A2:A2").delete("Up");
          const again = sheet.getRange("A1:B4").load("values");
          await context.sync();
          const values = again.values;
          sheet.delete();
          await context.sync();
          return { inserted, values };
        }),
      );
      expect(seen.inserted).toEqual([
        [1, "=A4"],
        ["", ""],
        [2, ""],
        [3, ""],
      ]);
      expect(seen.values.map((row) => row[0])).toEqual([1, 2, 3, ""]);
    });

    test("a name or an address that is none is refused", async () => {
      expect(
        await refusal(
          `context.workbook.worksheets.getItem("Plan").getRange("Nowhere!"); await context.sync();`,
        ),
      ).toMatchObject({ code: "InvalidArgument" });
    });
  });

  describe("errors", () => {
    test("reading what was not loaded is Office.js's own PropertyNotLoaded", async () => {
      expect(
        await refusal(
          `const r = context.workbook.worksheets.getItem("Plan").getRange("A1"); await context.sync(); return r.values;`,
        ),
      ).toEqual({ code: "PropertyNotLoaded", location: "Range.values" });
    });

    test("what is missing is ItemNotFound, or a null object when asked so", async () => {
      expect(
        await refusal(
          `context.workbook.worksheets.getItem("Nope").load("name"); await context.sync();`,
        ),
      ).toMatchObject({ code: "ItemNotFound" });
      const isNull = await pane.evaluate(() =>
        Excel.run(async (context) => {
          const sheet = context.workbook.worksheets.getItemOrNullObject("Nope");
          const range = sheet.getRange("A1").load("values");
          await context.sync();
          return [sheet.isNullObject, range.isNullObject];
        }),
      );
      expect(isNull).toEqual([true, true]);
    });

    test("a part of Excel that is not played is ApiNotFound, and is named on the console", async () => {
      expect(
        await refusal(
          `context.workbook.worksheets.getItem("Plan").pageLayout.load("orientation"); await context.sync();`,
        ),
      ).toMatchObject({ code: "ApiNotFound", location: "Worksheet.PageLayout" });
      expect(stage.errors.join("\n")).toContain("Worksheet.PageLayout");
    });
  });

  describe("worksheets", () => {
    test("sheets are added, renamed, moved, hidden, protected and removed", async () => {
      const seen = await pane.evaluate(() =>
        Excel.run(async (context) => {
          const sheets = context.workbook.worksheets;
          const sheet = sheets.add("Temp");
          sheet.name = "Kept";
          sheet.position = 0;
          sheet.tabColor = "#0F6CBD";
          sheet.showGridlines = false;
          sheet.freezePanes.freezeRows(1);
          sheet.load("name,position,tabColor,visibility,showGridlines,id");
          sheet.charts.load("count");
          await context.sync();
          const made = sheet.toJSON();
          sheet.visibility = "Hidden";
          sheet.protection.protect();
          sheet.protection.load("protected");
          sheets.load("items/name,items/visibility");
          await context.sync();
          const hidden = sheets.items.find((one) => one.name === "Kept")?.visibility;
          const isProtected = sheet.protection.protected;
          sheet.protection.unprotect();
          sheet.delete();
          const count = sheets.getCount();
          await context.sync();
          return { made, hidden, isProtected, charts: sheet.charts.count, count: count.value };
        }),
      );
      expect(seen).toMatchObject({
        made: {
          name: "Kept",
          position: 0,
          tabColor: "#0F6CBD",
          showGridlines: false,
          visibility: "Visible",
        },
        hidden: "Hidden",
        isProtected: true,
        charts: 0,
        count: 2,
      });
    });
  });

  describe("in Chinese", () => {
    test("the workbench, the grid and Office speak it", async () => {
      const chinese = await openStage(conformance.browser, `${conformance.origin}/workbench/`, {
        language: "zh-CN",
      });
      const frame = await chinese.pane();
      expect(await frame.evaluate(() => Office.context.displayLanguage)).toBe("zh-CN");
      expect(await chinese.page.textContent("header")).toContain("模拟 Excel");
      expect(chinese.requests.some((url) => url.endsWith("conformance-functions.json?zh"))).toBe(
        true,
      );
      await chinese.close();
    });
  });
});
