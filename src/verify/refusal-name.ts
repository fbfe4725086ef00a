/** Why a file was not looked into, in the few kinds that a person can do something about. */
import type { FileRefusal } from "../channels/exports/refusals";
import type { ProofRefusalName } from "../locale/proof-messages";

export function refusalName({ code }: FileRefusal): ProofRefusalName {
  switch (code) {
    case "too_large":
    case "unpacks_too_large":
    case "too_many_rows":
    case "too_many_columns":
    case "too_many_cells":
    case "cell_too_long":
    case "took_too_long":
      return "too_large";
    case "unsafe_archive":
    case "unsafe_xml":
      return "unsafe";
    case "old_excel":
      return "old_excel";
    case "not_a_table":
    case "no_workbook":
    case "empty_file":
      return "not_a_workbook";
    default:
      return "broken";
  }
}
