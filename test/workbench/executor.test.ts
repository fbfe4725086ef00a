/** The wire format of rich-API batches, on the workbook in memory. */
import { describe, expect, jest, test } from "@jest/globals";
import { Batch, bench } from "./batch";

function sheetAndRange(batch: Batch, address: string) {
  const worksheets = batch.property(batch.root(), "Worksheets");
  const sheet = batch.method(worksheets, "GetActiveWorksheet");
  return { worksheets, sheet, range: batch.method(sheet, "GetRange", [address]) };
}

describe("a batch", () => {
  test("writes, keeps a reference and loads, as Excel.run has it done", async () => {
    const { run, value } = bench("Sheet1");
    const batch = new Batch();
    const { range } = sheetAndRange(batch, "A1:B2");
    batch.instantiate(range);
    batch.call(range, "_KeepReference");
    const again = batch.instantiate(range);
    batch.set(range, "Values", [
      [1, 2],
      ["x", true],
    ]);
    const loaded = batch.load(range, "values", "address");
    const answer = await run(batch);
    const results = Object.fromEntries(
      answer.Results.map((one) => [one.ActionId, one.Value as unknown]),
    );
    expect(results[again]).toEqual({ _ReferenceId: "ref-1" });
    expect(results[loaded]).toEqual({
      _ReferenceId: "ref-1",
      Values: [
        [1, 2],
        ["x", true],
      ],
      Address: "Sheet1!A1:B2",
    });

    const later = new Batch();
    expect(await value(later, later.load(later.reference("ref-1"), "cellCount"))).toMatchObject({
      CellCount: 4,
    });
    const last = new Batch();
    last.call(last.root(), "_RemoveReference", "ref-1");
    await run(last);
    const gone = new Batch();
    gone.load(gone.reference("ref-1"), "values");
    expect((await run(gone)).Error).toMatchObject({ Code: "InvalidReference" });
  });

  test("answers every action, a trace too", async () => {
    const { run } = bench("Sheet1");
    const batch = new Batch();
    const root = batch.root();
    batch.instantiate(root);
    batch.trace();
    batch.call(root, "_RemoveReference", "never kept");
    expect((await run(batch)).Results).toHaveLength(3);
  });

  test("a method on the way to an object runs once, however often the path is used", async () => {
    const { backend, run } = bench("Sheet1");
    const batch = new Batch();
    const added = batch.method(batch.property(batch.root(), "Worksheets"), "Add", ["New"]);
    batch.instantiate(added);
    batch.load(added, "name");
    batch.load(added, "id");
    await run(batch);
    expect(backend.sheets().map((sheet) => sheet.name)).toEqual(["Sheet1", "New"]);
  });

  test("a live object is {} or its id, a null object is null, and so is what hangs on it", async () => {
    const { run } = bench("Sheet1");
    const batch = new Batch();
    const { worksheets, sheet, range } = sheetAndRange(batch, "A1");
    const missing = batch.method(worksheets, "GetItemOrNullObject", ["Nope"]);
    const ids = [
      batch.instantiate(worksheets),
      batch.instantiate(sheet),
      batch.instantiate(range),
      batch.instantiate(missing),
      batch.instantiate(batch.method(missing, "GetRange", ["A1"])),
      batch.load(missing, "name"),
      batch.call(missing, "GetCount"),
    ];
    const { Results } = await run(batch);
    expect(ids.map((id) => Results.find((one) => one.ActionId === id)?.Value)).toEqual([
      {},
      { Id: "{sheet-1}" },
      {},
      null,
      null,
      null,
      { _IsNull: true },
    ]);
  });

  test("collections answer items with their ids, their own scalars beside them", async () => {
    const { backend, value } = bench("Plan", "Live");
    backend.putTable({
      id: "{t}",
      name: "Stock",
      area: { sheet: "{sheet-1}", row: 0, column: 0, rows: 3, columns: 2 },
      showHeaders: true,
      showTotals: false,
      style: "",
      columnIds: [1, 2],
    });
    const sheets = new Batch();
    expect(
      await value(
        sheets,
        sheets.load(sheets.property(sheets.root(), "Worksheets"), "name", "tables/items/name"),
      ),
    ).toEqual({
      _Items: [
        { Id: "{sheet-1}", Name: "Plan", Tables: { _Items: [{ Id: "{t}", Name: "Stock" }] } },
        { Id: "{sheet-2}", Name: "Live", Tables: { _Items: [] } },
      ],
    });
    const tables = new Batch();
    expect(
      await value(
        tables,
        tables.load(tables.property(tables.root(), "Tables"), "items/name", "count"),
      ),
    ).toEqual({ Count: 1, _Items: [{ Id: "{t}", Name: "Stock" }] });
  });

  test("nested members load through their objects; nothing named means all scalars", async () => {
    const { value } = bench("Sheet1");
    const nested = new Batch();
    const { range } = sheetAndRange(nested, "A1");
    expect(
      await value(
        nested,
        nested.load(range, "format/font/bold", "format/fill/color", "worksheet/name"),
      ),
    ).toEqual({
      Format: { Font: { Bold: false }, Fill: { Color: "#FFFFFF" } },
      Worksheet: { Id: "{sheet-1}", Name: "Sheet1" },
    });
    const all = new Batch();
    const loaded = (await value(all, all.load(sheetAndRange(all, "B2").range))) as Record<
      string,
      unknown
    >;
    expect(loaded).toMatchObject({
      Address: "Sheet1!B2",
      RowIndex: 1,
      Values: [[""]],
      Text: [[""]],
    });
  });

  test("stops at a refusal and says which action and member it was", async () => {
    const { run } = bench("Sheet1");
    const batch = new Batch();
    const { worksheets } = sheetAndRange(batch, "A1");
    batch.instantiate(worksheets);
    batch.instantiate(batch.item(worksheets, "Nope"));
    batch.instantiate(worksheets);
    const answer = await run(batch);
    expect(answer.Results).toHaveLength(1);
    expect(answer.Error).toMatchObject({
      Code: "ItemNotFound",
      ActionIndex: 1,
      Location: "WorksheetCollection.getItem",
    });
  });

  test("a member that is not played is ApiNotFound and loud, whatever kind of member it is", async () => {
    const error = jest.spyOn(console, "error").mockImplementation(() => undefined);
    const { run } = bench("Sheet1");
    const kinds: [string, (batch: Batch) => void][] = [
      ["Range.hidden", (batch) => batch.load(sheetAndRange(batch, "A1").range, "hidden")],
      [
        "Range.Sort",
        (batch) => batch.load(batch.property(sheetAndRange(batch, "A1").range, "Sort")),
      ],
      ["Range.FlashFill", (batch) => batch.call(sheetAndRange(batch, "A1").range, "FlashFill")],
      [
        "Worksheet.StandardWidth",
        (batch) => batch.set(sheetAndRange(batch, "A1").sheet, "StandardWidth", 9),
      ],
      ["Microsoft.Unknown", (batch) => batch.instantiate(batch.service("Microsoft.Unknown"))],
    ];
    for (const [location, act] of kinds) {
      const batch = new Batch();
      act(batch);
      expect((await run(batch)).Error).toMatchObject({ Code: "ApiNotFound", Location: location });
      expect(error).toHaveBeenLastCalledWith(expect.stringContaining(location));
    }
    error.mockRestore();
  });

  test("a new page has none of the references and registrations of the old one", async () => {
    const { backend, host, messages, run } = bench("Sheet1");
    const batch = new Batch();
    const { sheet, range } = sheetAndRange(batch, "A1");
    batch.call(range, "_KeepReference");
    batch.call(sheet, "_RegisterDataChangedEvent");
    await run(batch);
    const area = { sheet: "{sheet-1}", row: 0, column: 0, rows: 1, columns: 1 };
    backend.write(area, [[{ value: 1 }]]);
    await backend.settled();
    expect(messages).toHaveLength(1);
    host.reset();
    backend.write(area, [[{ value: 2 }]]);
    await backend.settled();
    expect(messages).toHaveLength(1);
    const later = new Batch();
    later.load(later.reference("ref-1"), "values");
    expect((await run(later)).Error).toMatchObject({ Code: "InvalidReference" });
  });

  test("batches run one after the other, and a broken one does not stop the next", async () => {
    const { backend, host, value } = bench("Sheet1");
    const order: string[] = [];
    let release: () => void = () => undefined;
    backend.settled = () =>
      new Promise((resolve) => {
        release = resolve;
      });
    const slow = new Batch();
    slow.load(sheetAndRange(slow, "A1").range, "values");
    const first = host.run(slow.body).then(() => order.push("first"));
    const second = host.run("no json").catch(() => order.push("second"));
    await Promise.resolve();
    expect(order).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 0));
    release();
    await Promise.all([first, second]);
    expect(order).toEqual(["first", "second"]);
    backend.settled = () => Promise.resolve();
    const third = new Batch();
    expect(await value(third, third.load(sheetAndRange(third, "A1").range, "rowCount"))).toEqual({
      RowCount: 1,
    });
  });
});
