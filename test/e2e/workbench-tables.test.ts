/** What the workbench keeps, on the real Office.js: tables, rules, names, settings, and the saved file. */
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import ExcelJS from "exceljs";
import type { Frame } from "playwright-core";
import { eventually, type Stage } from "../support/stage";
import { type Conformance, OPEN_WITHIN_MS, openConformance } from "./fixtures/conformance-stage";

jest.setTimeout(60_000);

describe("tables and colours, against the real Office.js", () => {
  let conformance: Conformance;
  let stage: Stage;
  let pane: Frame;
  const refusal = (source: string) => conformance.refusal(source);

  beforeAll(async () => {
    conformance = await openConformance();
    ({ stage, pane } = conformance);
  }, OPEN_WITHIN_MS);

  afterAll(() => conformance.close());

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

  describe("a protected sheet", () => {
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

  describe("saving", () => {
    test("save gives an .xlsx with values, formulas, looks, tables, rules and names", async () => {
      const base64 = await stage.page.evaluate(async () => {
        const blob = await window.workbench?.save();
        const bytes = new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0));
        return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
      });
      const book = new ExcelJS.Workbook();
      await book.xlsx.load(Buffer.from(base64, "base64") as never);
      const plan = book.getWorksheet("Plan");
      expect(plan?.getCell("D3").value).toMatchObject({ formula: "B3*C3", result: 114 });
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
});
