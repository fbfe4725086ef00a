/** One conversation with Excel, with its refusals as values. */
import { err, ok, type Result } from "../base/result";
import type { WorkbookRefusal } from "./workbook";

export async function runExcel<T>(
  work: (context: Excel.RequestContext) => Promise<T>,
): Promise<Result<T, WorkbookRefusal>> {
  try {
    return ok(await Excel.run(work));
  } catch (cause) {
    const code = cause instanceof OfficeExtension.Error ? cause.code : "";
    if (code === "InvalidOperationInCellEditMode") return err({ code: "cell_edit" });
    if (code === "AccessDenied") return err({ code: "protected" });
    return err({ code: "failed", detail: `${code} ${String(cause)}` });
  }
}
