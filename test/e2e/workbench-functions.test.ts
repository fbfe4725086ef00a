/** Custom functions and events of the workbench, on the real Office.js and its functions runtime. */
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import type { Frame } from "playwright-core";
import { eventually, type Stage } from "../support/stage";
import { type Conformance, OPEN_WITHIN_MS, openConformance } from "./fixtures/conformance-stage";

jest.setTimeout(60_000);

describe("functions and events, against the real Office.js", () => {
  let conformance: Conformance;
  let stage: Stage;
  let pane: Frame;

  beforeAll(async () => {
    conformance = await openConformance();
    ({ stage, pane } = conformance);
  }, OPEN_WITHIN_MS);

  afterAll(() => conformance.close());

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
      await pane.evaluate(async () => {
        await Excel.run(async (context) => {
          context.workbook.settings.add("ids", { rules: ["a", "b"], at: 3 });
          await context.sync();
        });
        Office.context.document.settings.set("language", "zh-CN");
        await new Promise((done) => Office.context.document.settings.saveAsync(done));
      });
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
      ]);
    });
  });
});
