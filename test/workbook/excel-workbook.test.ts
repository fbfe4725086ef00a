/**
 * The reading of the plan against Microsoft's mock of Office.js, which knows load and sync. All that
 * writes is tested against the real Office.js in test/e2e.
 */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { OfficeMockObject } from "office-addin-mock";
import { excelWorkbook } from "../../src/workbook/excel-workbook";

function mockExcel(value: unknown, exists = true): void {
  const range = { isNullObject: false, values: [[value]] };
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
    [405, 405],
    [405.7, 405],
    [0, null],
    [-5, null],
    ["405", null],
    ["#BUSY!", null],
    [Number.NaN, null],
  ])("a cell that holds %p is a plan of %p units", async (cell, units) => {
    mockExcel(cell);
    expect(await excelWorkbook.readPlan()).toEqual({ ok: true, value: units });
  });

  test("a workbook without the name has no plan", async () => {
    mockExcel(405, false);
    expect(await excelWorkbook.readPlan()).toEqual({ ok: true, value: null });
  });

  test("a failure of Excel is a refusal, not an exception", async () => {
    (globalThis as any).Excel = { run: () => Promise.reject(new Error("gone")) };
    expect(await excelWorkbook.readPlan()).toMatchObject({ ok: false, error: { code: "failed" } });
  });
});
