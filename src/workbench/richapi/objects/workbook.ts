/** The root of the object model: the workbook, the application, settings and properties. */
import { asText } from "../json";
import type { Host } from "../host";
import { HostError } from "../host-error";
import { type HostClass, HostObject, type Scalar } from "../host-object";

const applicationClass: HostClass<Host> = {
  name: "Application",
  scalars: {
    CalculationMode: {
      get: ({ state }) => state.calculationMode,
      set: ({ state }, value) => {
        state.calculationMode = asText(value);
      },
    },
    CalculationState: { get: () => "Done" },
  },
  methods: {
    // What is written is calculated at once and every read waits for it: nothing is left to do.
    Calculate: () => undefined,
    SuspendApiCalculationUntilNextSync: () => undefined,
    SuspendScreenUpdatingUntilNextSync: () => undefined,
  },
};

function property(name: string): Scalar<Host> {
  return {
    get: ({ properties }) => properties.get(name) ?? "",
    set: ({ properties }, value) => {
      properties.set(name, asText(value));
    },
  };
}

const propertyNames = ["Title", "Subject", "Author", "Keywords", "Comments", "Category", "Company"];
const propertiesClass: HostClass<Host> = {
  name: "DocumentProperties",
  scalars: Object.fromEntries(propertyNames.map((name) => [name, property(name)])),
};

interface SettingSelf {
  readonly host: Host;
  readonly key: string;
}

const settingClass: HostClass<SettingSelf> = {
  name: "Setting",
  identity: ({ key }) => ({ _Id: key }),
  scalars: {
    Key: { get: ({ key }) => key },
    Value: {
      get: ({ host, key }) => {
        const value = host.settings.get(key);
        if (value === undefined) throw new HostError("ItemNotFound");
        return value;
      },
      set: ({ host, key }, value) => {
        host.settings.set(key, value);
      },
    },
  },
  methods: {
    Delete: ({ host, key }) => {
      host.settings.delete(key);
    },
  },
};

export const settingsClass: HostClass<Host> = {
  name: "SettingCollection",
  items: (host) =>
    [...host.settings.keys()].map((key) => HostObject.of(settingClass, { host, key })),
  item: (host, args) => {
    const key = args.text(0);
    if (!host.settings.has(key)) throw new HostError("ItemNotFound");
    return HostObject.of(settingClass, { host, key });
  },
  methods: {
    Add: (host, args) => {
      const key = args.text(0);
      host.settings.set(key, args.json(1));
      return HostObject.of(settingClass, { host, key });
    },
    GetCount: (host) => host.settings.size,
    GetItemOrNullObject: (host, args) => {
      const key = args.text(0);
      return host.settings.has(key) ? HostObject.of(settingClass, { host, key }) : null;
    },
  },
};

export const workbookClass: HostClass<Host> = {
  name: "Workbook",
  scalars: {
    Name: { get: ({ backend }) => backend.name },
    ReadOnly: { get: () => false },
    IsDirty: { get: () => true },
  },
  objects: {
    Application: (host) => HostObject.of(applicationClass, host),
    Names: (host) => host.make.names(),
    Properties: (host) => HostObject.of(propertiesClass, host),
    Settings: (host) => host.make.settings(),
    Tables: (host) => host.make.tables(null),
    Worksheets: (host) => host.make.worksheets(),
  },
  methods: {
    GetSelectedRange: (host) => host.make.range(host.backend.selection()),
    GetActiveCell: (host) => host.make.range({ ...host.backend.selection(), rows: 1, columns: 1 }),
  },
};
