/** Excel's tables and collections of them. Their names know no case. */
import { type Area, contains, intersection } from "../../backend/area";
import type { TableFacts } from "../../backend/backend";
import { type Args, type HostClass, HostObject } from "../host-object";
import { asFlag, asText } from "../json";
import { eventTypes, subscription } from "../events";
import { assertWritable, type Host, rangeArgument } from "../host";
import { HostError, invalidArgument } from "../host-error";
import { resolveAddress } from "./range";
import {
  bodyArea,
  factsOf,
  headerArea,
  makeHeaders,
  setTotals,
  type TableSelf,
} from "./table-data";
import { tableSortClass } from "./table-sort";
import { keyOf, tableColumnsClass, tableRowsClass, writable } from "./table-parts";

function change(self: TableSelf, patch: Partial<TableFacts>): void {
  const table = factsOf(self);
  assertWritable(self.host, table.area.sheet);
  self.host.backend.asAddin(() => self.host.backend.putTable({ ...table, ...patch }));
}

function rename(self: TableSelf, name: string): void {
  const taken = self.host.backend
    .tables()
    .some((one) => one.id !== self.id && one.name.toLowerCase() === name.toLowerCase());
  if (taken || !/^[\p{L}_\\][\p{L}\p{N}_.\\]*$/u.test(name)) throw invalidArgument();
  change(self, { name });
}

function removeTable(self: TableSelf, withContents: boolean): void {
  const table = factsOf(writable(self));
  self.host.backend.asAddin(() => {
    self.host.backend.removeTable(self.id);
    if (!withContents) return;
    const row = Array.from({ length: table.area.columns }, () => ({ value: null }));
    self.host.backend.write(
      table.area,
      Array.from({ length: table.area.rows }, () => row),
    );
    self.host.backend.clearStyle(table.area);
  });
}

export const tableClass: HostClass<TableSelf> = {
  name: "Table",
  identity: ({ id }) => ({ Id: id }),
  scalars: {
    Id: { get: ({ id }) => id },
    Name: {
      get: (self) => factsOf(self).name,
      set: (self, value) => rename(self, asText(value)),
    },
    ShowHeaders: { get: (self) => factsOf(self).showHeaders },
    ShowTotals: {
      get: (self) => factsOf(self).showTotals,
      set: (self, value) => setTotals(writable(self), asFlag(value)),
    },
    Style: {
      get: (self) => factsOf(self).style,
      set: (self, value) => change(self, { style: asText(value) }),
    },
  },
  objects: {
    Rows: (self) => HostObject.of(tableRowsClass, self),
    Columns: (self) => HostObject.of(tableColumnsClass, self),
    Sort: (self) => HostObject.of(tableSortClass, writable(self)),
    Worksheet: (self) => self.host.make.worksheet(factsOf(self).area.sheet),
  },
  methods: {
    GetRange: (self) => self.host.make.range(factsOf(self).area),
    GetHeaderRowRange: (self) => self.host.make.range(headerArea(factsOf(self))),
    GetDataBodyRange: (self) => self.host.make.range(bodyArea(factsOf(self))),
    GetTotalRowRange: (self) => {
      const { showTotals, area } = factsOf(self);
      if (!showTotals) throw new HostError("ItemNotFound");
      return self.host.make.range({ ...area, row: area.row + area.rows - 1, rows: 1 });
    },
    Resize: (self, args) => {
      const area = target(self.host, factsOf(self).area.sheet, args);
      if (area.row !== factsOf(self).area.row || area.rows < 2) throw invalidArgument();
      change(self, { area });
    },
    Delete: (self) => removeTable(self, true),
    ConvertToRange: (self) => {
      const { area } = factsOf(self);
      removeTable(self, false);
      return self.host.make.range(area);
    },
    ClearFilters: () => undefined,
    ...subscription<TableSelf>("DataChanged", eventTypes.tableChanged, ({ host, id }) => [
      host,
      id,
    ]),
  },
};

function target(host: Host, sheet: string, args: Args): Area {
  return rangeArgument(args.object(0)) ?? resolveAddress(host, sheet, args.text(0));
}

/** The tables of the workbook, of a sheet, or of those that touch an area. */
export interface TablesSelf {
  readonly host: Host;
  readonly sheet: string | null;
  readonly area: Area | null;
}

function among({ host, sheet, area }: TablesSelf): readonly TableFacts[] {
  return host.backend
    .tables()
    .filter((one) => sheet === null || one.area.sheet === sheet)
    .filter((one) => area === null || intersection(one.area, area) !== null);
}

function findTable(self: TablesSelf, args: Args): HostObject | null {
  const key = keyOf(args);
  const tables = among(self);
  const found =
    tables.find((one) => one.id === key) ??
    tables.find((one) => one.name.toLowerCase() === key.toLowerCase());
  return found === undefined ? null : self.host.make.table(found.id);
}

function addTable({ host, sheet }: TablesSelf, args: Args): HostObject {
  const area = target(host, sheet ?? host.backend.activeSheet(), args);
  assertWritable(host, area.sheet);
  const existing = host.backend.tables();
  const inTheWay = existing.some(
    (one) => one.area.sheet === area.sheet && intersection(one.area, area) !== null,
  );
  if (inTheWay) throw new HostError("InvalidArgument", "", "A table can't overlap another table.");
  const names = new Set(existing.map((one) => one.name.toLowerCase()));
  let number = 1;
  while (names.has(`table${number}`)) number += 1;
  const id = `{${crypto.randomUUID().toUpperCase()}}`;
  const whole = makeHeaders(host, area, args.flag(1));
  host.backend.asAddin(() =>
    host.backend.putTable({
      id,
      name: `Table${number}`,
      area: whole,
      showHeaders: true,
      showTotals: false,
      style: "TableStyleMedium2",
      columnIds: Array.from({ length: whole.columns }, (_, index) => index + 1),
    }),
  );
  return host.make.table(id);
}

export const tablesClass: HostClass<TablesSelf> = {
  name: "TableCollection",
  scalars: { Count: { get: (self) => among(self).length } },
  items: (self) => among(self).map((one) => self.host.make.table(one.id)),
  item: (self, args) => {
    const found = findTable(self, args);
    if (found === null) throw new HostError("ItemNotFound");
    return found;
  },
  methods: {
    Add: addTable,
    GetCount: (self) => among(self).length,
    GetItemAt: (self, args) => {
      const found = among(self)[args.integer(0)];
      if (found === undefined) throw new HostError("ItemNotFound");
      return self.host.make.table(found.id);
    },
    GetItemOrNullObject: findTable,
    ...subscription<TablesSelf>("DataChanged", eventTypes.tableChanged, ({ host, sheet }) => [
      host,
      sheet ?? "Workbook",
    ]),
  },
};

/** range.getTables(fullyContained): the flag is not told here, all that touch the range count. */
export const scopedTablesClass: HostClass<TablesSelf> = {
  name: "TableScopedCollection",
  items: (self) => among(self).map((one) => self.host.make.table(one.id)),
  item: (self, args) => {
    const found = findTable(self, args);
    if (found === null) throw new HostError("ItemNotFound");
    return found;
  },
  methods: {
    GetCount: (self) => among(self).length,
    GetFirst: (self) => {
      const first = among(self)[0];
      if (first === undefined) throw new HostError("ItemNotFound");
      return self.host.make.table(first.id);
    },
    GetItemOrNullObject: findTable,
  },
};

/** The table that holds the edited cells, for its own onChanged. */
export function tableAround(host: Host, area: Area): TableFacts | null {
  const found = host.backend
    .tables()
    .find((one) => one.area.sheet === area.sheet && contains(one.area, area));
  return found ?? null;
}
