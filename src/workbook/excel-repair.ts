/**
 * Formulas of ours that Excel kept as #NAME?, since they were typed or opened while the add-in was not
 * there (platform.md 2.7). They are entered again with the name that Excel knows.
 */

const OURS = /\bSTREAM\.[A-Z_]+\(/i;

/** The formula as it was meant, or null for one that is not ours. */
export function repairedFormula(formula: unknown): string | null {
  if (typeof formula !== "string" || !formula.startsWith("=")) return null;
  // Excel puts a prefix before a name that it does not know, and makes its dot a line.
  const named = formula.replaceAll(/_xldudf_STREAM_/gi, "STREAM.").replaceAll(/_xldudf_/gi, "");
  return OURS.test(named) ? named : null;
}

export async function repairFormulas(context: Excel.RequestContext): Promise<number> {
  const sheets = context.workbook.worksheets.load("items/id");
  await context.sync();
  const all = sheets.items.map((sheet) =>
    sheet.getUsedRangeOrNullObject(true).load("formulas,values"),
  );
  await context.sync();
  let repaired = 0;
  for (const range of all) {
    if (range.isNullObject) continue;
    range.formulas.forEach((row: unknown[], r) => {
      row.forEach((formula, c) => {
        const isLost = range.values[r]?.[c] === "#NAME?" || /_xldudf_/i.test(String(formula));
        const meant = isLost ? repairedFormula(formula) : null;
        if (meant === null) return;
        range.getCell(r, c).formulas = [[meant]];
        repaired += 1;
      });
    });
  }
  await context.sync();
  return repaired;
}
