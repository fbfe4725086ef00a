/** Excel's objects on the workbook in memory: what the conformance suite proves in a browser, fast. */
import { describe, expect, test } from "@jest/globals";
import { Batch, bench, type Bench } from "./batch";

function range(batch: Batch, address: string, sheet = "Sheet1"): number {
  const item = batch.item(batch.property(batch.root(), "Worksheets"), sheet);
  return batch.method(item, "GetRange", [address]);
}

async function write(on: Bench, address: string, values: unknown): Promise<void> {
  const batch = new Batch();
  batch.set(range(batch, address), "Values", values);
  expect((await on.run(batch)).Error).toBeUndefined();
}

async function values(on: Bench, address: string): Promise<unknown> {
  const batch = new Batch();
  const loaded = (await on.value(batch, batch.load(range(batch, address), "values"))) as {
    Values: unknown;
  };
  return loaded.Values;
}

/** A table "Stock" with a header and three rows in A1:B4. */
async function tableBench(): Promise<Bench> {
  const on = bench("Sheet1");
  await write(on, "A1:B4", [
    ["SKU", "Qty"],
    ["a", 1],
    ["b", 2],
    ["c", 3],
  ]);
  const batch = new Batch();
  const tables = batch.property(batch.root(), "Tables");
  const table = batch.method(tables, "Add", ["Sheet1!A1:B4", true]);
  batch.set(table, "Name", "Stock");
  expect((await on.run(batch)).Error).toBeUndefined();
  return on;
}

function stock(batch: Batch): number {
  return batch.item(batch.property(batch.root(), "Tables"), "STOCK");
}

async function refused(on: Bench, act: (batch: Batch) => void): Promise<string | undefined> {
  const batch = new Batch();
  act(batch);
  return (await on.run(batch)).Error?.Code;
}

describe("ranges", () => {
  test("take matrices of their own size or one value for all, and nothing else", async () => {
    const on = bench("Sheet1");
    await write(on, "A1:B2", 7);
    expect(await values(on, "A1:B2")).toEqual([
      [7, 7],
      [7, 7],
    ]);
    expect(await refused(on, (batch) => batch.set(range(batch, "A1:B2"), "Values", [[1, 2]]))).toBe(
      "InvalidArgument",
    );
    expect(await refused(on, (batch) => batch.set(range(batch, "A1"), "Values", [[{}]]))).toBe(
      "InvalidArgument",
    );
    expect(
      await refused(
        on,
        (batch) =>
          batch.method(range(batch, "A1"), "GetOffsetRange", [-1, 0]) &&
          batch.instantiate(batch.method(range(batch, "A1"), "GetOffsetRange", [-1, 0])),
      ),
    ).toBe("InvalidArgument");
  });

  test("whole columns have no values to load, but a shape and a format", async () => {
    const on = bench("Sheet1");
    await write(on, "B2", 5);
    const batch = new Batch();
    const column = range(batch, "B:B");
    batch.set(batch.property(batch.property(column, "Format"), "Font"), "Bold", true);
    const loaded = await on.value(
      batch,
      batch.load(column, "values", "isEntireColumn", "rowCount"),
    );
    expect(loaded).toEqual({ Values: null, IsEntireColumn: true, RowCount: 1_048_576 });
    const one = new Batch();
    expect(await on.value(one, one.load(range(one, "B2"), "format/font/bold"))).toEqual({
      Format: { Font: { Bold: true } },
    });
  });

  test("a property on which cells differ loads as null", async () => {
    const on = bench("Sheet1");
    const batch = new Batch();
    batch.set(
      batch.property(batch.property(range(batch, "A1"), "Format"), "Fill"),
      "Color",
      "#ff0000",
    );
    const loaded = batch.load(range(batch, "A1:A2"), "format/fill/color");
    expect(await on.value(batch, loaded)).toEqual({ Format: { Fill: { Color: null } } });
  });

  test("the used range is what holds values, or also what looks different", async () => {
    const on = bench("Sheet1");
    await write(on, "C3", 1);
    const batch = new Batch();
    const sheet = batch.item(batch.property(batch.root(), "Worksheets"), "Sheet1");
    batch.set(
      batch.property(batch.property(range(batch, "D5"), "Format"), "Fill"),
      "Color",
      "#ff0000",
    );
    const all = batch.load(batch.method(sheet, "GetUsedRange", [false]), "address");
    const valued = batch.load(batch.method(sheet, "GetUsedRange", [true]), "address");
    const answer = await on.run(batch);
    const at = (id: number) => answer.Results.find((one) => one.ActionId === id)?.Value as unknown;
    expect([at(all), at(valued)]).toEqual([{ Address: "Sheet1!C3:D5" }, { Address: "Sheet1!C3" }]);
  });

  test("names stand for their ranges", async () => {
    const on = bench("Sheet1", "Other sheet");
    const batch = new Batch();
    const names = batch.property(batch.root(), "Names");
    batch.instantiate(
      batch.method(
        names,
        "Add",
        ["Here", null, null],
        [0, range(batch, "B2:B3", "Other sheet"), 0],
      ),
    );
    const address = batch.load(range(batch, "here"), "address");
    expect(await on.value(batch, address)).toEqual({ Address: "'Other sheet'!B2:B3" });
    expect(
      await refused(on, (again) =>
        again.instantiate(
          again.method(again.property(again.root(), "Names"), "Add", ["HERE", "=1"]),
        ),
      ),
    ).toBe("ItemAlreadyExists");
  });
});

describe("tables", () => {
  test("rows are added at the end and in the middle, and deleted", async () => {
    const on = await tableBench();
    const batch = new Batch();
    const rows = batch.property(stock(batch), "Rows");
    batch.instantiate(batch.method(rows, "Add", [null, [["d", 4]]]));
    batch.instantiate(batch.method(rows, "Add", [1, [["x", 9]]]));
    batch.call(batch.method(rows, "GetItemAt", [0]), "Delete");
    const loaded = batch.load(batch.method(stock(batch), "GetDataBodyRange"), "values", "address");
    expect(await on.value(batch, loaded)).toEqual({
      Address: "Sheet1!A2:B5",
      Values: [
        ["x", 9],
        ["b", 2],
        ["c", 3],
        ["d", 4],
      ],
    });
  });

  test("the first row of a table that was made of a header alone is its first row", async () => {
    const on = bench("Sheet1");
    await write(on, "D1:E1", [["A", "B"]]);
    const batch = new Batch();
    const table = batch.method(batch.property(batch.root(), "Tables"), "Add", [
      "Sheet1!D1:E1",
      true,
    ]);
    batch.instantiate(
      batch.method(batch.property(table, "Rows"), "Add", [
        null,
        [
          ["x", 1],
          ["y", 2],
        ],
      ]),
    );
    const loaded = batch.load(batch.method(table, "GetRange"), "address", "values");
    expect(await on.value(batch, loaded)).toEqual({
      Address: "Sheet1!D1:E3",
      Values: [
        ["A", "B"],
        ["x", 1],
        ["y", 2],
      ],
    });
  });

  test("what is written right below becomes part of the table, what is beside it does not", async () => {
    const on = await tableBench();
    await write(on, "A5:B5", [["d", 4]]);
    await write(on, "C6", "note");
    await write(on, "A7", "far");
    expect(on.backend.tables()[0]?.area.rows).toBe(5);
  });

  test("what stands below is moved down when a row comes", async () => {
    const on = await tableBench();
    await write(on, "A6", "below");
    const batch = new Batch();
    const rows = batch.property(stock(batch), "Rows");
    batch.instantiate(
      batch.method(rows, "Add", [
        null,
        [
          ["d", 4],
          ["e", 5],
          ["f", 6],
        ],
      ]),
    );
    await on.run(batch);
    expect(await values(on, "A5:A9")).toEqual([["d"], ["e"], ["f"], [""], ["below"]]);
  });

  test("names are unique and well formed, columns found in any case", async () => {
    const on = await tableBench();
    const other = new Batch();
    const tables = other.property(other.root(), "Tables");
    const second = other.method(tables, "Add", ["Sheet1!D1:E2", false]);
    other.set(second, "Name", "stock");
    expect((await on.run(other)).Error?.Code).toBe("InvalidArgument");
    const batch = new Batch();
    const column = batch.item(batch.property(stock(batch), "Columns"), "qty");
    expect(await on.value(batch, batch.load(column, "values", "index"))).toEqual({
      Id: "2",
      Index: 1,
      Values: [["Qty"], [1], [2], [3]],
    });
  });

  test("a total row comes and goes at the end", async () => {
    const on = await tableBench();
    const batch = new Batch();
    batch.set(stock(batch), "ShowTotals", true);
    const body = batch.load(batch.method(stock(batch), "GetDataBodyRange"), "address");
    expect(await on.value(batch, body)).toEqual({ Address: "Sheet1!A2:B4" });
    expect(await values(on, "A5")).toEqual([["Total"]]);
    const off = new Batch();
    off.set(stock(off), "ShowTotals", false);
    await on.run(off);
    expect(await values(on, "A5")).toEqual([[""]]);
  });
});

describe("conditional formats", () => {
  test("enter at the top, keep their kinds, and are found from any cell they cover", async () => {
    const on = bench("Sheet1");
    const batch = new Batch();
    const formats = batch.property(range(batch, "A1:C9"), "ConditionalFormats");
    const first = batch.method(formats, "Add", ["Custom"]);
    batch.set(batch.property(batch.property(first, "Custom"), "Rule"), "Formula", "=$A1>5");
    const second = batch.method(formats, "Add", ["CellValue"]);
    batch.set(batch.property(second, "CellValue"), "Rule", {
      operator: "LessThan",
      formula1: "=3",
    });
    const items = batch.load(
      batch.property(range(batch, "B5"), "ConditionalFormats"),
      "type",
      "priority",
    );
    expect(await on.value(batch, items)).toMatchObject({
      _Items: [
        { Type: "CellValue", Priority: 0 },
        { Type: "Custom", Priority: 1 },
      ],
    });
    const wrong = new Batch();
    const collection = wrong.property(range(wrong, "B5"), "ConditionalFormats");
    const custom = wrong.method(collection, "GetItemAt", [1]);
    wrong.instantiate(wrong.property(custom, "CellValue"));
    expect((await on.run(wrong)).Error?.Code).toBe("InvalidOperation");
  });

  test("their order can be changed", async () => {
    const on = bench("Sheet1");
    const batch = new Batch();
    const formats = batch.property(range(batch, "A1"), "ConditionalFormats");
    for (const formula of ["=1", "=2", "=3"]) {
      const format = batch.method(formats, "Add", ["Custom"]);
      batch.set(batch.property(batch.property(format, "Custom"), "Rule"), "Formula", formula);
    }
    const top = batch.method(formats, "GetItemAt", [0]);
    batch.set(top, "Priority", 2);
    const order = batch.load(formats, "custom/rule/formula");
    const loaded = (await on.value(batch, order)) as {
      _Items: { Custom: { Rule: { Formula: string } } }[];
    };
    expect(loaded._Items.map((one) => one.Custom.Rule.Formula)).toEqual(["=2", "=1", "=3"]);
  });
});

describe("worksheets", () => {
  test("keep Excel's rules for their names, and the last one stays", async () => {
    const on = bench("Sheet1");
    const rename = (name: string) =>
      refused(on, (batch) =>
        batch.set(batch.item(batch.property(batch.root(), "Worksheets"), "sheet1"), "Name", name),
      );
    expect(await rename("a/b")).toBe("InvalidArgument");
    expect(await rename("x".repeat(32))).toBe("InvalidArgument");
    expect(await rename("SHEET1")).toBeUndefined();
    const sheet = (batch: Batch) =>
      batch.item(batch.property(batch.root(), "Worksheets"), "Sheet1");
    expect(await refused(on, (batch) => batch.call(sheet(batch), "Delete"))).toBe(
      "InvalidOperation",
    );
    expect(await refused(on, (batch) => batch.set(sheet(batch), "Visibility", "Hidden"))).toBe(
      "InvalidOperation",
    );
  });
});

describe("events", () => {
  test("an edit says who made it and what it was; looks are no edits", async () => {
    const on = bench("Sheet1");
    const batch = new Batch();
    const worksheets = batch.property(batch.root(), "Worksheets");
    batch.call(batch.item(worksheets, "Sheet1"), "_RegisterDataChangedEvent");
    batch.call(worksheets, "_RegisterDataChangedEvent");
    batch.set(range(batch, "C3"), "Values", [[9]]);
    batch.set(batch.property(batch.property(range(batch, "C3"), "Format"), "Fill"), "Color", "red");
    await on.run(batch);
    on.backend.write({ sheet: "{sheet-1}", row: 0, column: 0, rows: 1, columns: 1 }, [
      [{ value: "typed" }],
    ]);
    await on.backend.settled();
    expect(on.messages.map(([type, target]) => [type, target])).toEqual([
      [10, "{sheet-1}"],
      [10, "Workbook"],
      [10, "{sheet-1}"],
      [10, "Workbook"],
    ]);
    expect(on.messages[0]?.[2]).toMatchObject({
      type: "WorksheetChanged",
      address: "C3",
      changeType: "RangeEdited",
      triggerSource: "ThisLocalAddin",
      valueBefore: "",
      valueAfter: 9,
      valueTypeBefore: "Empty",
      valueTypeAfter: "Double",
    });
    expect(on.messages[2]?.[2]).toMatchObject({ triggerSource: "Unknown", valueAfter: "typed" });
  });

  test("nobody is told who has not asked, or does not ask any more", async () => {
    const on = bench("Sheet1");
    await write(on, "A1", 1);
    const batch = new Batch();
    const sheet = batch.item(batch.property(batch.root(), "Worksheets"), "Sheet1");
    batch.call(sheet, "_RegisterDataChangedEvent");
    batch.call(sheet, "_UnregisterDataChangedEvent");
    await on.run(batch);
    await write(on, "A1", 2);
    expect(on.messages).toEqual([]);
  });
});

describe("services", () => {
  test("custom functions announce themselves and bring results", async () => {
    const on = bench("Sheet1");
    const batch = new Batch();
    const service = batch.service("Microsoft.ExcelServices.CustomFunctions");
    batch.call(service, "_SetOsfControlContainerReadyForCustomFunctions");
    batch.call(service, "SetInvocationArrayResults", [[1, true, 5, [0]]]);
    await on.run(batch);
    expect(on.functionResults).toEqual(["ready", [1, true, 5, [0]]]);
  });
});
