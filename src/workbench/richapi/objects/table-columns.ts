/** How columns come into and go out of a table; looks and rules of the others move along. */
import { type Area, columnIndex, columnName, intersection } from "../../backend/area";
import type { CellEntry, CellStyle, TableFacts } from "../../backend/backend";
import type { Host } from "../host";
import { HostError, invalidArgument } from "../host-error";
import type { Json } from "../json";
import { cellsOf, enter } from "./range-content";
import { blankEntries, entriesOf, factsOf, isBlank, type TableSelf } from "./table-data";

/** @param values the column from its header down, or null */
export function addColumn(
  self: TableSelf,
  index: number | null,
  values: Json,
  name: string | null,
): number {
  const { host } = self;
  const table = factsOf(self);
  const { columns } = table.area;
  const at = index === null || index === -1 ? columns : index;
  if (at < 0 || at > columns) throw invalidArgument();
  const target = { ...table.area, column: table.area.column + at, columns: 1 };
  host.backend.asAddin(() => {
    const right = { ...table.area, column: table.area.column + columns, columns: 1 };
    if (!isBlank(host, right)) host.backend.shiftCells(right, "Right", false);
    moveColumns(host, { ...target, columns: columns - at }, 1);
    host.backend.write(target, blankEntries(target.rows, 1));
    const header: CellEntry[][] = [[{ value: name ?? `Column${columns + 1}` }]];
    if (table.showHeaders) host.backend.write({ ...target, rows: 1 }, header);
    const columnIds = [...table.columnIds];
    columnIds.splice(at, 0, Math.max(0, ...columnIds) + 1);
    host.backend.putTable({ ...table, columnIds, area: { ...table.area, columns: columns + 1 } });
    moveRules(host, table, target.column, 1);
  });
  if (values !== null) {
    enter(host, target, values);
    if (name !== null) enter(host, { ...target, rows: 1 }, name);
  }
  return at;
}

/** The table gets narrower; what stands beside it stays where it is. */
export function deleteColumn(self: TableSelf, index: number): void {
  const { host } = self;
  const table = factsOf(self);
  const { columns, column } = table.area;
  if (columns === 1) throw new HostError("InvalidOperation");
  host.backend.asAddin(() => {
    const rest = columns - index - 1;
    moveColumns(host, { ...table.area, column: column + index + 1, columns: rest }, -1);
    const last = { ...table.area, column: column + columns - 1, columns: 1 };
    host.backend.write(last, blankEntries(last.rows, 1));
    host.backend.clearStyle(last);
    const columnIds = table.columnIds.filter((_, at) => at !== index);
    host.backend.putTable({ ...table, columnIds, area: { ...table.area, columns: columns - 1 } });
    moveRules(host, table, column + index, -1);
  });
}

function moveColumns(host: Host, area: Area, by: 1 | -1): void {
  if (area.columns < 1) return;
  const entries = entriesOf(host, area);
  const styles = cellsOf(host, area).map((row) => row.map((cell) => cell.style));
  host.backend.write({ ...area, column: area.column + by }, entries);
  for (let column = 0; column < area.columns; column++) {
    dress(
      host,
      area,
      area.column + by + column,
      styles.map((row) => row[column]),
    );
  }
}

/** Cells of one look are dressed together: a column has one for its header and one below, mostly. */
function dress(
  host: Host,
  area: Area,
  column: number,
  styles: readonly (CellStyle | undefined)[],
): void {
  let start = 0;
  for (let row = 1; row <= styles.length; row++) {
    if (row < styles.length && JSON.stringify(styles[row]) === JSON.stringify(styles[start])) {
      continue;
    }
    const style = styles[start];
    const part = { ...area, row: area.row + start, rows: row - start, column, columns: 1 };
    host.backend.clearStyle(part);
    if (style !== undefined) host.backend.applyStyle(part, style);
    start = row;
  }
}

/** Columns that a rule's formula names, from `from` on, stand one further. */
function shiftColumns(formula: string, from: number, by: 1 | -1): string {
  return formula.replaceAll(
    /("[^"]*")|(\$?)\b([A-Z]{1,3})(\$?\d+)\b/g,
    (whole, text: string | undefined, mark: string, name: string, row: string) => {
      if (text !== undefined || columnIndex(name) < from) return whole;
      return `${mark}${columnName(columnIndex(name) + by)}${row}`;
    },
  );
}

function moveRules(host: Host, table: TableFacts, from: number, by: 1 | -1): void {
  const { sheet } = table.area;
  for (const facts of host.backend.conditionals(sheet)) {
    const { area, rule } = facts;
    if (intersection(area, table.area) === null || area.column + area.columns <= from) continue;
    const formula = rule.kind === "custom" ? shiftColumns(rule.formula, from, by) : null;
    host.backend.putConditional({
      ...facts,
      area: { ...area, columns: area.columns + by },
      rule: formula === null ? rule : { kind: "custom", formula },
    });
  }
  for (const facts of host.backend.validations(sheet)) {
    const areas = facts.areas.map((area) => {
      if (intersection(area, table.area) === null || area.column + area.columns <= from)
        return area;
      if (area.column >= from + Number(by < 0)) return { ...area, column: area.column + by };
      return { ...area, columns: Math.max(1, area.columns + by) };
    });
    const moved = areas.some((area, at) => area !== facts.areas[at]);
    if (moved) host.backend.putValidation({ ...facts, areas });
  }
}
