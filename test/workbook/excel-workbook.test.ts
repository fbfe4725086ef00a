/**
 * The reading of the plan against Microsoft's mock of Office.js, which knows load and sync. All that
 * writes is tested against the real Office.js in test/e2e.
 */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { OfficeMockObject } from "office-addin-mock";
import { excelWorkbook } from "../../src/workbook/excel-workbook";

function mockExcel(value: unknown, exists = true): void {
  const range = { isNullObject: false, values: [[value]], text: [[String(value)]] };
  const host = new OfficeMockObject({
    context: {
      workbook: {
        names: {
          getItemOrNullObject: () => ({
            isNullObject: !exists,
            getRangeOrNullObject: () => Object.assign(range, { load: () => undefined }),
          }),
        },
      },
    },
    run: (work: (context: unknown) => unknown) => work((host as any).context),
  });
  (globalThis as any).Excel = host;
  (globalThis as any).OfficeExtension = { Error: class extends Error {} };
}

beforeEach(() => mockExcel(405));
afterEach(() => {
  delete (globalThis as any).Excel;
  delete (globalThis as any).OfficeExtension;
});

describe("the plan in the workbook", () => {
  test.each([
    [405, { kind: "units", units: 405 }],
    [405.7, { kind: "units", units: 405 }],
    [0, { kind: "unreadable", text: "0" }],
    [-5, { kind: "unreadable", text: "-5" }],
    ["405", { kind: "unreadable", text: "405" }],
    ["#VALUE!", { kind: "unreadable", text: "#VALUE!" }],
    [Number.NaN, { kind: "unreadable", text: "NaN" }],
  ])("a cell that holds %p is %j", async (cell, plan) => {
    mockExcel(cell);
    expect(await excelWorkbook().readPlan()).toEqual({ ok: true, value: plan });
  });

  test("a workbook without the name has no plan", async () => {
    mockExcel(405, false);
    expect(await excelWorkbook().readPlan()).toEqual({ ok: true, value: { kind: "none" } });
  });

  test("a failure of Excel is a refusal, not an exception", async () => {
    (globalThis as any).Excel = { run: () => Promise.reject(new Error("gone")) };
    expect(await excelWorkbook().readPlan()).toMatchObject({
      ok: false,
      error: { code: "failed" },
    });
  });
});
