/** What is written right under a table becomes part of it, as Excel's tables grow. */
import { type Area, intersection } from "../../backend/area";
import type { CellEntry } from "../../backend/backend";
import type { Host } from "../host";

export function growTables(
  host: Host,
  area: Area,
  entries: readonly (readonly CellEntry[])[],
): void {
  const writes = entries.some((row) =>
    row.some((entry) => entry !== undefined && !("value" in entry && entry.value === null)),
  );
  if (!writes) return;
  for (const table of host.backend.tables()) {
    const below = table.area.row + table.area.rows;
    const inColumns =
      area.column >= table.area.column &&
      area.column + area.columns <= table.area.column + table.area.columns;
    if (table.area.sheet !== area.sheet || table.showTotals) continue;
    if (area.row !== below || !inColumns) continue;
    const grown = { ...table.area, rows: table.area.rows + area.rows };
    const collides = host.backend
      .tables()
      .some(
        (other) =>
          other.id !== table.id &&
          other.area.sheet === area.sheet &&
          intersection(other.area, grown) !== null,
      );
    if (!collides) host.backend.putTable({ ...table, area: grown });
  }
}
