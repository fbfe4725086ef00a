import { describe, expect, test } from "@jest/globals";
import Ajv from "ajv";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { families } from "../../src/simulation/families";
import { scenarioSchema } from "../../src/simulation/scenario";

const file = join(__dirname, "../../src/simulation/scenario.schema.json");
const schema = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown> & {
  readonly properties: Record<string, unknown>;
};
const mayStandInFile = new Ajv({ strict: false }).compile(schema);
const steady = families.get("steady");

/** As the program reads a file: what it leaves out is taken from "steady". */
const isRead = (given: object): boolean => v.is(scenarioSchema, { ...steady, ...given });

const wrong: readonly object[] = [
  { name: 5 },
  { name: "x".repeat(61) },
  { length: 59 },
  { length: 86_401 },
  { stock: 1.5 },
  { stock: "much" },
  { flat: -1 },
  { surges: [{ kind: "wave" }] },
  { surges: [{ kind: "bell", buyers: 5, at: 10, sd: 0, halo: 2 }] },
  { surges: [{ kind: "spike", buyers: 5, at: 10 }] },
  { slowOrders: { amazon: 1 } },
  { unpaid: 1.01 },
  { payAfter: -1 },
  { orderLag: { tiktok: -1, amazon: 0, shopify: 0, ebay: 0 } },
  { writeSpread: 4 },
  { outages: [{ channels: ["etsy"], at: 0, jitter: 0, for: 1 }] },
  { outages: [{ channels: ["ebay"], at: 0, for: 1 }] },
  { speed: 2 },
];

describe("the schema for editors says the same as the program", () => {
  test("of every family", () => {
    for (const family of families.values()) {
      expect([family.name, mayStandInFile(family)]).toEqual([family.name, true]);
      expect(isRead(family)).toBe(true);
    }
  });

  test("of what may stand in a file", () => {
    expect(Object.keys(schema.properties).sort()).toEqual(
      Object.keys(scenarioSchema.entries).sort(),
    );
  });

  test("of a file that says little", () => {
    expect(mayStandInFile({ stock: 40, surges: [] })).toBe(true);
    expect(isRead({ stock: 40, surges: [] })).toBe(true);
  });

  test.each(wrong.map((given) => [JSON.stringify(given).slice(0, 60), given] as const))(
    "of %s: neither takes it",
    (_name, given) => {
      expect(mayStandInFile(given)).toBe(false);
      expect(isRead(given)).toBe(false);
    },
  );
});
