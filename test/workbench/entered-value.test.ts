import { describe, expect, test } from "@jest/globals";
import { enteredText } from "../../src/workbench/backend/entered-value";

const enter = (text: string, format = "General") => enteredText(text, format, 2026);

describe("what becomes of a text that is put into a cell", () => {
  test("numbers in their forms become numbers, with the format that goes with them", () => {
    expect(enter("12")).toEqual({ entry: { value: 12 }, format: null });
    expect(enter(" -1.5 ")).toEqual({ entry: { value: -1.5 }, format: null });
    expect(enter("00123")).toEqual({ entry: { value: 123 }, format: null });
    expect(enter("1,234,567")).toEqual({ entry: { value: 1_234_567 }, format: "#,##0" });
    expect(enter("12%")).toEqual({ entry: { value: 0.12 }, format: "0%" });
    expect(enter("1E5")).toEqual({ entry: { value: 100_000 }, format: "0.00E+00" });
  });

  test("SKUs that look like dates become dates, as Excel ruins them", () => {
    expect(enter("MAR-1")).toEqual({ entry: { value: 46_082 }, format: "d-mmm" });
    expect(enter("SEPT2")).toEqual({ entry: { value: 46_267 }, format: "d-mmm" });
    expect(enter("3-1")).toEqual({ entry: { value: 46_082 }, format: "d-mmm" });
    expect(enter("2026-01-01")).toEqual({ entry: { value: 46_023 }, format: "m/d/yyyy" });
    expect(enter("12:30")).toEqual({ entry: { value: 0.520_833_333_333_333_4 }, format: "h:mm" });
    expect(enter("2026-01-01 06:00")).toEqual({
      entry: { value: 46_023.25 },
      format: "m/d/yyyy h:mm",
    });
  });

  test("an apostrophe or a text cell keeps every text as it is", () => {
    expect(enter("'00123")).toEqual({ entry: { value: "00123" }, format: null });
    for (const text of ["00123", "MAR-1", "=1+1", "TRUE", "#N/A", "12:30"]) {
      expect(enter(text, "@")).toEqual({ entry: { value: text }, format: null });
    }
  });

  test("formulas, truth values and errors are what they say", () => {
    expect(enter("=A1")).toEqual({ entry: { formula: "=A1" }, format: null });
    expect(enter("true")).toEqual({ entry: { value: true }, format: null });
    expect(enter("#n/a")).toEqual({ entry: { value: { error: "#N/A" } }, format: null });
    expect(enter("")).toEqual({ entry: { value: null }, format: null });
    expect(enter("=")).toEqual({ entry: { value: "=" }, format: null });
  });

  test("what is no date stays a text", () => {
    for (const text of ["13-32", "2026-02-30", "ABC-1", "A-100", "25:00", "1/2/3/4"]) {
      expect(enter(text).entry).toEqual({ value: text });
    }
  });
});
