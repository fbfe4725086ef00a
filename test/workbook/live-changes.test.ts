/** What is written into a Live table that the seller has worked in, decided without Excel. */
import { describe, expect, test } from "@jest/globals";
import { liveChanges } from "../../src/workbook/live-changes";
import { liveTable, type LiveRowInput } from "../../src/workbook/live-table";
import { findPlaces, isSameRecord, recordOf, runsOf } from "../../src/workbook/sheet-table";

const NOON = Date.UTC(2026, 10, 23, 12);

function input(sku: string, onHand: number): LiveRowInput {
  const sellable = { tiktok: onHand };
  return { sku, onHand, committed: 0, held: 0, reserved: 0, sellable, alert: "none", asOf: NOON };
}

const table = (...rows: LiveRowInput[]) => liveTable(rows, "en", 0);
const skus = ["A", "B", "C"];
const whole = table(...skus.map((sku, at) => input(sku, 10 + at)));
const standingOf = (headers: readonly string[]) =>
  headers.map((name, at) => ({ id: at + 1, name }));
const headers = whole.columns.map(({ header }) => header);

/** The table as written, with a column of hers at the end. */
function written(from = whole) {
  const standing = standingOf([...from.columns.map(({ header }) => header), "Mine"]);
  const places = findPlaces(from.columns, standing, null);
  const body: (string | number)[][] = from.rows.map(({ cells }) => [...cells, ""]);
  return { standing, places, body, width: standing.length };
}

describe("columns", () => {
  test("are found by any header we know, and by Excel's id once she renamed them", () => {
    const record = recordOf(
      "{t}",
      findPlaces(whole.columns, standingOf(headers), null),
      standingOf(headers),
      null,
    );
    const renamed = standingOf(headers).map((one) =>
      one.id === 2 ? { ...one, name: "In the shed" } : one,
    );
    const places = findPlaces(whole.columns, [...renamed].reverse(), record);
    expect(places.of["onHand"]).toBe(headers.length - 2);
    expect(places.missing).toEqual([]);
    // Her name stays hers in every language, ours changes.
    const chinese = findPlaces(liveTable([input("A", 1)], "zh-CN", 0).columns, renamed, record);
    expect([...chinese.renames.keys()]).not.toContain(1);
    expect(chinese.renames.get(2)).toBe("待发货占用");
  });

  test("that she took out stay out; those of a new channel are missing; those of a gone one retire", () => {
    const before = standingOf(headers);
    const record = recordOf("{t}", findPlaces(whole.columns, before, null), before, null);
    const without = before.filter(({ name }) => name !== "Committed");
    expect(findPlaces(whole.columns, without, record)).toMatchObject({ missing: [] });
    const two = liveTable([{ ...input("A", 1), sellable: { tiktok: 1, ebay: 1 } }], "en", 0);
    expect(findPlaces(two.columns, before, record).missing.map(({ id }) => id)).toEqual([
      "sellable:ebay",
    ]);
    const none = liveTable([{ ...input("A", 1), sellable: {} }], "en", 0);
    expect(findPlaces(none.columns, before, record).retired).toEqual([
      headers.indexOf("Sellable · TikTok Shop"),
    ]);
    expect(isSameRecord(record, { ...record, columns: { ...record.columns } })).toBe(true);
  });
});

describe("rows", () => {
  test("only cells that differ are written, in runs of rows that follow one another", () => {
    const after = table(input("A", 9), input("B", 8), input("C", 12));
    const changes = liveChanges(after, written(), new Set());
    expect([...(changes?.cells.keys() ?? [])]).toEqual([0, 1]);
    expect(changes?.cells.get(0)).toEqual([null, 9, null, null, null, 9, null, null, null]);
    expect(runsOf(changes?.cells ?? new Map())).toMatchObject([{ row: 0, cells: [{}, {}] }]);
    expect(changes).toMatchObject({ added: [], removed: [] });
  });

  test("a sorted table is written where its rows are, also twice where a SKU stands twice", () => {
    const standing = written();
    standing.body.reverse();
    standing.body.push([...(standing.body[0] ?? [])]);
    const changes = liveChanges(
      table(input("A", 10), input("B", 11), input("C", 1)),
      standing,
      new Set(),
    );
    expect([...(changes?.cells.keys() ?? [])]).toEqual([0, 3]);
  });

  test("a SKU typed over keeps her word and loses the old numbers; the SKU comes back below", () => {
    const standing = written();
    standing.body[1]![0] = "ask Wei";
    const changes = liveChanges(whole, standing, new Set());
    const row = changes?.cells.get(1);
    expect(row?.[0]).toBeNull();
    expect(row?.[1]).toBe("");
    expect(row?.[headers.indexOf("Alert")]).toBe("Not in this book");
    expect(row?.at(-1)).toBeNull();
    expect(changes?.added).toHaveLength(1);
    expect(changes?.added[0]?.[0]).toBe("B");
  });

  test("a SKU that she deleted comes back beside her note, and not in another's row", () => {
    const standing = written();
    standing.body[1]![0] = "";
    standing.body[1]![8] = "for Mia";
    const changes = liveChanges(whole, standing, new Set());
    expect(changes?.cells.get(1)?.[0]).toBe("B");
    expect(changes?.added).toEqual([]);
  });

  test("rows of a closed book go when she wrote nothing beside them", () => {
    const standing = written();
    standing.body[2]![8] = "hers";
    const changes = liveChanges(table(input("A", 10)), standing, new Set(["B", "C"]));
    expect(changes?.removed).toEqual([1]);
    expect(changes?.cells.get(2)?.[1]).toBe("");
  });

  test("without the SKU column nothing is written", () => {
    const standing = standingOf(headers.slice(1));
    const record = { table: "{t}", columns: { sku: 99 } };
    const places = findPlaces(whole.columns, standing, record);
    expect(liveChanges(whole, { body: [], places, width: 8 }, new Set())).toBeNull();
  });
});
