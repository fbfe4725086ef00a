/** Excel's data validation of a range. A rule given to a range takes the place of those under it. */
import { type Area, intersection } from "../../backend/area";
import type { ValidationFacts, ValidationOperator, ValidationRule } from "../../backend/backend";
import { assertWritable, type Host, type RangeSelf } from "../host";
import { invalidArgument } from "../host-error";
import type { HostClass } from "../host-object";
import { asFlag, asText, type Json, oneOf } from "../json";

const operators: readonly ValidationOperator[] = [
  "Between",
  "NotBetween",
  "EqualTo",
  "NotEqualTo",
  "GreaterThan",
  "LessThan",
  "GreaterThanOrEqualTo",
  "LessThanOrEqualTo",
];
const compared = ["wholeNumber", "decimal", "date", "textLength"] as const;
const typeNames = {
  custom: "Custom",
  list: "List",
  wholeNumber: "WholeNumber",
  decimal: "Decimal",
  date: "Date",
  textLength: "TextLength",
} as const;

const silent = { show: true, title: "", message: "" } as const;
const fresh = { alert: { ...silent, style: "Stop" }, prompt: silent, ignoreBlanks: true } as const;

/** What is left of an area when a hole is cut into it: at most four pieces. */
function around(area: Area, hole: Area): readonly Area[] {
  const cut = intersection(area, hole);
  if (cut === null) return [area];
  const bottom = cut.row + cut.rows;
  const right = cut.column + cut.columns;
  const pieces: readonly Area[] = [
    { ...area, rows: cut.row - area.row },
    { ...area, row: bottom, rows: area.row + area.rows - bottom },
    { ...area, row: cut.row, rows: cut.rows, columns: cut.column - area.column },
    {
      ...area,
      row: cut.row,
      rows: cut.rows,
      column: right,
      columns: area.column + area.columns - right,
    },
  ];
  return pieces.filter((piece) => piece.rows > 0 && piece.columns > 0);
}

function touching({ host, area }: RangeSelf): readonly ValidationFacts[] {
  return host.backend
    .validations(area.sheet)
    .filter((one) => one.areas.some((a) => intersection(a, area) !== null));
}

/** Cuts the range out of whatever validates it, and gives back what did. */
function cutOut(self: RangeSelf): readonly ValidationFacts[] {
  const { host, area } = self;
  const before = touching(self);
  for (const facts of before) {
    const areas = facts.areas.flatMap((one) => around(one, area));
    if (areas.length === 0) host.backend.removeValidation(area.sheet, facts.id);
    else host.backend.putValidation({ ...facts, areas });
  }
  return before;
}

function put(host: Host, facts: Omit<ValidationFacts, "id">): void {
  host.backend.putValidation({ ...facts, id: `{${crypto.randomUUID().toUpperCase()}}` });
}

function setRule(self: RangeSelf, rule: ValidationRule): void {
  const { host, area } = self;
  assertWritable(host, area.sheet);
  host.backend.asAddin(() => {
    const [before] = cutOut(self);
    put(host, { ...fresh, ...before, areas: [area], rule });
  });
}

/** For a range that nothing validates this says nothing, as in Excel. */
function change(
  self: RangeSelf,
  patch: Partial<Omit<ValidationFacts, "id" | "areas" | "rule">>,
): void {
  const { host, area } = self;
  assertWritable(host, area.sheet);
  host.backend.asAddin(() => {
    for (const facts of cutOut(self)) {
      const areas = facts.areas.flatMap((one) => {
        const part = intersection(one, area);
        return part === null ? [] : [{ sheet: area.sheet, ...part }];
      });
      put(host, { ...facts, ...patch, areas });
    }
  });
}

function fields(value: Json | undefined): Readonly<Record<string, Json>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalidArgument();
  return value as Readonly<Record<string, Json>>;
}

function formula(value: Json | undefined): string {
  if (typeof value === "number") return String(value);
  return asText(value ?? null);
}

function readRule(value: Json): ValidationRule {
  const given = fields(value);
  if (given["custom"] !== undefined) {
    return { kind: "custom", formula: asText(fields(given["custom"])["formula"] ?? null) };
  }
  if (given["list"] !== undefined) {
    const list = fields(given["list"]);
    const source = asText(list["source"] ?? null);
    return { kind: "list", source, dropDown: asFlag(list["inCellDropDown"] ?? true) };
  }
  for (const kind of compared) {
    if (given[kind] === undefined) continue;
    const rule = fields(given[kind]);
    const second = rule["formula2"] ?? null;
    return {
      kind,
      operator: oneOf(rule["operator"] ?? null, operators),
      formula1: formula(rule["formula1"]),
      ...(second === null || second === "" ? {} : { formula2: formula(second) }),
    };
  }
  throw invalidArgument();
}

function ruleJson(rule: ValidationRule): Json {
  if (rule.kind === "custom") return { custom: { formula: rule.formula } };
  if (rule.kind === "list") {
    return { list: { source: rule.source, inCellDropDown: rule.dropDown } };
  }
  const { kind, operator, formula1, formula2 = "" } = rule;
  return { [kind]: { operator, formula1, formula2 } };
}

/** The one rule of the whole range, or null. */
function only(self: RangeSelf): ValidationFacts | null {
  const [first, second] = touching(self);
  return second === undefined ? (first ?? null) : null;
}

export const dataValidationClass: HostClass<RangeSelf> = {
  name: "DataValidation",
  scalars: {
    Type: {
      get: (self) => {
        const found = touching(self);
        if (found.length === 0) return "None";
        const one = only(self);
        return one === null ? "Inconsistent" : typeNames[one.rule.kind];
      },
    },
    Rule: {
      get: (self) => {
        const one = only(self);
        return one === null ? {} : ruleJson(one.rule);
      },
      set: (self, value) => setRule(self, readRule(value)),
    },
    ErrorAlert: {
      get: (self) => {
        const { show, style, title, message } = only(self)?.alert ?? fresh.alert;
        return { showAlert: show, style, title, message };
      },
      set: (self, value) => {
        const given = fields(value);
        change(self, {
          alert: {
            show: asFlag(given["showAlert"] ?? true),
            style: oneOf(given["style"] ?? "Stop", ["Stop", "Warning", "Information"] as const),
            title: asText(given["title"] ?? ""),
            message: asText(given["message"] ?? ""),
          },
        });
      },
    },
    Prompt: {
      get: (self) => {
        const { show, title, message } = only(self)?.prompt ?? fresh.prompt;
        return { showPrompt: show, title, message };
      },
      set: (self, value) => {
        const given = fields(value);
        change(self, {
          prompt: {
            show: asFlag(given["showPrompt"] ?? true),
            title: asText(given["title"] ?? ""),
            message: asText(given["message"] ?? ""),
          },
        });
      },
    },
    IgnoreBlanks: {
      get: (self) => only(self)?.ignoreBlanks ?? true,
      set: (self, value) => change(self, { ignoreBlanks: asFlag(value) }),
    },
  },
  methods: {
    Clear: (self) => {
      assertWritable(self.host, self.area.sheet);
      self.host.backend.asAddin(() => cutOut(self));
    },
  },
};

/** A table that grows takes the rules of its columns along, as Excel's tables do. */
export function growValidations(host: Host, body: Area, rows: number): void {
  for (const facts of host.backend.validations(body.sheet)) {
    const areas = facts.areas.map((one) => {
      const isColumn =
        one.row <= body.row &&
        one.row + one.rows === body.row + body.rows &&
        one.column >= body.column &&
        one.column + one.columns <= body.column + body.columns;
      return isColumn ? { ...one, rows: one.rows + rows } : one;
    });
    if (areas.some((one, index) => one !== facts.areas[index])) {
      host.backend.putValidation({ ...facts, areas });
    }
  }
}
