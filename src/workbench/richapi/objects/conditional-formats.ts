/** Excel's conditional formats of a range: custom formulas, comparisons of values and of texts. */
import { type Area, intersection } from "../../backend/area";
import type {
  CellValueOperator,
  ConditionalFacts,
  ConditionalRule,
  TextOperator,
} from "../../backend/backend";
import { asColor, asFlag, asText, type Json, oneOf } from "../json";
import { assertWritable, type Host, type RangeSelf } from "../host";
import { HostError, invalidArgument } from "../host-error";
import { type HostClass, HostObject } from "../host-object";

interface FormatSelf {
  readonly host: Host;
  readonly sheet: string;
  readonly id: string;
}

const kinds = { Custom: "custom", CellValue: "cellValue", ContainsText: "text" } as const;
type KindName = keyof typeof kinds;
const kindNames = Object.keys(kinds) as KindName[];

const cellValueOperators: readonly CellValueOperator[] = [
  "Between",
  "NotBetween",
  "EqualTo",
  "NotEqualTo",
  "GreaterThan",
  "LessThan",
  "GreaterThanOrEqual",
  "LessThanOrEqual",
];
const textOperators: readonly TextOperator[] = [
  "Contains",
  "NotContains",
  "BeginsWith",
  "EndsWith",
];

function all(host: Host, sheet: string): readonly ConditionalFacts[] {
  return host.backend.conditionals(sheet);
}

function facts({ host, sheet, id }: FormatSelf): ConditionalFacts {
  const found = all(host, sheet).find((one) => one.id === id);
  if (found === undefined) throw new HostError("ItemNotFound");
  return found;
}

function change(self: FormatSelf, patch: Partial<ConditionalFacts>): void {
  assertWritable(self.host, self.sheet);
  const next = { ...facts(self), ...patch };
  self.host.backend.asAddin(() => self.host.backend.putConditional(next));
}

function rule<K extends ConditionalRule["kind"]>(
  self: FormatSelf,
  kind: K,
): Extract<ConditionalRule, { kind: K }> {
  const found = facts(self).rule;
  if (found.kind !== kind) throw new HostError("InvalidOperation");
  return found as Extract<ConditionalRule, { kind: K }>;
}

function isKind(self: FormatSelf, kind: ConditionalRule["kind"]): boolean {
  return facts(self).rule.kind === kind;
}

const formulaScalar = {
  get: (self: FormatSelf) => rule(self, "custom").formula,
  set: (self: FormatSelf, value: Json) => {
    rule(self, "custom");
    change(self, { rule: { kind: "custom", formula: asText(value) } });
  },
};

const ruleClass: HostClass<FormatSelf> = {
  name: "ConditionalFormatRule",
  scalars: { Formula: formulaScalar, FormulaLocal: formulaScalar },
};

const fillClass: HostClass<FormatSelf> = {
  name: "ConditionalRangeFill",
  scalars: {
    Color: {
      get: (self) => facts(self).fill ?? "",
      set: (self, value) => change(self, { fill: asColor(value) }),
    },
  },
  methods: { Clear: (self) => change(self, { fill: null }) },
};

const fontClass: HostClass<FormatSelf> = {
  name: "ConditionalRangeFont",
  scalars: {
    Color: {
      get: (self) => facts(self).fontColor ?? "",
      set: (self, value) => change(self, { fontColor: asColor(value) }),
    },
    Bold: {
      get: (self) => facts(self).bold,
      set: (self, value) => change(self, { bold: asFlag(value) }),
    },
  },
  methods: { Clear: (self) => change(self, { fontColor: null, bold: null }) },
};

const formatClass: HostClass<FormatSelf> = {
  name: "ConditionalRangeFormat",
  objects: {
    Fill: (self) => HostObject.of(fillClass, self),
    Font: (self) => HostObject.of(fontClass, self),
  },
};

const format = (self: FormatSelf) => HostObject.of(formatClass, self);

const customClass: HostClass<FormatSelf> = {
  name: "CustomConditionalFormat",
  objects: { Rule: (self) => HostObject.of(ruleClass, self), Format: format },
};

function fields(value: Json): Readonly<Record<string, Json>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalidArgument();
  return value as Readonly<Record<string, Json>>;
}

function formulaText(value: Json | undefined): string {
  if (typeof value === "number") return String(value);
  return asText(value ?? null);
}

const cellValueClass: HostClass<FormatSelf> = {
  name: "CellValueConditionalFormat",
  scalars: {
    Rule: {
      get: (self) => {
        const { operator, formula1, formula2 } = rule(self, "cellValue");
        return { operator, formula1, ...(formula2 === undefined ? {} : { formula2 }) };
      },
      set: (self, value) => {
        rule(self, "cellValue");
        const given = fields(value);
        const operator = oneOf(given["operator"] ?? null, cellValueOperators);
        const formula1 = formulaText(given["formula1"]);
        const second = given["formula2"] ?? null;
        const formula2 = second === null ? undefined : formulaText(second);
        change(self, { rule: { kind: "cellValue", operator, formula1, formula2 } });
      },
    },
  },
  objects: { Format: format },
};

const textClass: HostClass<FormatSelf> = {
  name: "TextConditionalFormat",
  scalars: {
    Rule: {
      get: (self) => {
        const { operator, text } = rule(self, "text");
        return { operator, text };
      },
      set: (self, value) => {
        rule(self, "text");
        const given = fields(value);
        const operator = oneOf(given["operator"] ?? null, textOperators);
        change(self, { rule: { kind: "text", operator, text: asText(given["text"] ?? null) } });
      },
    },
  },
  objects: { Format: format },
};

function ofKind(kind: ConditionalRule["kind"], type: HostClass<FormatSelf>) {
  return {
    strict: (self: FormatSelf) => {
      rule(self, kind);
      return HostObject.of(type, self);
    },
    orNull: (self: FormatSelf) => (isKind(self, kind) ? HostObject.of(type, self) : null),
  };
}

const custom = ofKind("custom", customClass);
const cellValue = ofKind("cellValue", cellValueClass);
const text = ofKind("text", textClass);

const conditionalFormatClass: HostClass<FormatSelf> = {
  name: "ConditionalFormat",
  identity: ({ id }) => ({ Id: id }),
  scalars: {
    Id: { get: ({ id }) => id },
    Type: {
      get: (self) => kindNames.find((name) => kinds[name] === facts(self).rule.kind) ?? "Custom",
    },
    Priority: {
      get: (self) => all(self.host, self.sheet).findIndex((one) => one.id === self.id),
      set: (self, value) => reprioritize(self, value),
    },
    StopIfTrue: {
      get: (self) => facts(self).stopIfTrue,
      set: (self, value) => change(self, { stopIfTrue: asFlag(value) }),
    },
  },
  objects: {
    Custom: custom.strict,
    CustomOrNullObject: custom.orNull,
    CellValue: cellValue.strict,
    CellValueOrNullObject: cellValue.orNull,
    TextComparison: text.strict,
    TextComparisonOrNullObject: text.orNull,
  },
  methods: {
    Delete: (self) => remove(self.host, self.sheet, self.id),
    GetRange: (self) => self.host.make.range(facts(self).area),
    GetRangeOrNullObject: (self) => self.host.make.range(facts(self).area),
  },
};

function remove(host: Host, sheet: string, id: string): void {
  assertWritable(host, sheet);
  host.backend.asAddin(() => host.backend.removeConditional(sheet, id));
}

/** Rules enter at the top, so the order is made by entering them again from the bottom up. */
function reprioritize(self: FormatSelf, value: Json): void {
  if (typeof value !== "number") throw invalidArgument();
  const moved = facts(self);
  const rest = all(self.host, self.sheet).filter((one) => one.id !== self.id);
  const order = [...rest.slice(0, value), moved, ...rest.slice(value)];
  for (const one of order) remove(self.host, self.sheet, one.id);
  for (const one of order.reverse()) {
    self.host.backend.asAddin(() => self.host.backend.putConditional(one));
  }
}

function emptyRule(kind: KindName): ConditionalRule {
  switch (kind) {
    case "Custom":
      return { kind: "custom", formula: "" };
    case "CellValue":
      return { kind: "cellValue", operator: "EqualTo", formula1: "FALSE" };
    case "ContainsText":
      return { kind: "text", operator: "Contains", text: "\u0000" };
  }
}

function inArea(host: Host, area: Area): readonly ConditionalFacts[] {
  return all(host, area.sheet).filter((one) => intersection(one.area, area) !== null);
}

function object(host: Host, sheet: string, id: string): HostObject {
  return HostObject.of(conditionalFormatClass, { host, sheet, id });
}

function find({ host, area }: RangeSelf, id: string): HostObject | null {
  const found = inArea(host, area).some((one) => one.id === id);
  return found ? object(host, area.sheet, id) : null;
}

export const conditionalFormatsClass: HostClass<RangeSelf> = {
  name: "ConditionalFormatCollection",
  items: ({ host, area }) => inArea(host, area).map((one) => object(host, area.sheet, one.id)),
  item: (self, args) => {
    const found = find(self, args.text(0));
    if (found === null) throw new HostError("ItemNotFound");
    return found;
  },
  methods: {
    Add: ({ host, area }, args) => {
      assertWritable(host, area.sheet);
      const kind = oneOf(args.json(0), kindNames);
      const id = `{${crypto.randomUUID().toUpperCase()}}`;
      const added: ConditionalFacts = {
        id,
        area,
        rule: emptyRule(kind),
        fill: null,
        fontColor: null,
        bold: null,
        stopIfTrue: false,
      };
      host.backend.asAddin(() => host.backend.putConditional(added));
      return object(host, area.sheet, id);
    },
    GetCount: ({ host, area }) => inArea(host, area).length,
    GetItemAt: ({ host, area }, args) => {
      const found = inArea(host, area)[args.integer(0)];
      if (found === undefined) throw new HostError("ItemNotFound");
      return object(host, area.sheet, found.id);
    },
    GetItemOrNullObject: (self, args) => find(self, args.text(0)),
    ClearAll: ({ host, area }) => {
      for (const one of inArea(host, area)) remove(host, area.sheet, one.id);
    },
  },
};
