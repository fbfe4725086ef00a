import { describe, expect, test } from "@jest/globals";
import type { LocaleId } from "../../src/locale/formats";
import {
  changedRows,
  excelTime,
  liveTable,
  type LiveRowInput,
} from "../../src/workbook/live-table";
import { LiveWriter } from "../../src/workbook/live-writer";
import { ok, err } from "../../src/base/result";

const en: LocaleId = "en";
const NOON = Date.UTC(2026, 10, 23, 12);

function row(over: Partial<LiveRowInput> = {}): LiveRowInput {
  return {
    sku: "OR-1",
    onHand: 10,
    committed: 1,
    held: 2,
    reserved: 3,
    sellable: { tiktok: 7, shopify: 4 },
    alert: "none",
    asOf: NOON,
    ...over,
  };
}

describe("the live table", () => {
  test("has a column for every channel that sells, in the seller's language", () => {
    expect(liveTable([row()], en, 0).columns.map((c) => c.id)).toEqual([
      "sku",
      "onHand",
      "committed",
      "held",
      "reserved",
      "sellable:tiktok",
      "sellable:shopify",
      "alert",
      "asOf",
    ]);
    const zh = liveTable([row()], "zh-CN", 0).columns;
    expect(zh.find((c) => c.id === "onHand")?.header).toMatch(/库存/);
    // Each column is still found after a change of language.
    for (const column of zh) expect(column.headers).toContain(column.header);
  });

  test("names the alert in the cell, and colours by that name in either language", () => {
    const table = liveTable([row({ alert: "orange" })], en, 0);
    const cell = String(table.rows[0]?.cells.at(-2));
    const colour = table.colours.find((c) => c.level === "orange");
    expect(colour?.prefixes.some((text) => cell.startsWith(text))).toBe(true);
    const zh = liveTable([row({ alert: "orange" })], "zh-CN", 0);
    expect(colour?.prefixes.some((text) => String(zh.rows[0]?.cells.at(-2)).startsWith(text))).toBe(
      true,
    );
    // No level's name is the beginning of another's, or a row would take two colours.
    const all = table.colours.flatMap((c) => c.prefixes);
    for (const a of all) expect(all.filter((b) => b.startsWith(a))).toEqual([a]);
  });

  test("tells the time as Excel does: 2026-11-23 12:00 is day 46349 and a half", () => {
    expect(excelTime(NOON, 0)).toBe(46349.5);
    expect(excelTime(NOON, -480)).toBeCloseTo(46349.5 + 8 / 24, 9);
  });

  test("writes a row whose number changed, and one whose time alone is ten seconds old", () => {
    const before = liveTable([row(), row({ sku: "OR-2" })], en, 0);
    const soon = liveTable([row({ asOf: NOON + 3000 }), row({ sku: "OR-2", onHand: 9 })], en, 0);
    expect(changedRows(before, soon, 10_000)).toEqual(["OR-2"]);
    const later = liveTable([row({ asOf: NOON + 10_500 }), row({ sku: "OR-2" })], en, 0);
    expect(changedRows(before, later, 10_000)).toEqual(["OR-1"]);
    expect(changedRows(null, before, 10_000)).toEqual(["OR-1", "OR-2"]);
  });
});

describe("the writer", () => {
  test("writes the newest state only, one batch at a time, and again after a refusal", async () => {
    const written: string[] = [];
    const gates: (() => void)[] = [];
    let refuse = true;
    const writer = new LiveWriter(
      {
        writeLiveTable: async (table) => {
          written.push(String(table.rows[0]?.cells[1]));
          await new Promise<void>((resolve) => gates.push(resolve));
          if (!refuse) return ok("written" as const);
          refuse = false;
          return err({ code: "cell_edit" as const });
        },
      },
      () => Promise.resolve(),
    );
    const settle = async () => {
      gates.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    };
    writer.show(liveTable([row({ onHand: 1 })], en, 0));
    writer.show(liveTable([row({ onHand: 2 })], en, 0));
    writer.show(liveTable([row({ onHand: 3 })], en, 0));
    expect(written).toEqual(["1"]);
    await settle();
    // Refused while the seller was typing: the newest state follows, nothing queued up between.
    expect(written).toEqual(["1", "3"]);
    expect(writer.trouble).toEqual({ code: "cell_edit" });
    await settle();
    expect(writer.trouble).toBeNull();
    expect(written).toHaveLength(2);
  });
});
