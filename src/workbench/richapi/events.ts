/**
 * Events of the object model (workbench.md 2 F): an object is registered with a call of its own,
 * and the message names its kind by a number and its target by an id.
 */
import { boxName } from "../backend/area";
import { type BackendEvents, type CellValue, type DataEdit, isCellError } from "../backend/backend";
import type { Host } from "./host";
import type { HostClass } from "./host-object";

export const eventTypes = {
  changed: 10,
  activated: 11,
  added: 13,
  deleted: 15,
  tableChanged: 101,
} as const;

const OBJECT_EVENTS = 65_536;
export const WORKBOOK = "Workbook";

/** `_RegisterXEvent` and its opposite, for an object that is a target of the event. */
export function subscription<T>(
  name: string,
  type: number,
  target: (self: T) => readonly [Host, string],
): NonNullable<HostClass<T>["methods"]> {
  const key = (self: T): readonly [Host, string] => {
    const [host, id] = target(self);
    return [host, `${type}|${id}`];
  };
  return {
    [`_Register${name}Event`]: (self) => {
      const [host, id] = key(self);
      host.subscriptions.add(id);
    },
    [`_Unregister${name}Event`]: (self) => {
      const [host, id] = key(self);
      host.subscriptions.delete(id);
    },
  };
}

export type SendEntries = (entries: readonly unknown[]) => void;

function plain(value: CellValue | undefined): string | number | boolean {
  if (value === undefined || value === null) return "";
  return isCellError(value) ? value.error : value;
}

function typeName(value: CellValue | undefined): string {
  if (value === undefined || value === null) return "Empty";
  if (isCellError(value)) return "Error";
  return { string: "String", number: "Double", boolean: "Boolean" }[
    typeof value as "string" | "number" | "boolean"
  ];
}

/** What a single edited cell held before and holds now, when the calculation is done. */
function changeDetails(host: Host, edit: DataEdit): object {
  const exists = host.backend.sheets().some((sheet) => sheet.id === edit.area.sheet);
  if (edit.before === undefined || !exists) return {};
  const after = host.backend.read(edit.area)[0]?.[0]?.value;
  return {
    valueBefore: plain(edit.before),
    valueAfter: plain(after),
    valueTypeBefore: typeName(edit.before),
    valueTypeAfter: typeName(after),
  };
}

/** Turns what happens in the workbook into the messages that the page has asked for. */
export function eventSource(
  host: Host,
  tableOf: (edit: DataEdit) => string | null,
  send: SendEntries,
): BackendEvents {
  const raise = (type: number, targets: readonly string[], content: object) => {
    const asked = targets.filter((target) => host.subscriptions.has(`${type}|${target}`));
    if (asked.length === 0) return;
    const message = JSON.stringify(content);
    send(asked.map((target) => [OBJECT_EVENTS, type, target, message, 0, false]));
  };
  const sheetEvent = (
    type: number,
    kind: string,
    worksheetId: string,
    targets: readonly string[],
  ) => raise(type, targets, { type: kind, source: "Local", worksheetId });
  const tell = (edit: DataEdit) => {
    const worksheetId = edit.area.sheet;
    const content = {
      address: boxName(edit.area),
      changeType: edit.kind,
      source: "Local",
      worksheetId,
      triggerSource: edit.byAddin ? "ThisLocalAddin" : "Unknown",
      shiftDirection: "None",
      ...changeDetails(host, edit),
    };
    raise(eventTypes.changed, [worksheetId, WORKBOOK], { type: "WorksheetChanged", ...content });
    const tableId = tableOf(edit);
    if (tableId === null) return;
    const targets = [tableId, worksheetId, WORKBOOK];
    raise(eventTypes.tableChanged, targets, { type: "TableChanged", tableId, ...content });
  };
  // Excel tells of a change when its consequences are calculated; the order stays.
  const later = (action: () => void) => void host.backend.settled().then(action);
  return {
    edited: (edit) => later(() => tell(edit)),
    sheetAdded: (id) => later(() => sheetEvent(eventTypes.added, "WorksheetAdded", id, [WORKBOOK])),
    sheetDeleted: (id) =>
      later(() => sheetEvent(eventTypes.deleted, "WorksheetDeleted", id, [WORKBOOK])),
    sheetActivated: (id) =>
      later(() => sheetEvent(eventTypes.activated, "WorksheetActivated", id, [id, WORKBOOK])),
  };
}
