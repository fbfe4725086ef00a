import { beforeEach, describe, expect, test } from "@jest/globals";
import { FunctionCalls } from "../../src/workbench/customfunctions/function-calls";
import { parseFunctions } from "../../src/workbench/customfunctions/metadata";

const [plain, stream] = parseFunctions({
  functions: [
    { id: "PLAIN", name: "PLAIN" },
    { id: "TICK", name: "TICK", options: { stream: true } },
  ],
});
if (plain === undefined || stream === undefined) throw new Error("no functions");

describe("calls of the add-in's functions", () => {
  /** [type, content] of what was sent to the page. */
  let sent: [number, unknown][];
  let changed: string[];
  let due: (() => void)[];
  let calls: FunctionCalls;

  const soon = () => {
    for (const action of due.splice(0)) action();
  };
  const ask = (cell: string, facts: NonNullable<typeof plain>, ...values: unknown[]) =>
    calls.value(cell, { facts, values, address: null, parameterAddresses: null });
  /** One calculation in which the cells ask what they ask. */
  const calculate = (asks: Record<string, () => unknown>, alive = true) => {
    for (const one of Object.values(asks)) one();
    calls.calculated(Object.keys(asks), () => alive);
    soon();
  };
  const invocations = () =>
    sent.filter(([type]) => type === 1000).map(([, content]) => content as unknown[]);
  const cancelled = () => sent.filter(([type]) => type === 1001).map(([, content]) => content);

  beforeEach(() => {
    sent = [];
    changed = [];
    due = [];
    calls = new FunctionCalls({
      send: (entries) => {
        for (const entry of entries as [number, number, string, string][]) {
          sent.push([entry[1], JSON.parse(entry[3])]);
        }
      },
      changed: (cells) => changed.push(...cells),
      soon: (action) => due.push(action),
    });
  });

  test("wait for the runtime, then go out together, with their flags", () => {
    calculate({ "s|0|0": () => ask("s|0|0", plain, 1), "s|1|0": () => ask("s|1|0", stream, "x") });
    expect(sent).toEqual([]);
    calls.start();
    soon();
    expect(invocations()).toEqual([
      [1, "PLAIN", [1], null, 0],
      [2, "TICK", ["x"], null, 3],
    ]);
  });

  test("the same call from many cells is one, and its result reaches them all", () => {
    calls.start();
    calculate({ a: () => ask("a", stream, 1), b: () => ask("b", stream, 1) });
    expect(invocations()).toHaveLength(1);
    calls.results([[1, true, 7, [0]]]);
    expect(changed).toEqual(["a", "b"]);
    expect(ask("a", stream, 1)).toEqual({ kind: "scalar", value: 7 });
  });

  test("a cell shows busy until the first result, then errors by their codes", () => {
    calls.start();
    calculate({ a: () => ask("a", plain, 1), b: () => ask("b", plain, 2) });
    expect(ask("a", plain, 1)).toEqual({ kind: "busy" });
    calls.results([
      [1, false, "no data", 1, [0]],
      [2, true, { valueType: "CustomFunctionError", basicValue: "#REF!" }, [0]],
    ]);
    expect(ask("a", plain, 1)).toEqual({
      kind: "scalar",
      value: { error: "#N/A", message: "no data" },
    });
    expect(ask("b", plain, 2)).toEqual({ kind: "scalar", value: { error: "#REF!" } });
  });

  test("the same value again changes nothing", () => {
    calls.start();
    calculate({ a: () => ask("a", stream, 1) });
    calls.results([[1, true, 7, [0]]]);
    calls.results([[1, true, 7, [0]]]);
    expect(changed).toEqual(["a"]);
  });

  test("other arguments cancel the old stream, but not while another cell holds it", () => {
    calls.start();
    calculate({ a: () => ask("a", stream, 1), b: () => ask("b", stream, 1) });
    calculate({ a: () => ask("a", stream, 2) });
    expect(cancelled()).toEqual([]);
    calculate({ b: () => undefined });
    expect(cancelled()).toEqual([{ invocationId: 1 }]);
    calls.results([[1, true, 9, [0]]]);
    expect(changed).toEqual([]);
  });

  test("a removed cell cancels its stream", () => {
    calls.start();
    calculate({ a: () => ask("a", stream, 1) });
    calls.calculated([], (cell) => cell !== "a");
    soon();
    expect(cancelled()).toEqual([{ invocationId: 1 }]);
  });

  test("a formula entered anew asks again; a mere recalculation does not", () => {
    calls.start();
    calculate({ a: () => ask("a", plain, 1) });
    calls.results([[1, true, 5, [0]]]);
    calculate({ a: () => ask("a", plain, 1) });
    expect(invocations()).toHaveLength(1);
    calls.reentered("a");
    soon();
    expect(invocations()).toHaveLength(2);
    expect(ask("a", plain, 1)).toEqual({ kind: "scalar", value: 5 });
  });

  test("a reloaded page is asked everything anew, and cells keep their values till it answers", () => {
    calls.start();
    calculate({ a: () => ask("a", stream, 1) });
    calls.results([[1, true, 5, [0]]]);
    calls.reset();
    calls.results([[1, true, 6, [0]]]);
    expect(ask("a", stream, 1)).toEqual({ kind: "scalar", value: 5 });
    calls.start();
    soon();
    expect(invocations().map(([id]) => id)).toEqual([1, 2]);
    calls.results([[2, true, 1, [0]]]);
    expect(ask("a", stream, 1)).toEqual({ kind: "scalar", value: 1 });
  });

  test("blocks of values keep their shape", () => {
    calls.start();
    calculate({ a: () => ask("a", plain, 1) });
    calls.results([[1, true, [[1, "x"], [null]], [0]]]);
    expect(ask("a", plain, 1)).toEqual({
      kind: "matrix",
      rows: [
        [1, "x"],
        [0, { error: "#N/A" }],
      ],
    });
  });
});
