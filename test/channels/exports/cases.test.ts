/**
 * Golden folders: test/cases/exports/<platform>/<case>/ holds a file as a seller downloads it, and in
 * expected.json what becomes of it in a book that is empty but for its SKUs.
 */
import { describe, expect, test } from "@jest/globals";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openExport, type Mapping } from "../../../src/channels/exports/import";
import { ExportWorld, must, unhurried } from "./export-world";

const folder = join(__dirname, "..", "..", "cases", "exports");

/** How a person maps the tables that no platform made. */
const byHand: Readonly<Record<string, Partial<Mapping>>> = {
  own: { channel: "tiktok", columns: { sku: [0], location: [1], available: [2] } },
};

async function become(platform: string, one: string): Promise<unknown> {
  const path = join(folder, platform, one);
  const file = readdirSync(path).find((name) => name.startsWith("export."));
  const bytes = new Uint8Array(readFileSync(join(path, file ?? "export")));
  const opened = must(await openExport(bytes, unhurried));
  const { mapping, certainty, unused } = opened.recognised;
  const world = new ExportWorld();
  const plan = await world.plan(opened, { mapping: { ...mapping, ...byHand[platform] } });
  const { id, skus, ...told } = plan;
  expect(id).toContain(`${plan.channel}-`);
  return JSON.parse(
    JSON.stringify({
      source: opened.source,
      recognised: { ...mapping, certainty, unused: unused.length },
      ...told,
      skus: [...skus],
    }),
  );
}

const platforms = readdirSync(folder);

describe.each(platforms)("exports of %s", (platform) => {
  const cases = readdirSync(join(folder, platform));

  test.each(cases)("%s", async (one) => {
    const told = await become(platform, one);
    const path = join(folder, platform, one, "expected.json");
    if (process.env["WRITE_CASES"] === "1" && !existsSync(path)) {
      writeFileSync(path, `${JSON.stringify(told, null, 2)}\n`);
    }
    expect(told).toEqual(JSON.parse(readFileSync(path, "utf8")));
  });
});

test("every platform has cases", () => {
  expect(platforms).toEqual(["amazon", "ebay", "own", "shopify", "tiktok"]);
});
