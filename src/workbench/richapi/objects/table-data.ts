/** The cells of a table, and how rows and columns come into and go out of it. */
import type { Area } from "../../backend/area";
import type { Cell, CellEntry, TableFacts } from "../../backend/backend";
import type { Host } from "../host";
import { HostError, invalidArgument } from "../host-error";
import type { Json } from "../json";
import { growValidations } from "./data-validation";
import { cellsOf, enter, wireValue } from "./range-content";

export interface TableSelf {
  readonly host: Host;
  readonly id: string;
}

export function factsOf({ host, id }: TableSelf): TableFacts {
  const found = host.backend.tables().find((one) => one.id === id);
  if (found === undefined) throw new HostError("ItemNotFound");
  return found;
}

export function bodyArea(table: TableFacts): Area {
  const head = table.showHeaders ? 1 : 0;
  const foot = table.showTotals ? 1 : 0;
  return { ...table.area, row: table.area.row + head, rows: table.area.rows - head - foot };
}

export function headerArea(table: TableFacts): Area {
  if (!table.showHeaders) throw new HostError("ItemNotFound");
  return { ...table.area, rows: 1 };
}

export function columnNames(self: TableSelf): readonly string[] {
  const table = factsOf(self);
  const header = cellsOf(self.host, headerArea(table))[0] ?? [];
  return header.map(nameOf);
}

/** One of them: a cell's text is drawn to be read, and eleven columns ask one after the other. */
export function columnName(self: TableSelf, index: number): string {
  const header = headerArea(factsOf(self));
  const [[cell] = []] = cellsOf(self.host, {
    ...header,
    column: header.column + index,
    columns: 1,
  });
  return cell === undefined ? "" : nameOf(cell, index);
}

function nameOf(cell: Cell, index: number): string {
  return cell.text === "" ? `Column${index + 1}` : cell.text;
}

/** A cell as an entry that puts the same thing somewhere else; formulas travel as they are. */
export function entriesOf(host: Host, area: Area): CellEntry[][] {
  return cellsOf(host, area).map((row) =>
    row.map((cell) => (cell.formula === null ? { value: cell.value } : { formula: cell.formula })),
  );
}

export function isBlank(host: Host, area: Area): boolean {
  return cellsOf(host, area).every((row) =>
    row.every((cell) => cell.value === null && cell.formula === null),
  );
}

export function blankEntries(rows: number, columns: number): CellEntry[][] {
  return Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => ({ value: null })),
  );
}

/** Whatever stands under the table moves down with it. */
function makeRoomBelow(host: Host, table: TableFacts, rows: number): void {
  const below = { ...table.area, row: table.area.row + table.area.rows, rows };
  if (!isBlank(host, below)) host.backend.shiftCells(below, "Down", false);
}

function rowsOf(value: Json, columns: number): readonly (readonly Json[])[] {
  if (!Array.isArray(value)) throw invalidArgument();
  const rows = (value as readonly Json[]).map((row): readonly Json[] => {
    if (!Array.isArray(row) || row.length !== columns) throw invalidArgument();
    return row as readonly Json[];
  });
  if (rows.length === 0) throw invalidArgument();
  return rows;
}

/** @param index of the first new row in the table's body; null is at its end */
export function addRows(self: TableSelf, index: number | null, values: Json): number {
  const { host } = self;
  const table = factsOf(self);
  const body = bodyArea(table);
  const rows = values === null ? null : rowsOf(values, table.area.columns);
  const isNew = body.rows === 1 && isBlank(host, body);
  const at = isNew ? 0 : index === null || index === -1 ? body.rows : index;
  if (at < 0 || at > body.rows) throw invalidArgument();
  // A table that holds nothing yet has one blank row, which the first row takes.
  const given = rows?.length ?? 1;
  const count = isNew ? given - 1 : given;
  host.backend.asAddin(() => {
    if (count === 0) return;
    makeRoomBelow(host, table, count);
    const after = {
      ...table.area,
      row: body.row + at,
      rows: table.area.row + table.area.rows - body.row - at,
    };
    if (after.rows > 0) {
      const moved = entriesOf(host, after);
      host.backend.write({ ...after, row: after.row + count }, moved);
      host.backend.write({ ...after, rows: count }, blankEntries(count, after.columns));
    }
    host.backend.putTable({ ...table, area: { ...table.area, rows: table.area.rows + count } });
    growValidations(host, body, count);
  });
  if (rows !== null) enter(host, { ...table.area, row: body.row + at, rows: given }, rows);
  return at;
}

/** A table keeps at least one row: deleting the last one empties it. */
export function deleteRow(self: TableSelf, index: number): void {
  const { host } = self;
  const table = factsOf(self);
  const body = bodyArea(table);
  if (index < 0 || index >= body.rows) throw new HostError("ItemNotFound");
  host.backend.asAddin(() => {
    const end = table.area.row + table.area.rows;
    const after = { ...table.area, row: body.row + index + 1, rows: end - body.row - index - 1 };
    if (after.rows > 0) {
      host.backend.write({ ...after, row: after.row - 1 }, entriesOf(host, after));
    }
    host.backend.write(
      { ...table.area, row: end - 1, rows: 1 },
      blankEntries(1, table.area.columns),
    );
    if (body.rows > 1) {
      host.backend.putTable({ ...table, area: { ...table.area, rows: table.area.rows - 1 } });
    }
  });
}

/** Header above data that has none, numbered names in a header's gaps. */
export function makeHeaders(host: Host, area: Area, hasHeaders: boolean): Area {
  return host.backend.asAddin(() => {
    let whole = area;
    if (!hasHeaders) {
      const data = entriesOf(host, area);
      const below = { ...area, row: area.row + area.rows, rows: 1 };
      if (!isBlank(host, below)) host.backend.shiftCells(below, "Down", false);
      host.backend.write({ ...area, row: area.row + 1 }, data);
      host.backend.write({ ...area, rows: 1 }, blankEntries(1, area.columns));
      whole = { ...area, rows: area.rows + 1 };
    } else if (area.rows === 1) whole = { ...area, rows: 2 };
    const header = cellsOf(host, { ...whole, rows: 1 })[0] ?? [];
    const names = header.map((cell, index): CellEntry => ({
      value: cell.text === "" ? `Column${index + 1}` : cell.text,
    }));
    host.backend.write({ ...whole, rows: 1 }, [names]);
    return whole;
  });
}

export function setTotals(self: TableSelf, show: boolean): void {
  const { host } = self;
  const table = factsOf(self);
  if (table.showTotals === show) return;
  host.backend.asAddin(() => {
    const rows = table.area.rows + (show ? 1 : -1);
    if (show) makeRoomBelow(host, table, 1);
    const totals = {
      ...table.area,
      row: table.area.row + Math.max(rows, table.area.rows) - 1,
      rows: 1,
    };
    const entries = blankEntries(1, totals.columns);
    if (show && entries[0] !== undefined) entries[0][0] = { value: "Total" };
    host.backend.write(totals, entries);
    host.backend.putTable({ ...table, showTotals: show, area: { ...table.area, rows } });
  });
}

export function valuesOf(host: Host, area: Area): Json {
  return cellsOf(host, area).map((row) => row.map(wireValue));
}
