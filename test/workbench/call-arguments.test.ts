import { describe, expect, test } from "@jest/globals";
import {
  type ArgumentValue,
  callArguments,
} from "../../src/workbench/customfunctions/call-arguments";
import { type FunctionFacts, parseFunctions } from "../../src/workbench/customfunctions/metadata";

function facts(parameters: readonly object[]): FunctionFacts {
  const [found] = parseFunctions({ functions: [{ id: "F", name: "F", parameters }] });
  if (found === undefined) throw new Error("no function");
  return found;
}

const value = (one: string | number | boolean | null): ArgumentValue => ({
  kind: "value",
  value: one,
});
const range = (...rows: (string | number | null)[][]): ArgumentValue => ({
  kind: "range",
  rows: rows.map((row) => row.map(value)),
});

describe("arguments of a custom function", () => {
  test("take the type that functions.json promises", () => {
    const typed = facts([
      { name: "n", type: "number" },
      { name: "s", type: "string" },
      { name: "b", type: "boolean" },
      { name: "a" },
    ]);
    expect(callArguments(typed, [value("12"), value(5), value(0), value(true)])).toEqual({
      ok: true,
      values: [12, "5", false, true],
    });
    expect(callArguments(typed, [value("x"), value(5), value(0), value(1)])).toEqual({
      ok: false,
      error: "#VALUE!",
    });
  });

  test("an error among them is the cell's error, and the function is not asked", () => {
    const one = facts([{ name: "n", type: "number", dimensionality: "matrix" }]);
    const withError: ArgumentValue = {
      kind: "range",
      rows: [[value(1), { kind: "error", error: "#REF!" }]],
    };
    expect(callArguments(one, [withError])).toEqual({ ok: false, error: "#REF!" });
  });

  test("left-out optional ones are null, left-out required ones are #VALUE!", () => {
    const optional = facts([{ name: "a" }, { name: "b", type: "number", optional: true }]);
    expect(callArguments(optional, [value(1)])).toEqual({ ok: true, values: [1, null] });
    expect(callArguments(optional, [value(1), value(null)])).toEqual({
      ok: true,
      values: [1, null],
    });
    expect(callArguments(optional, [])).toEqual({ ok: false, error: "#VALUE!" });
    expect(callArguments(optional, [value(1), value(2), value(3)])).toEqual({
      ok: false,
      error: "#VALUE!",
    });
  });

  test("a matrix takes a range or one cell; a scalar takes no range", () => {
    const both = facts([{ name: "m", type: "number", dimensionality: "matrix" }, { name: "s" }]);
    expect(callArguments(both, [range([1, null], ["3", 4]), range(["only"])])).toEqual({
      ok: true,
      values: [
        [
          [1, 0],
          [3, 4],
        ],
        "only",
      ],
    });
    expect(callArguments(both, [value(7), range(["a", "b"])])).toEqual({
      ok: false,
      error: "#VALUE!",
    });
  });

  test("repeating ones arrive together", () => {
    const repeating = facts([{ name: "a" }, { name: "more", type: "number", repeating: true }]);
    expect(callArguments(repeating, [value("x"), value(1), value(2)])).toEqual({
      ok: true,
      values: ["x", [1, 2]],
    });
  });
});
