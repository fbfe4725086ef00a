/** A table's rows and columns as Excel's objects. Names of columns know no case. */
import type { Area } from "../../backend/area";
import { assertWritable } from "../host";
import { HostError } from "../host-error";
import { type Args, type HostClass, HostObject } from "../host-object";
import { asText } from "../json";
import { enter } from "./range-content";
import { addColumn, deleteColumn } from "./table-columns";
import {
  addRows,
  bodyArea,
  columnName,
  columnNames,
  deleteRow,
  factsOf,
  type TableSelf,
  valuesOf,
} from "./table-data";

interface PartSelf extends TableSelf {
  readonly index: number;
}

/** A name, or a number that stands for one. */
export function keyOf(args: Args): string {
  const key = args.json(0);
  return typeof key === "number" ? String(key) : asText(key);
}

export function writable(self: TableSelf): TableSelf {
  assertWritable(self.host, factsOf(self).area.sheet);
  return self;
}

function rowArea(self: PartSelf): Area {
  const body = bodyArea(factsOf(self));
  if (self.index < 0 || self.index >= body.rows) throw new HostError("ItemNotFound");
  return { ...body, row: body.row + self.index, rows: 1 };
}

const rowClass: HostClass<PartSelf> = {
  name: "TableRow",
  scalars: {
    Index: { get: ({ index }) => index },
    Values: {
      get: (self) => valuesOf(self.host, rowArea(self)),
      set: (self, value) => enter(self.host, rowArea(self), value),
    },
  },
  methods: {
    Delete: (self) => deleteRow(writable(self), self.index),
    GetRange: (self) => self.host.make.range(rowArea(self)),
  },
};

export const tableRowsClass: HostClass<TableSelf> = {
  name: "TableRowCollection",
  scalars: { Count: { get: (self) => bodyArea(factsOf(self)).rows } },
  items: (self) =>
    Array.from({ length: bodyArea(factsOf(self)).rows }, (_, index) =>
      HostObject.of(rowClass, { ...self, index }),
    ),
  methods: {
    Add: (self, args) => {
      const index = args.json(0) === null ? null : args.integer(0);
      return HostObject.of(rowClass, {
        ...self,
        index: addRows(writable(self), index, args.json(1)),
      });
    },
    GetCount: (self) => bodyArea(factsOf(self)).rows,
    GetItemAt: (self, args) => {
      const row = { ...self, index: args.integer(0) };
      rowArea(row);
      return HostObject.of(rowClass, row);
    },
  },
};

function columnArea(self: PartSelf): Area {
  const { area } = factsOf(self);
  return { ...area, column: area.column + self.index, columns: 1 };
}

function columnBody(self: PartSelf): Area {
  return { ...bodyArea(factsOf(self)), column: columnArea(self).column, columns: 1 };
}

function columnId(self: PartSelf): number {
  return factsOf(self).columnIds[self.index] ?? 0;
}

const columnClass: HostClass<PartSelf> = {
  name: "TableColumn",
  identity: (self) => ({ Id: String(columnId(self)) }),
  scalars: {
    Id: { get: columnId },
    Index: { get: ({ index }) => index },
    Name: {
      get: (self) => columnName(self, self.index),
      set: (self, value) => enter(self.host, { ...columnArea(self), rows: 1 }, `'${asText(value)}`),
    },
    Values: {
      get: (self) => valuesOf(self.host, columnArea(self)),
      set: (self, value) => enter(self.host, columnArea(self), value),
    },
  },
  methods: {
    Delete: (self) => deleteColumn(writable(self), self.index),
    GetDataBodyRange: (self) => self.host.make.range(columnBody(self)),
    GetHeaderRowRange: (self) => self.host.make.range({ ...columnArea(self), rows: 1 }),
    GetRange: (self) => self.host.make.range(columnArea(self)),
  },
};

/** By name, or by the id that the column keeps. */
function findColumn(self: TableSelf, args: Args): HostObject | null {
  const key = keyOf(args);
  const names = columnNames(self);
  const byName = names.findIndex((name) => name.toLowerCase() === key.toLowerCase());
  const byId = factsOf(self).columnIds.indexOf(Number(key));
  const index = byName >= 0 ? byName : byId;
  return index < 0 ? null : HostObject.of(columnClass, { ...self, index });
}

export const tableColumnsClass: HostClass<TableSelf> = {
  name: "TableColumnCollection",
  scalars: { Count: { get: (self) => factsOf(self).area.columns } },
  items: (self) =>
    Array.from({ length: factsOf(self).area.columns }, (_, index) =>
      HostObject.of(columnClass, { ...self, index }),
    ),
  item: (self, args) => {
    const found = findColumn(self, args);
    if (found === null) throw new HostError("ItemNotFound");
    return found;
  },
  methods: {
    Add: (self, args) => {
      const place = args.json(0) === null ? null : args.integer(0);
      const index = addColumn(writable(self), place, args.json(1), args.optionalText(2));
      return HostObject.of(columnClass, { ...self, index });
    },
    GetCount: (self) => factsOf(self).area.columns,
    GetItemAt: (self, args) => {
      const index = args.integer(0);
      if (index < 0 || index >= factsOf(self).area.columns) throw new HostError("ItemNotFound");
      return HostObject.of(columnClass, { ...self, index });
    },
    GetItemOrNullObject: findColumn,
  },
};
