/** What an add-in's function answers, as the protocol carries it, made into what a cell shows. */
export type ResultScalar = string | number | boolean | CallError;

export interface CallError {
  readonly error: string;
  /** What the function says about it, where Excel shows it: beside #VALUE! and #N/A alone. */
  readonly message?: string;
}

const told: ReadonlySet<string> = new Set(["#VALUE!", "#N/A"]);

function failure(error: string, message: unknown): CallError {
  const isTold = typeof message === "string" && message !== "" && told.has(error);
  return isTold ? { error, message } : { error };
}

export type CallResult =
  | { readonly kind: "scalar"; readonly value: ResultScalar }
  | { readonly kind: "matrix"; readonly rows: readonly (readonly ResultScalar[])[] };

/** workbench.md 3: 2 is an exception, 3 a rejected promise; Excel shows #VALUE! for both. */
const errorsByCode: Readonly<Record<number, string>> = {
  1: "#N/A",
  5: "#DIV/0!",
  6: "#NUM!",
  7: "#VALUE!",
  8: "#NULL!",
  9: "#NAME?",
  10: "#NAME?",
};

function readScalar(value: unknown): ResultScalar {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : { error: "#NUM!" };
  if (value === null || value === undefined) return 0;
  if (typeof value === "object" && "basicValue" in value) {
    const kind = "valueType" in value ? value.valueType : "type" in value ? value.type : "";
    const basic = value.basicValue;
    if (kind === "CustomFunctionError" || kind === "Error") {
      return failure(String(basic), "message" in value ? value.message : null);
    }
    return readScalar(basic);
  }
  return { error: "#VALUE!" };
}

/** @param code only when the call failed */
export function readResult(ok: boolean, value: unknown, code: unknown): CallResult {
  if (!ok) {
    const error = typeof code === "number" ? errorsByCode[code] : undefined;
    // A plain exception's own words stay in the page, as in Excel.
    return { kind: "scalar", value: failure(error ?? "#VALUE!", error === undefined ? "" : value) };
  }
  if (!Array.isArray(value)) return { kind: "scalar", value: readScalar(value) };
  const rows = value.map((row: unknown) =>
    Array.isArray(row) ? row.map(readScalar) : [readScalar(row)],
  );
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width === 0) return { kind: "scalar", value: { error: "#VALUE!" } };
  return {
    kind: "matrix",
    rows: rows.map((row) => Array.from({ length: width }, (_, i) => row[i] ?? { error: "#N/A" })),
  };
}
