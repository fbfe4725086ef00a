/**
 * The workbook through Office.js. One batch of writes per call, reads first; nothing newer than
 * ExcelApi 1.14 (the manifest's floor).
 */
import { ExcelLive } from "./excel-live";
import { ExcelPlan } from "./excel-plan";
import { repairFormulas } from "./excel-repair";
import { ExcelReview } from "./excel-review";
import { runExcel } from "./excel-run";
import { readPlanRows } from "./plan-table";
import type { PlanCell, Workbook } from "./workbook";

const PLAN_NAME = "StreamPlan";

async function readPlan(context: Excel.RequestContext): Promise<PlanCell> {
  const name = context.workbook.names.getItemOrNullObject(PLAN_NAME);
  await context.sync();
  if (name.isNullObject) return { kind: "none" };
  const range = name.getRangeOrNullObject();
  range.load("values,text");
  await context.sync();
  if (range.isNullObject) return { kind: "none" };
  const value: unknown = range.values[0]?.[0];
  if (typeof value === "number" && value >= 1) return { kind: "units", units: Math.floor(value) };
  return { kind: "unreadable", text: range.text[0]?.[0] ?? "" };
}

/** What the page knows of its workbook goes with it: one of these for each page. */
export function excelWorkbook(): Workbook {
  const live = new ExcelLive();
  const plan = new ExcelPlan();
  const review = new ExcelReview();
  return {
    writeLiveTable: (table, how) => runExcel((context) => live.write(context, table, how)),
    makePlan: (locale, skus) =>
      runExcel(async (context) => {
        const found = await plan.find(context, locale);
        if (found === null) await plan.make(context, locale, { skus, isAsked: true });
        else found.table.worksheet.activate();
        await context.sync();
        return null;
      }),
    readStreams: (locale, newNumber, skus) =>
      runExcel(async (context) => {
        const standing = await plan.find(context, locale);
        const isMade =
          standing !== null || (await plan.make(context, locale, { skus, isAsked: false }));
        const found = isMade ? (standing ?? (await plan.find(context, locale))) : null;
        if (found === null) return null;
        const rows = readPlanRows(found, newNumber);
        await plan.paint(context, found, rows, new Map(), locale);
        return { rows, selected: found.selected };
      }),
    paintStreams: (locale, paints) =>
      runExcel(async (context) => {
        const found = await plan.find(context, locale);
        if (found === null) return null;
        // A row that came since has no number yet: it is left for the next look.
        const rows = readPlanRows(found, () => "").filter(({ no }) => no !== "");
        await plan.paint(context, found, rows, paints, locale);
        return null;
      }),
    makeReview: (locale) =>
      runExcel(async (context) => {
        await review.make(context, locale);
        return null;
      }),
    fillReview: (page) => runExcel((context) => review.fill(context, page)),
    repair: () => runExcel(repairFormulas),
    readPlan: () => runExcel(readPlan),
  };
}
