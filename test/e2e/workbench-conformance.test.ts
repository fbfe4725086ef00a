/**
 * The workbench against the real, unmodified Office.js: a small add-in page of the test's own in
 * the iframe, a real browser, the real custom-functions runtime. Needs build/workbench
 * (webpack --config-name workbench).
 */
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import ExcelJS from "exceljs";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Browser, Frame } from "playwright-core";
import { launchBrowser } from "../support/browser";
import { eventually, openStage, type Stage } from "../support/stage";
import { type ConformanceServer, serveConformance } from "./fixtures/conformance-server";

jest.setTimeout(60_000);

const built = existsSync(resolve(__dirname, "../../build/workbench/workbench.js"));
const suite = built ? describe : describe.skip;
if (!built) console.warn("build/workbench is absent: the conformance suite is skipped");

suite("the workbench, against the real Office.js", () => {
  let server: ConformanceServer;
  let browser: Browser;
  let stage: Stage;
  let pane: Frame;

  beforeAll(async () => {
    server = await serveConformance();
    browser = await launchBrowser();
    stage = await openStage(browser, `${server.origin}/workbench/`);
    pane = await stage.pane();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  /** The code of an Office.js error that the action ends with, and where. */
  const refusal = (source: string) =>
    pane.evaluate(async (code) => {
      const body = new Function("context", `return (async () => { ${code} })()`) as never;
      try {
        await Excel.run(body);
        return null;
      } catch (error) {
        const { code: name, debugInfo } = error as OfficeExtension.Error;
        return { code: name, location: debugInfo?.errorLocation };
      }
    }, source);

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
        (url) => !url.startsWith(server.origin) && !/^(data|blob|about):/.test(url),
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

  describe("conditional formats", () => {
    test("a formula for the top-left cell colours the rows it holds for", async () => {
      const seen = await pane.evaluate(() =>
        Excel.run(async (context) => {
          const sheet = context.workbook.worksheets.add("Colours");
          sheet.getRange("A1:B4").values = [
            ["a", 120],
            ["b", 80],
            ["c", 40],
            ["d", 10],
          ];
          const add = (formula: string, color: string) => {
            const format = sheet.getRange("A1:B4").conditionalFormats.add("Custom");
            format.custom.rule.formula = formula;
            format.custom.format.fill.color = color;
            return format;
          };
          add("=$B1<100", "#FFF100");
          add("=$B1<50", "#FF8C00");
          const red = add("=$B1<20", "#D13438");
          red.custom.format.font.color = "#FFFFFF";
          red.stopIfTrue = true;
          red.load("type,priority,id,custom/rule/formula,custom/format/fill/color");
          const count = sheet.getRange("A1").conditionalFormats.getCount();
          const formats = sheet
            .getRange("A1:B4")
            .conditionalFormats.load("items/type,items/priority");
          await context.sync();
          return {
            red: red.toJSON(),
            count: count.value,
            priorities: formats.items.map((one) => one.priority),
          };
        }),
      );
      expect(seen).toMatchObject({
        count: 3,
        priorities: [0, 1, 2],
        red: {
          type: "Custom",
          priority: 0,
          stopIfTrue: true,
          custom: { rule: { formula: "=$B1<20" } },
        },
      });
      const fills = async () =>
        (await stage.read("Colours!A1:B4")).map((row) => row.map((cell) => cell.fill));
      await eventually("the colours", async () => (await fills())[3]?.[0] === "#D13438");
      expect(await fills()).toEqual([
        [null, null],
        ["#FFF100", "#FFF100"],
        ["#FF8C00", "#FF8C00"],
        ["#D13438", "#D13438"],
      ]);
      expect((await stage.cell("Colours!A4")).fontColor).toBe("#FFFFFF");
      await stage.setFormula("Colours!B1", "15");
      await eventually(
        "a colour that follows the value",
        async () => (await fills())[0]?.[0] === "#D13438",
      );
    });

    test("rules for values and texts colour too, and clearAll takes all away", async () => {
      await pane.evaluate(() =>
        Excel.run(async (context) => {
          const sheet = context.workbook.worksheets.getItem("Colours");
          sheet.getRange("D1:D3").values = [["sold out"], ["low"], [7]];
          const text = sheet.getRange("D1:D3").conditionalFormats.add("ContainsText");
          text.textComparison.rule = { operator: "Contains", text: "OUT" };
          text.textComparison.format.fill.color = "#111111";
          const value = sheet.getRange("D1:D3").conditionalFormats.add("CellValue");
          value.cellValue.rule = { formula1: "5", formula2: "9", operator: "Between" };
          value.cellValue.format.fill.color = "#222222";
          await context.sync();
        }),
      );
      const fills = async () => (await stage.read("Colours!D1:D3")).map((row) => row[0]?.fill);
      await eventually("the colours", async () => (await fills())[2] === "#222222");
      expect(await fills()).toEqual(["#111111", null, "#222222"]);
      await pane.evaluate(() =>
        Excel.run(async (context) => {
          context.workbook.worksheets
            .getItem("Colours")
            .getRange("D1:D3")
            .conditionalFormats.clearAll();
          await context.sync();
        }),
      );
      await eventually("no colours", async () => (await fills()).every((fill) => fill === null));
    });
  });

  describe("tables", () => {
    test("a table grows with its rows, reads back, and is found by a name in any case", async () => {
      const seen = await pane.evaluate(() =>
        Excel.run(async (context) => {
          const sheet = context.workbook.worksheets.add("Stock");
          sheet.getRange("A3:C3").values = [["SKU", "On hand", "Sellable"]];
          const table = sheet.tables.add("A3:C4", true);
          table.name = "LiveStock";
          table.getDataBodyRange().values = [["'001", 10, 8]];
          table.rows.add(undefined, [
            ["B-2", 20, 15],
            ["C-3", 30, 25],
          ]);
          table.getDataBodyRange().getRowsBelow(1).values = [["D-4", 40, 35]];
          await context.sync();
          const found = context.workbook.tables.getItem("livestock");
          found.load("name,style,showHeaders,showTotals,id");
          const whole = found.getRange().load("address,values");
          const header = found.getHeaderRowRange().load("values");
          const column = found.columns.getItem("on hand").load("index,name,values");
          const missing = found.columns.getItemOrNullObject("Nope").load("name");
          found.rows.load("count");
          found.columns.load("items/name");
          await context.sync();
          found.rows.getItemAt(1).delete();
          found.columns.add(undefined, undefined, "Alert");
          const body = found.getDataBodyRange().load("values,address");
          await context.sync();
          return {
            table: { name: found.name, style: found.style, showHeaders: found.showHeaders },
            whole: whole.toJSON(),
            header: header.values,
            column: column.toJSON(),
            columns: found.columns.items.map((one) => one.name),
            missing: missing.isNullObject,
            count: found.rows.count,
            body: body.values,
            bodyAddress: body.address,
          };
        }),
      );
      expect(seen).toMatchObject({
        table: { name: "LiveStock", style: "TableStyleMedium2", showHeaders: true },
        whole: { address: "Stock!A3:C7" },
        header: [["SKU", "On hand", "Sellable"]],
        column: { index: 1, name: "On hand", values: [["On hand"], [10], [20], [30], [40]] },
        columns: ["SKU", "On hand", "Sellable"],
        missing: true,
        count: 4,
        bodyAddress: "Stock!A4:D6",
        body: [
          ["001", 10, 8, ""],
          ["C-3", 30, 25, ""],
          ["D-4", 40, 35, ""],
        ],
      });
      const rows = await stage.read("Stock!A3:D6");
      expect(rows[0]?.map((cell) => cell.fill)).toEqual(Array(4).fill("#0F6CBD"));
      expect(rows[0]?.[3]?.text).toBe("Alert");
      expect(new Set(rows.slice(1).map((row) => row[0]?.fill)).size).toBe(2);
    });

    test("two tables never overlap, and a table that is gone leaves its cells when converted", async () => {
      expect(
        await refusal(
          `context.workbook.worksheets.getItem("Stock").tables.add("B4:F9", true); await context.sync();`,
        ),
      ).toMatchObject({ code: "InvalidArgument" });
      const seen = await pane.evaluate(() =>
        Excel.run(async (context) => {
          const sheet = context.workbook.worksheets.getItem("Stock");
          const table = sheet.tables.add("H1:I3", true);
          await context.sync();
          table.convertToRange();
          sheet.tables.load("count");
          const cells = sheet.getRange("H1:I1").load("values");
          await context.sync();
          return [sheet.tables.count, cells.values];
        }),
      );
      expect(seen).toEqual([1, [["Column1", "Column2"]]]);
    });
  });

  describe("names and settings", () => {
    test("a name stands for its cells in formulas and in the object model", async () => {
      const seen = await pane.evaluate(() =>
        Excel.run(async (context) => {
          const sheet = context.workbook.worksheets.getItem("My data");
          sheet.getRange("M1:M2").values = [[4], [5]];
          context.workbook.names.add("Both", sheet.getRange("M1:M2"), "two cells");
          sheet.getRange("M3").formulas = [["=SUM(Both)"]];
          const name = context.workbook.names
            .getItem("both")
            .load("name,formula,type,value,comment");
          const range = name.getRange().load("address");
          const sum = sheet.getRange("M3").load("values");
          const none = context.workbook.names.getItemOrNullObject("Neither").load("name");
          context.workbook.names.load("items/name");
          await context.sync();
          return {
            name: name.toJSON(),
            address: range.address,
            sum: sum.values,
            none: none.isNullObject,
            names: context.workbook.names.items.map((one) => one.name),
          };
        }),
      );
      expect(seen).toMatchObject({
        name: {
          name: "Both",
          formula: "='My data'!$M$1:$M$2",
          type: "Range",
          comment: "two cells",
        },
        address: "'My data'!M1:M2",
        sum: [[9]],
        none: true,
        names: ["TotalSold", "Both"],
      });
    });

    test("settings of the workbook and of the document outlive the page", async () => {
      await pane.evaluate(async () => {
        await Excel.run(async (context) => {
          context.workbook.settings.add("ids", { rules: ["a", "b"], at: 3 });
          context.workbook.settings.add("when", new Date(86_400_000));
          await context.sync();
        });
        Office.context.document.settings.set("language", "zh-CN");
        await new Promise((done) => Office.context.document.settings.saveAsync(done));
      });
      const read = await pane.evaluate(() =>
        Excel.run(async (context) => {
          const setting = context.workbook.settings.getItem("ids").load("key,value");
          const when = context.workbook.settings.getItem("when").load("value");
          const none = context.workbook.settings.getItemOrNullObject("nope").load("value");
          await context.sync();
          return [setting.value, when.value instanceof Date, none.isNullObject];
        }),
      );
      expect(read).toEqual([{ rules: ["a", "b"], at: 3 }, true, true]);
    });

    test("the shared runtime's own calls are answered", async () => {
      const seen = await pane.evaluate(async () => {
        await Office.addin.setStartupBehavior(Office.StartupBehavior.load);
        const startup = await Office.addin.getStartupBehavior();
        await Office.addin.hide();
        await Office.addin.showAsTaskpane();
        const { storage } = (window as never as { OfficeRuntime: { storage: Storage } })
          .OfficeRuntime;
        await storage.setItem("k", "v");
        return [startup, await storage.getItem("k")];
      });
      expect(seen).toEqual(["Load", "v"]);
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
        count: 4,
      });
    });

    test("a protected sheet takes no writes", async () => {
      const code = `const s = context.workbook.worksheets.getItem("Stock"); s.protection.protect(); await context.sync();
        s.getRange("A1").values = [[1]]; await context.sync();`;
      expect(await refusal(code)).toMatchObject({ code: "AccessDenied" });
      await pane.evaluate(() =>
        Excel.run(async (context) => {
          context.workbook.worksheets.getItem("Stock").protection.unprotect();
          await context.sync();
        }),
      );
    });
  });

  describe("events", () => {
    test("onChanged tells of data edits by person and add-in, once each, and of nothing else", async () => {
      await pane.evaluate(() =>
        Excel.run(async (context) => {
          const seen: unknown[] = [];
          Object.assign(window, { seen });
          const sheet = context.workbook.worksheets.getItem("Plan");
          sheet.onChanged.add(async (event) => {
            seen.push([
              event.address,
              event.changeType,
              event.triggerSource,
              event.details?.valueAfter,
            ]);
          });
          await context.sync();
          sheet.getRange("B3").values = [[13]];
          sheet.getRange("B3").format.fill.color = "#FAFAFA";
          await context.sync();
        }),
      );
      await stage.page.evaluate(() => window.workbench?.setFormula("Plan!B4", "21"));
      await new Promise((done) => setTimeout(done, 1500));
      const seen = await pane.evaluate(() => (window as never as { seen: unknown[] }).seen);
      expect(seen).toEqual([
        ["B3", "RangeEdited", "ThisLocalAddin", 13],
        ["B4", "RangeEdited", "Unknown", 21],
      ]);
      expect((await stage.cell("Plan!B5")).value).toBe(34);
    });

    test("tables and the workbook's sheets raise their own events", async () => {
      await pane.evaluate(() =>
        Excel.run(async (context) => {
          const heard: unknown[] = [];
          Object.assign(window, { heard });
          const table = context.workbook.tables.getItem("LiveStock");
          table.onChanged.add(async (event) => {
            heard.push(["table", event.address]);
          });
          context.workbook.worksheets.onAdded.add(async () => {
            heard.push(["added"]);
          });
          context.workbook.worksheets.onDeleted.add(async () => {
            heard.push(["deleted"]);
          });
          await context.sync();
          context.workbook.worksheets.getItem("Stock").getRange("B4").values = [[11]];
          const sheet = context.workbook.worksheets.add();
          await context.sync();
          sheet.delete();
          await context.sync();
        }),
      );
      const heard = await eventually("events", async () => {
        const seen = await pane.evaluate(() => (window as never as { heard: unknown[] }).heard);
        return seen.length >= 3 ? seen : null;
      });
      expect(heard).toEqual([["table", "B4"], ["added"], ["deleted"]]);
    });
  });

  describe("custom functions", () => {
    test("numbers, ranges, texts, errors and their own address come back into the cells", async () => {
      await stage.page.evaluate(() => window.workbench?.activate("My data"));
      const formulas: readonly (readonly [string, string, unknown])[] = [
        ["=TEST.ADD(2,3)", "A30", 5],
        ["=TEST.ADD(2)", "A31", 102],
        ['=TEST.ADD("x",1)', "A32", "#VALUE!"],
        ["=TEST.SUMRANGE(Plan!B3:B4)", "A33", 34],
        ["=TEST.MISSING()", "A34", "#N/A"],
        ["=TEST.ZERO()", "A35", "#DIV/0!"],
        ["=TEST.BROKEN()", "A36", "#VALUE!"],
        ['=TEST.LATER("on")&"!"', "A37", "later on!"],
        ["=TEST.WHERE()", "A38", "'My data'!A38"],
        ["=TEST.ADD(TEST.ADD(1,1),1/0)", "A39", "#DIV/0!"],
        ["=IFERROR(TEST.MISSING(),7)", "A40", 7],
      ];
      for (const [formula, address] of formulas) await stage.setFormula(address, formula);
      const seen: unknown[] = [];
      for (const [, address] of formulas) seen.push((await stage.cell(address)).value);
      expect(seen).toEqual(formulas.map(([, , value]) => value));
    });

    test("a block of values spills, and a cell in its way makes it #SPILL!", async () => {
      await stage.setFormula("'My data'!C30", "=TEST.GRID(2)");
      const block = async () =>
        (await stage.read("'My data'!C30:D31")).map((row) => row.map((cell) => cell.value));
      expect(await block()).toEqual([
        [0, 1],
        [10, 11],
      ]);
      await stage.setFormula("'My data'!E30", "=SUM(C30:D31)");
      expect((await stage.cell("'My data'!E30")).value).toBe(22);
      await stage.setFormula("'My data'!D31", "mine");
      await eventually(
        "#SPILL!",
        async () => (await stage.cell("'My data'!C30")).value === "#SPILL!",
      );
    });

    test("a stream ticks in its cell and in what hangs on it; equal calls are one stream", async () => {
      await stage.setFormula("'My data'!G30", '=TEST.TICK("a")');
      await stage.setFormula("'My data'!G31", '=TEST.TICK("a")');
      await stage.setFormula("'My data'!G32", "=G30*10");
      const values = async () =>
        (await stage.read("'My data'!G30:G32")).map((row) => Number(row[0]?.value));
      const first = await values();
      const later = await eventually("a tick", async () => {
        const now = await values();
        return (now[0] ?? 0) > (first[0] ?? 0) + 4 ? now : null;
      });
      expect(later[1]).toBe(later[0]);
      await eventually("the formula that follows", async () => {
        const [a, , ten] = await values();
        return ten === (a ?? 0) * 10;
      });
      const streams = await pane.evaluate(
        () => (window as never as { streams: { opened: string[] } }).streams,
      );
      expect(streams.opened.filter((name) => name === "a")).toHaveLength(1);
    });

    test("a stream is cancelled when its last cell is gone or asks for something else", async () => {
      const cancelled = () =>
        pane.evaluate(
          () => (window as never as { streams: { cancelled: string[] } }).streams.cancelled,
        );
      await stage.setFormula("'My data'!G30", '=TEST.TICK("b")');
      expect(await cancelled()).not.toContain("a");
      await stage.setFormula("'My data'!G31", "");
      await eventually("a cancelled stream", async () => (await cancelled()).includes("a"));
      expect(await cancelled()).not.toContain("b");
      await stage.setFormula("'My data'!G30", "done");
      await eventually("the other one too", async () => (await cancelled()).includes("b"));
    });

    test("no event of the data is raised for a tick", async () => {
      const seen = await pane.evaluate(() => (window as never as { seen: unknown[] }).seen);
      const before = seen.length;
      await new Promise((done) => setTimeout(done, 1200));
      const after = await pane.evaluate(() => (window as never as { seen: unknown[] }).seen);
      expect(after).toHaveLength(before);
    });
  });

  describe("a pane that reloads", () => {
    test("keeps the workbook, loses its references, and has its streams called anew", async () => {
      const before = Number((await stage.cell("Plan!F5")).value);
      expect(before).toBeGreaterThan(0);
      await pane.evaluate(() => location.reload());
      await pane.waitForFunction(() => "officeInfo" in window);
      expect(Number((await stage.cell("Plan!F5")).value)).toBeGreaterThan(0);
      await eventually("the stream again", async () => {
        const { opened } = await pane.evaluate(
          () => (window as never as { streams: { opened: string[] } }).streams,
        );
        return opened.length === 1 && opened[0] === "starter";
      });
      await eventually("a value of the new stream", async () => {
        const value = Number((await stage.cell("Plan!F5")).value);
        return value < before;
      });
      const kept = await pane.evaluate(() =>
        Excel.run(async (context) => {
          const setting = context.workbook.settings.getItem("ids").load("value");
          await context.sync();
          return [setting.value, Office.context.document.settings.get("language")];
        }),
      );
      expect(kept).toEqual([{ rules: ["a", "b"], at: 3 }, "zh-CN"]);
    });
  });

  describe("automation", () => {
    test("a wrong address or sheet is refused with a word about it", async () => {
      await expect(stage.read("Nope!A1")).rejects.toThrow(/no sheet "Nope"/);
      await expect(stage.read("Plan!??")).rejects.toThrow(/no address/);
      expect(await stage.page.evaluate(() => window.workbench?.sheets())).toEqual([
        "Plan",
        "My data",
        "Colours",
        "Stock",
      ]);
    });

    test("save gives an .xlsx with values, formulas, looks, tables, rules and names", async () => {
      const base64 = await stage.page.evaluate(async () => {
        const blob = await window.workbench?.save();
        const bytes = new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0));
        return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
      });
      const book = new ExcelJS.Workbook();
      await book.xlsx.load(Buffer.from(base64, "base64") as never);
      const plan = book.getWorksheet("Plan");
      expect(plan?.getCell("D3").value).toMatchObject({ formula: "B3*C3", result: 123.5 });
      expect(plan?.getCell("D3").numFmt).toBe("#,##0.00");
      expect(plan?.getCell("A1").font).toMatchObject({
        bold: true,
        size: 16,
        color: { argb: "FF0F6CBD" },
      });
      expect(plan?.getCell("A2").fill).toMatchObject({ fgColor: { argb: "FFEBF3FC" } });
      expect(plan?.getCell("F3").value).toBe("00123");
      expect(plan?.getCell("F5").value).toMatchObject({ formula: 'TEST.TICK("starter")' });
      expect(plan?.getColumn(1).width).toBeCloseTo(20.7, 0);
      const stock = book.getWorksheet("Stock");
      expect(Object.keys((stock as never as { tables: object }).tables)).toEqual(["LiveStock"]);
      expect(stock?.getCell("A5").value).toBe("C-3");
      const rules = (
        book.getWorksheet("Colours") as never as { conditionalFormattings: { ref: string }[] }
      ).conditionalFormattings;
      expect(rules.map((one) => one.ref)).toContain("A1:B4");
      expect(book.definedNames.getRanges("TotalSold").ranges).toEqual(["Plan!$B$5"]);
    });
  });

  describe("in Chinese", () => {
    test("the workbench, the grid and Office speak it", async () => {
      const chinese = await openStage(browser, `${server.origin}/workbench/`, {
        language: "zh-CN",
      });
      const frame = await chinese.pane();
      expect(await frame.evaluate(() => Office.context.displayLanguage)).toBe("zh-CN");
      expect(await chinese.page.textContent("header")).toContain("扮演 Excel");
      expect(chinese.requests.some((url) => url.endsWith("conformance-functions.json?zh"))).toBe(
        true,
      );
      await chinese.close();
    });
  });
});
