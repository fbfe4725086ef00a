/** Excel's defined names, of the workbook. Their case is kept and does not matter. */
import { type Area, boxName, parseBox, quoteSheet, splitAddress } from "../../backend/area";
import type { NameFacts } from "../../backend/backend";
import { asFlag, asText } from "../json";
import { findSheet, type Host, rangeArgument, sheetName } from "../host";
import { HostError, invalidArgument } from "../host-error";
import { type HostClass, HostObject } from "../host-object";

interface NameSelf {
  readonly host: Host;
  readonly name: string;
}

function find(host: Host, name: string): NameFacts | undefined {
  return host.backend.names().find((one) => one.name.toLowerCase() === name.toLowerCase());
}

function factsOf({ host, name }: NameSelf): NameFacts {
  const found = find(host, name);
  if (found === undefined) throw new HostError("ItemNotFound");
  return found;
}

function areaOf(self: NameSelf): Area | null {
  const { sheet, rest } = splitAddress(factsOf(self).formula);
  const id = sheet === null ? null : findSheet(self.host, sheet);
  const box = parseBox(rest);
  return id === null || box === null ? null : { sheet: id, ...box };
}

function change(self: NameSelf, patch: Partial<NameFacts>): void {
  const next = { ...factsOf(self), ...patch };
  self.host.backend.asAddin(() => self.host.backend.putName(next));
}

/** A constant's own value; the value of a formula is not computed here. */
function constant(formula: string): string | number | null {
  const bare = formula.replace(/^=/, "");
  const quoted = /^"((?:[^"]|"")*)"$/.exec(bare);
  if (quoted !== null) return (quoted[1] ?? "").replaceAll('""', '"');
  return bare !== "" && Number.isFinite(Number(bare)) ? Number(bare) : null;
}

const nameClass: HostClass<NameSelf> = {
  name: "NamedItem",
  identity: ({ name }) => ({ _Id: name }),
  scalars: {
    Name: { get: (self) => factsOf(self).name },
    Formula: {
      get: (self) => factsOf(self).formula,
      set: (self, value) => {
        const text = asText(value);
        change(self, { formula: text.startsWith("=") ? text : `=${text}` });
      },
    },
    Type: {
      get: (self) => {
        if (areaOf(self) !== null) return "Range";
        return typeof constant(factsOf(self).formula) === "number" ? "Double" : "String";
      },
    },
    Value: {
      get: (self) =>
        areaOf(self) === null
          ? constant(factsOf(self).formula)
          : factsOf(self).formula.replace(/^=/, ""),
    },
    Visible: {
      get: (self) => factsOf(self).visible,
      set: (self, value) => change(self, { visible: asFlag(value) }),
    },
    Comment: {
      get: (self) => factsOf(self).comment,
      set: (self, value) => change(self, { comment: asText(value) }),
    },
    Scope: { get: () => "Workbook" },
  },
  methods: {
    Delete: ({ host, name }) => host.backend.asAddin(() => host.backend.removeName(name)),
    GetRange: (self) => {
      const area = areaOf(self);
      if (area === null) throw new HostError("InvalidReference");
      return self.host.make.range(area);
    },
    GetRangeOrNullObject: (self) => {
      const area = areaOf(self);
      return area === null ? null : self.host.make.range(area);
    },
  },
};

function reference(host: Host, area: Area): string {
  return `=${quoteSheet(sheetName(host, area.sheet))}!${boxName(area, true)}`;
}

export const namesClass: HostClass<Host> = {
  name: "NamedItemCollection",
  items: (host) => host.backend.names().map(({ name }) => HostObject.of(nameClass, { host, name })),
  item: (host, args) => {
    const found = find(host, args.text(0));
    if (found === undefined) throw new HostError("ItemNotFound");
    return HostObject.of(nameClass, { host, name: found.name });
  },
  methods: {
    Add: (host, args) => {
      const name = args.text(0);
      if (!/^[\p{L}_\\][\p{L}\p{N}_.\\]*$/u.test(name) || parseBox(name) !== null)
        throw invalidArgument();
      if (find(host, name) !== undefined) throw new HostError("ItemAlreadyExists");
      const area = rangeArgument(args.object(1));
      const text = area === null ? args.text(1) : reference(host, area);
      const formula = text.startsWith("=") ? text : `=${text}`;
      const comment = args.optionalText(2) ?? "";
      host.backend.asAddin(() => host.backend.putName({ name, formula, visible: true, comment }));
      return HostObject.of(nameClass, { host, name });
    },
    GetCount: (host) => host.backend.names().length,
    GetItemOrNullObject: (host, args) => {
      const found = find(host, args.text(0));
      return found === undefined ? null : HostObject.of(nameClass, { host, name: found.name });
    },
  },
};
