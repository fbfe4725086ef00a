/** Excel's Range: where it is, what is in it, and the ranges one reaches from it. */
import {
  type Area,
  boundingBox,
  type Box,
  boxName,
  COLUMNS_MAX,
  intersection,
  isWholeColumns,
  isWholeRows,
  parseBox,
  quoteSheet,
  ROWS_MAX,
  splitAddress,
} from "../../backend/area";
import { type Args, type HostClass, HostObject } from "../host-object";
import {
  assertWritable,
  findSheet,
  type Host,
  rangeArgument,
  type RangeSelf,
  sheetName,
} from "../host";
import { HostError, invalidArgument } from "../host-error";
import { contentScalars } from "./range-content";

function fullAddress(host: Host, area: Area): string {
  return `${quoteSheet(sheetName(host, area.sheet))}!${boxName(area)}`;
}

/** The area, when it lies on a sheet as large as Excel's; anything else is InvalidArgument. */
function placed(area: Area): Area {
  const inside =
    area.row >= 0 &&
    area.column >= 0 &&
    area.rows > 0 &&
    area.columns > 0 &&
    area.row + area.rows <= ROWS_MAX &&
    area.column + area.columns <= COLUMNS_MAX;
  if (!inside) throw invalidArgument();
  return area;
}

/** An address or a name, on the given sheet unless it says another one. */
export function resolveAddress(host: Host, sheet: string, text: string): Area {
  const { sheet: named, rest } = splitAddress(text);
  const target = named === null ? sheet : findSheet(host, named);
  const box = parseBox(rest);
  if (target !== null && box !== null) return { sheet: target, ...box };
  const name = host.backend.names().find((one) => one.name.toLowerCase() === text.toLowerCase());
  if (name === undefined) throw invalidArgument();
  const { sheet: nameSheet, rest: nameRest } = splitAddress(name.formula);
  const nameTarget = nameSheet === null ? null : findSheet(host, nameSheet);
  const nameBox = parseBox(nameRest);
  if (nameTarget === null || nameBox === null) throw invalidArgument();
  return { sheet: nameTarget, ...nameBox };
}

function other({ host, area }: RangeSelf, args: Args, index: number): Area {
  const range = rangeArgument(args.object(index));
  const found = range ?? resolveAddress(host, area.sheet, args.text(index));
  if (found.sheet !== area.sheet) throw invalidArgument();
  return found;
}

function make({ host, area }: RangeSelf, box: Box): HostObject {
  return host.make.range(placed({ sheet: area.sheet, ...box }));
}

function used({ host, area }: RangeSelf, args: Args): Box | null {
  const box = host.backend.usedBox(area.sheet, args.flag(0));
  return box === null ? null : intersection(box, area);
}

function clear({ host, area }: RangeSelf, what: string): void {
  assertWritable(host, area.sheet);
  const contents = what === "All" || what === "Contents";
  const box = host.backend.usedBox(area.sheet, false);
  const part = box === null ? null : intersection(box, area);
  host.backend.asAddin(() => {
    if (part !== null && contents) {
      const target = { sheet: area.sheet, ...part };
      const row = Array.from({ length: part.columns }, () => ({ value: null }));
      host.backend.write(
        target,
        Array.from({ length: part.rows }, () => row),
      );
    }
    if (what === "All" || what === "Formats") host.backend.clearStyle(area);
  });
}

function shift(
  self: RangeSelf,
  direction: "Down" | "Right" | "Up" | "Left",
  remove: boolean,
): void {
  assertWritable(self.host, self.area.sheet);
  self.host.backend.asAddin(() => self.host.backend.shiftCells(self.area, direction, remove));
}

function neighbours({ area }: RangeSelf, count: number, side: "after" | "before"): Box {
  const below = count > 0 === (side === "after");
  const rows = Math.abs(count);
  if (rows === 0) throw invalidArgument();
  return { ...area, row: below ? area.row + area.rows : area.row - rows, rows };
}

const geometry: NonNullable<HostClass<RangeSelf>["methods"]> = {
  GetCell: (self, args) =>
    make(self, {
      row: self.area.row + args.integer(0),
      column: self.area.column + args.integer(1),
      rows: 1,
      columns: 1,
    }),
  GetRow: (self, args) =>
    make(self, { ...self.area, row: self.area.row + args.integer(0), rows: 1 }),
  GetColumn: (self, args) =>
    make(self, { ...self.area, column: self.area.column + args.integer(0), columns: 1 }),
  GetOffsetRange: (self, args) =>
    make(self, {
      ...self.area,
      row: self.area.row + args.integer(0),
      column: self.area.column + args.integer(1),
    }),
  GetResizedRange: (self, args) =>
    make(self, {
      ...self.area,
      rows: self.area.rows + args.integer(0),
      columns: self.area.columns + args.integer(1),
    }),
  GetAbsoluteResizedRange: (self, args) =>
    make(self, { ...self.area, rows: args.integer(0), columns: args.integer(1) }),
  GetEntireRow: (self) => make(self, { ...self.area, column: 0, columns: COLUMNS_MAX }),
  GetEntireColumn: (self) => make(self, { ...self.area, row: 0, rows: ROWS_MAX }),
  GetRowsBelow: (self, args) => make(self, neighbours(self, args.optionalInteger(0, 1), "after")),
  GetRowsAbove: (self, args) => make(self, neighbours(self, args.optionalInteger(0, 1), "before")),
  GetLastRow: (self) =>
    make(self, { ...self.area, row: self.area.row + self.area.rows - 1, rows: 1 }),
  GetLastColumn: (self) =>
    make(self, { ...self.area, column: self.area.column + self.area.columns - 1, columns: 1 }),
  GetLastCell: (self) =>
    make(self, {
      row: self.area.row + self.area.rows - 1,
      column: self.area.column + self.area.columns - 1,
      rows: 1,
      columns: 1,
    }),
  GetBoundingRect: (self, args) => make(self, boundingBox(self.area, other(self, args, 0))),
  GetIntersection: (self, args) => {
    const box = intersection(self.area, other(self, args, 0));
    if (box === null) throw new HostError("ItemNotFound");
    return make(self, box);
  },
  GetIntersectionOrNullObject: (self, args) => {
    const box = intersection(self.area, other(self, args, 0));
    return box === null ? null : make(self, box);
  },
  GetUsedRange: (self, args) =>
    make(self, used(self, args) ?? { ...self.area, rows: 1, columns: 1 }),
  GetUsedRangeOrNullObject: (self, args) => {
    const box = used(self, args);
    return box === null ? null : make(self, box);
  },
  GetTables: ({ host, area }) => host.make.tablesIn(area),
};

const changes: NonNullable<HostClass<RangeSelf>["methods"]> = {
  Clear: (self, args) => {
    const kinds = ["All", "Formats", "Contents", "Hyperlinks", "RemoveHyperlinks"] as const;
    clear(self, args.oneOf(0, kinds, "All"));
  },
  Insert: (self, args) => {
    shift(self, args.oneOf(0, ["Down", "Right"] as const, "Down"), false);
    return make(self, self.area);
  },
  Delete: (self, args) => shift(self, args.oneOf(0, ["Up", "Left"] as const, "Up"), true),
  Select: ({ host, area }) => host.backend.select(area),
  Merge: ({ host, area }, args) => {
    assertWritable(host, area.sheet);
    host.backend.asAddin(() => host.backend.merge(area, args.flag(0)));
  },
  Unmerge: ({ host, area }) => {
    assertWritable(host, area.sheet);
    host.backend.asAddin(() => host.backend.unmerge(area));
  },
  Calculate: () => undefined,
  _ValidateArraySize: () => undefined,
};

export const rangeClass: HostClass<RangeSelf> = {
  name: "Range",
  scalars: {
    ...contentScalars,
    Address: { get: ({ host, area }) => fullAddress(host, area) },
    AddressLocal: { get: ({ host, area }) => fullAddress(host, area) },
    RowIndex: { get: ({ area }) => area.row },
    ColumnIndex: { get: ({ area }) => area.column },
    RowCount: { get: ({ area }) => area.rows },
    ColumnCount: { get: ({ area }) => area.columns },
    CellCount: {
      // -1 is Excel's word for more cells than fit in 31 bits.
      get: ({ area }) => {
        const count = area.rows * area.columns;
        return count > 2 ** 31 - 1 ? -1 : count;
      },
    },
    IsEntireColumn: { get: ({ area }) => isWholeColumns(area) },
    IsEntireRow: { get: ({ area }) => isWholeRows(area) },
  },
  objects: {
    Format: ({ host, area }) => host.make.rangeFormat(area),
    Worksheet: ({ host, area }) => host.make.worksheet(area.sheet),
    ConditionalFormats: ({ host, area }) => host.make.conditionalFormats(area),
    DataValidation: ({ host, area }) => host.make.dataValidation(area),
  },
  methods: { ...geometry, ...changes },
};
