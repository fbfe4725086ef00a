/** Excel's worksheets and what hangs on them: protection and frozen panes. */
import { COLUMNS_MAX, ROWS_MAX } from "../../backend/area";
import type { SheetFacts, SheetPatch, Visibility } from "../../backend/backend";
import { type Args, type HostClass, HostObject, type Scalar } from "../host-object";
import { asColor, asFlag, asNumber, asText, oneOf } from "../json";
import { eventTypes, subscription, WORKBOOK } from "../events";
import { findSheet, type Host } from "../host";
import { HostError, invalidArgument } from "../host-error";
import { resolveAddress } from "./range";

export interface SheetSelf {
  readonly host: Host;
  readonly id: string;
}

function factsOf({ host, id }: SheetSelf): SheetFacts {
  const found = host.backend.sheets().find((one) => one.id === id);
  if (found === undefined) throw new HostError("ItemNotFound");
  return found;
}

function change({ host, id }: SheetSelf, patch: SheetPatch): void {
  host.backend.asAddin(() => host.backend.patchSheet(id, patch));
}

/** Excel's own rules for the name of a sheet. */
function checkedName(host: Host, name: string, self: string | null): string {
  const bad = name === "" || name.length > 31 || /[\\/?*:[\]]/.test(name) || /^'|'$/.test(name);
  if (bad) throw invalidArgument();
  const owner = host.backend.sheets().find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (owner !== undefined && owner.id !== self) throw new HostError("ItemAlreadyExists");
  return name;
}

function visibleCount(host: Host): number {
  return host.backend.sheets().filter((one) => one.visibility === "Visible").length;
}

function setVisibility(self: SheetSelf, visibility: Visibility): void {
  const last = visibleCount(self.host) === 1 && factsOf(self).visibility === "Visible";
  if (last && visibility !== "Visible") throw new HostError("InvalidOperation");
  change(self, { visibility });
}

function remove(self: SheetSelf): void {
  const last = visibleCount(self.host) === 1 && factsOf(self).visibility === "Visible";
  if (last) throw new HostError("InvalidOperation");
  const tables = self.host.backend.tables().filter((one) => one.area.sheet === self.id);
  self.host.backend.asAddin(() => {
    for (const table of tables) self.host.backend.removeTable(table.id);
    for (const chart of self.host.backend.charts(self.id)) self.host.backend.removeChart(chart.id);
    self.host.backend.deleteSheet(self.id);
  });
}

const protectionClass: HostClass<SheetSelf> = {
  name: "WorksheetProtection",
  scalars: { Protected: { get: ({ host, id }) => host.protectedSheets.has(id) } },
  methods: {
    Protect: ({ host, id }) => {
      if (host.protectedSheets.has(id)) throw new HostError("InvalidOperation");
      host.protectedSheets.add(id);
    },
    Unprotect: ({ host, id }) => {
      host.protectedSheets.delete(id);
    },
  },
};

const freezeClass: HostClass<SheetSelf> = {
  name: "WorksheetFreezePanes",
  methods: {
    FreezeRows: (self, args) => change(self, { frozenRows: args.optionalInteger(0, 1) }),
    FreezeColumns: (self, args) => change(self, { frozenColumns: args.optionalInteger(0, 1) }),
    Unfreeze: (self) => change(self, { frozenRows: 0, frozenColumns: 0 }),
    GetLocationOrNullObject: (self) => {
      const { frozenRows, frozenColumns } = factsOf(self);
      if (frozenRows === 0 && frozenColumns === 0) return null;
      return self.host.make.range({
        sheet: self.id,
        row: 0,
        column: 0,
        rows: frozenRows === 0 ? ROWS_MAX : frozenRows,
        columns: frozenColumns === 0 ? COLUMNS_MAX : frozenColumns,
      });
    },
  },
};

const wholeSheet = { row: 0, column: 0, rows: ROWS_MAX, columns: COLUMNS_MAX };

function usedRange({ host, id }: SheetSelf, args: Args): HostObject | null {
  const box = host.backend.usedBox(id, args.flag(0));
  return box === null ? null : host.make.range({ sheet: id, ...box });
}

function neighbour(self: SheetSelf, args: Args, step: number): HostObject | null {
  const all = self.host.backend.sheets();
  const visible = args.flag(0) ? all.filter((one) => one.visibility === "Visible") : all;
  const at = visible.findIndex((one) => one.id === self.id);
  const found = at < 0 ? undefined : visible[at + step];
  return found === undefined ? null : self.host.make.worksheet(found.id);
}

function orNotFound(object: HostObject | null): HostObject {
  if (object === null) throw new HostError("ItemNotFound");
  return object;
}

const target = ({ host, id }: SheetSelf): readonly [Host, string] => [host, id];

const gridlines: Scalar<SheetSelf> = {
  get: (self) => factsOf(self).showGridlines,
  set: (self, value) => change(self, { showGridlines: asFlag(value) }),
};

export const worksheetClass: HostClass<SheetSelf> = {
  name: "Worksheet",
  identity: ({ id }) => ({ Id: id }),
  scalars: {
    Id: { get: ({ id }) => id },
    Name: {
      get: (self) => factsOf(self).name,
      set: (self, value) => change(self, { name: checkedName(self.host, asText(value), self.id) }),
    },
    Position: {
      get: ({ host, id }) => host.backend.sheets().findIndex((one) => one.id === id),
      set: ({ host, id }, value) =>
        host.backend.asAddin(() => host.backend.moveSheet(id, asNumber(value))),
    },
    Visibility: {
      get: (self) => factsOf(self).visibility,
      set: (self, value) =>
        setVisibility(self, oneOf(value, ["Visible", "Hidden", "VeryHidden"] as const)),
    },
    TabColor: {
      get: (self) => factsOf(self).tabColor ?? "",
      set: (self, value) => change(self, { tabColor: value === "" ? null : asColor(value) }),
    },
    ShowGridlines: gridlines,
    // The library reads the one name and writes the other.
    Gridlines: { ...gridlines, alias: true },
  },
  objects: {
    Charts: ({ host, id }) => host.make.charts(id),
    FreezePanes: (self) => HostObject.of(freezeClass, self),
    Names: ({ host }) => host.make.names(),
    Protection: (self) => HostObject.of(protectionClass, self),
    Tables: ({ host, id }) => host.make.tables(id),
  },
  methods: {
    Activate: ({ host, id }) => host.backend.activateSheet(id),
    Calculate: () => undefined,
    Delete: remove,
    GetCell: ({ host, id }, args) =>
      host.make.range({
        sheet: id,
        row: args.integer(0),
        column: args.integer(1),
        rows: 1,
        columns: 1,
      }),
    GetRange: ({ host, id }, args) => {
      const address = args.optionalText(0);
      if (address === null || address === "") return host.make.range({ sheet: id, ...wholeSheet });
      return host.make.range(resolveAddress(host, id, address));
    },
    GetRangeByIndexes: ({ host, id }, args) =>
      host.make.range({
        sheet: id,
        row: args.integer(0),
        column: args.integer(1),
        rows: args.integer(2),
        columns: args.integer(3),
      }),
    GetUsedRange: (self, args) =>
      usedRange(self, args) ??
      self.host.make.range({ sheet: self.id, row: 0, column: 0, rows: 1, columns: 1 }),
    GetUsedRangeOrNullObject: usedRange,
    GetNext: (self, args) => orNotFound(neighbour(self, args, 1)),
    GetNextOrNullObject: (self, args) => neighbour(self, args, 1),
    GetPrevious: (self, args) => orNotFound(neighbour(self, args, -1)),
    GetPreviousOrNullObject: (self, args) => neighbour(self, args, -1),
    ...subscription<SheetSelf>("DataChanged", eventTypes.changed, target),
    ...subscription<SheetSelf>("Activated", eventTypes.activated, target),
  },
};

function freeName(host: Host): string {
  const taken = new Set(host.backend.sheets().map((one) => one.name.toLowerCase()));
  let number = host.backend.sheets().length;
  do number += 1;
  while (taken.has(`sheet${number}`));
  return `Sheet${number}`;
}

const workbookTarget = (host: Host): readonly [Host, string] => [host, WORKBOOK];

function sheetAtEnd(host: Host, args: Args, last: boolean): HostObject {
  const all = host.backend.sheets();
  const sheets = args.flag(0) ? all.filter((one) => one.visibility === "Visible") : all;
  const found = sheets.at(last ? -1 : 0);
  if (found === undefined) throw new HostError("ItemNotFound");
  return host.make.worksheet(found.id);
}

function find(host: Host, args: Args): HostObject | null {
  const id = findSheet(host, args.text(0));
  return id === null ? null : host.make.worksheet(id);
}

export const worksheetsClass: HostClass<Host> = {
  name: "WorksheetCollection",
  items: (host) => host.backend.sheets().map((sheet) => host.make.worksheet(sheet.id)),
  item: (host, args) => orNotFound(find(host, args)),
  methods: {
    Add: (host, args) => {
      const name = checkedName(host, args.optionalText(0) ?? freeName(host), null);
      return host.make.worksheet(host.backend.asAddin(() => host.backend.addSheet(name)));
    },
    GetActiveWorksheet: (host) => host.make.worksheet(host.backend.activeSheet()),
    GetCount: (host, args) => (args.flag(0) ? visibleCount(host) : host.backend.sheets().length),
    GetFirst: (host, args) => sheetAtEnd(host, args, false),
    GetLast: (host, args) => sheetAtEnd(host, args, true),
    GetItemOrNullObject: find,
    ...subscription<Host>("DataChanged", eventTypes.changed, workbookTarget),
    ...subscription<Host>("Activated", eventTypes.activated, workbookTarget),
    ...subscription<Host>("Added", eventTypes.added, workbookTarget),
    ...subscription<Host>("Deleted", eventTypes.deleted, workbookTarget),
  },
};
