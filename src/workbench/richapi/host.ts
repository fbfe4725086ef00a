/** What the host objects share: the workbook, what Excel keeps beside it, and how to make objects. */
import type { Area } from "../backend/area";
import type { WorkbookBackend } from "../backend/backend";
import { HostError } from "./host-error";
import type { HostObject } from "./host-object";
import type { Json } from "./json";

export interface Host {
  readonly backend: WorkbookBackend;
  readonly settings: Map<string, Json>;
  readonly properties: Map<string, string>;
  readonly protectedSheets: Set<string>;
  readonly subscriptions: Set<string>;
  readonly state: { calculationMode: string };
  readonly make: ObjectMaker;
  thisYear(): number;
}

/** Each class refers to others; they find one another here, so that no file imports in a circle. */
export interface ObjectMaker {
  worksheet(id: string): HostObject;
  worksheets(): HostObject;
  range(area: Area): HostObject;
  rangeFormat(area: Area): HostObject;
  conditionalFormats(area: Area): HostObject;
  dataValidation(area: Area): HostObject;
  charts(sheet: string): HostObject;
  /** Of one sheet, or of the workbook (null). */
  tables(sheet: string | null): HostObject;
  tablesIn(area: Area): HostObject;
  table(id: string): HostObject;
  names(): HostObject;
  settings(): HostObject;
}

/** What a range object stands for; other classes take ranges as arguments. */
export interface RangeSelf {
  readonly host: Host;
  readonly area: Area;
}

export function rangeArgument(object: HostObject | null): Area | null {
  if (object?.className !== "Range") return null;
  return (object.self as RangeSelf).area;
}

export function assertWritable(host: Host, sheet: string): void {
  if (host.protectedSheets.has(sheet)) throw new HostError("AccessDenied");
}

export function sheetName(host: Host, id: string): string {
  const sheet = host.backend.sheets().find((one) => one.id === id);
  if (sheet === undefined) throw new HostError("ItemNotFound");
  return sheet.name;
}

/** By id or name; names know no case. */
export function findSheet(host: Host, key: string): string | null {
  const sheets = host.backend.sheets();
  const found =
    sheets.find((one) => one.id === key) ??
    sheets.find((one) => one.name.toLowerCase() === key.toLowerCase());
  return found?.id ?? null;
}
