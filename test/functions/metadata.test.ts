import { describe, expect, test } from "@jest/globals";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import ts from "typescript";
import * as v from "valibot";

/** What Microsoft documents of a metadata file, as far as ours uses it; anything else is a slip. */
const text = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(255));
const metadataSchema = v.strictObject({
  $schema: v.literal(
    "https://developer.microsoft.com/json-schemas/office-js/custom-functions.schema.json",
  ),
  /** Cells of SELLABLE may carry a card, where Excel knows such. */
  allowCustomDataForDataTypeAny: v.literal(true),
  functions: v.array(
    v.strictObject({
      id: v.pipe(v.string(), v.regex(/^[A-Z][A-Z0-9_.]{2,}$/)),
      name: v.pipe(v.string(), v.regex(/^[A-Z][A-Z0-9_.]{2,}$/)),
      description: text,
      helpUrl: v.pipe(v.string(), v.url(), v.startsWith("https://")),
      result: v.strictObject({
        type: v.picklist(["number", "string", "boolean", "any"]),
        dimensionality: v.picklist(["scalar", "matrix"]),
      }),
      parameters: v.array(
        v.strictObject({
          name: text,
          description: text,
          type: v.picklist(["number", "string", "boolean", "any"]),
          dimensionality: v.picklist(["scalar", "matrix"]),
          optional: v.optional(v.boolean(), false),
        }),
      ),
      options: v.optional(v.strictObject({ stream: v.optional(v.boolean(), false) }), {}),
    }),
  ),
});
type Metadata = v.InferOutput<typeof metadataSchema>;

const read = (file: string) => readFileSync(resolve("src/functions", file), "utf8");
const english = v.parse(metadataSchema, JSON.parse(read("functions.json")));
const chinese = v.parse(metadataSchema, JSON.parse(read("functions.zh-CN.json")));

/** id → names of the parameters that Excel fills, in order, of each function the code registers. */
function registered(source: string): Record<string, string[]> {
  const file = ts.createSourceFile("functions.ts", source, ts.ScriptTarget.Latest, true);
  const parameters = new Map<string, string[]>();
  const found: Record<string, string[]> = {};
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionDeclaration(node) && node.name !== undefined) {
      const names = node.parameters.map((parameter) => parameter.name.getText());
      parameters.set(
        node.name.text,
        names.filter((name) => name !== "invocation"),
      );
    }
    if (ts.isCallExpression(node) && node.expression.getText() === "CustomFunctions.associate") {
      const [id, name] = node.arguments;
      if (id !== undefined && ts.isStringLiteral(id) && name !== undefined) {
        found[id.text] = parameters.get(name.getText()) ?? [`${name.getText()} is not declared`];
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function shapeOf(metadata: Metadata): unknown {
  return metadata.functions.map(({ id, name, result, parameters, options }) => ({
    id,
    name,
    result,
    options,
    parameters: parameters.map(({ type, dimensionality, optional }) => ({
      type,
      dimensionality,
      optional,
    })),
  }));
}

const named = ({ functions }: Metadata): Record<string, string[]> =>
  Object.fromEntries(functions.map((f) => [f.id, f.parameters.map(({ name }) => name)]));

describe("the functions' metadata", () => {
  test("has the functions that the code registers, parameter by parameter", () => {
    expect(named(english)).toEqual(registered(read("functions.ts")));
    expect(Object.keys(named(english)).sort()).toEqual([
      ...["ALERT", "COVER", "FORECAST_EXPLAIN", "FORECAST_LIVE", "FORECAST_UPDATE"],
      ...["OVERSELL_RISK", "PLEDGE", "REVIEW", "SELLABLE", "STOCK", "STOCKOUT_SHARE"],
      ...["TURNOVER_DAYS", "WHATIF", "WHY"],
    ]);
  });

  test("is the same in both languages but for the words", () => {
    expect(shapeOf(chinese)).toEqual(shapeOf(english));
  });

  test("takes a range of sales, and streams what can be sold", () => {
    const forecast = english.functions.find(({ id }) => id === "FORECAST_LIVE");
    expect(forecast?.parameters[0]).toMatchObject({ type: "any", dimensionality: "matrix" });
    expect(forecast?.options).toEqual({ stream: false });
    const streams = english.functions.filter(({ options }) => options.stream).map(({ id }) => id);
    expect(streams).toEqual(["SELLABLE", "STOCK", "WHY", "ALERT", "COVER", "PLEDGE"]);
  });

  test("asks for what is required before what may be left out", () => {
    for (const { parameters } of english.functions) {
      const optional = parameters.map((parameter) => parameter.optional);
      expect(optional).toEqual([...optional].sort());
    }
  });

  test("says everything in Chinese to a Chinese reader, and in English to others", () => {
    const hanOf = (word: string) => word.match(/\p{Script=Han}/gu)?.length ?? 0;
    const words = (metadata: Metadata) =>
      metadata.functions.flatMap((f) => [
        f.description,
        ...f.parameters.flatMap(({ name, description }) => [name, description]),
      ]);
    expect(words(english).filter((word) => hanOf(word) > 0)).toEqual([]);
    // Real Chinese: a good part of it Han, not a word between English ones.
    const thin = words(chinese).filter((word) => hanOf(word) < Math.min(8, word.length / 4));
    expect(thin).toEqual([]);
    for (const { functions } of [english, chinese]) {
      expect(new Set(functions.map((f) => f.description)).size).toBe(functions.length);
    }
  });

  test("calls an argument by one name and one description wherever it stands", () => {
    for (const { functions } of [english, chinese]) {
      const names = new Map<string, Set<string>>();
      const shared = ["sales", "followers", "history", "service", "creator"];
      functions.forEach((f, i) =>
        f.parameters.forEach(({ description }, j) => {
          const key = english.functions[i]?.parameters[j]?.name ?? "";
          if (shared.includes(key)) names.set(key, (names.get(key) ?? new Set()).add(description));
        }),
      );
      expect([...names.values()].map((said) => said.size)).toEqual([1, 1, 1, 1, 1]);
    }
  });

  test("leads to a help page that is there, at a place that is on it", () => {
    for (const { helpUrl } of [...english.functions, ...chinese.functions]) {
      const { pathname, hash } = new URL(helpUrl);
      const page = resolve(`.${pathname}`);
      expect([helpUrl, existsSync(page)]).toEqual([helpUrl, true]);
      expect(readFileSync(page, "utf8")).toContain(`id="${hash.slice(1)}"`);
    }
  });
});

describe("a slip is noticed", () => {
  const source = `
    function sellable(sku: unknown, channel: unknown, invocation: unknown): void {}
    CustomFunctions.associate("SELLABLE", sellable);`;

  test("in the code: a parameter more, in another order, a function that is not declared", () => {
    expect(registered(source)).toEqual({ SELLABLE: ["sku", "channel"] });
    expect(registered(source.replace("channel:", "market:"))).not.toEqual(registered(source));
    expect(registered(source.replace("sku: unknown, channel", "channel: unknown, sku"))).toEqual({
      SELLABLE: ["channel", "sku"],
    });
    expect(registered(source.replace(", sellable)", ", gone)"))).toEqual({
      SELLABLE: ["gone is not declared"],
    });
  });

  test("in the files: an unknown property, a lower-case id, an empty description", () => {
    const plain = JSON.stringify(english);
    const faults: [string, string][] = [
      ['"type"', '"tipe"'],
      ['"id":"SELLABLE"', '"id":"Sellable"'],
      [JSON.stringify(english.functions[0]?.description), '""'],
      ['"dimensionality":"matrix"', '"dimensionality":"range"'],
    ];
    for (const [from, to] of faults) {
      expect(plain).toContain(from);
      const broken: unknown = JSON.parse(plain.replace(from, to));
      expect([to, v.safeParse(metadataSchema, broken).success]).toEqual([to, false]);
    }
  });
});
