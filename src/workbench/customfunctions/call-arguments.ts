/**
 * Brings a formula's arguments into the form that functions.json promises the function, as Excel
 * does before it calls: wrong types and errors never reach the function.
 * Not checked in a real Excel: that blank cells of a range arrive as "" (0 where numbers are asked).
 */
import type { FunctionFacts, FunctionParameter } from "./metadata";

/** What a formula engine hands over; a range is rows of such values. */
export type ArgumentValue =
  | { readonly kind: "value"; readonly value: string | number | boolean | null }
  | { readonly kind: "error"; readonly error: string }
  | { readonly kind: "range"; readonly rows: readonly (readonly ArgumentValue[])[] };

export type CallScalar = string | number | boolean | null;
export type CallArgument = CallScalar | readonly (readonly CallScalar[])[];

export type CallArguments =
  | { readonly ok: true; readonly values: readonly (CallArgument | readonly CallArgument[])[] }
  | { readonly ok: false; readonly error: string };

class Refused extends Error {
  readonly excelError: string;
  constructor(excelError: string) {
    super(excelError);
    this.excelError = excelError;
  }
}

function coerce(value: ArgumentValue, type: string): CallScalar {
  if (value.kind === "error") throw new Refused(value.error);
  if (value.kind === "range") throw new Refused("#VALUE!");
  const raw = value.value;
  switch (type) {
    case "number": {
      if (raw === null || typeof raw === "boolean") return Number(raw);
      if (typeof raw === "number") return raw;
      const number = Number(raw);
      if (raw.trim() === "" || Number.isNaN(number)) throw new Refused("#VALUE!");
      return number;
    }
    case "string":
      if (typeof raw === "boolean") return raw ? "TRUE" : "FALSE";
      return raw === null ? "" : String(raw);
    case "boolean":
      if (typeof raw === "boolean") return raw;
      if (typeof raw === "number" || raw === null) return raw !== null && raw !== 0;
      if (/^(true|false)$/i.test(raw)) return raw.toLowerCase() === "true";
      throw new Refused("#VALUE!");
    default:
      return raw ?? "";
  }
}

function one(value: ArgumentValue, parameter: FunctionParameter): CallArgument {
  if (parameter.dimensionality === "matrix") {
    const rows = value.kind === "range" ? value.rows : [[value]];
    return rows.map((row) => row.map((cell) => coerce(cell, parameter.type)));
  }
  if (value.kind !== "range") return coerce(value, parameter.type);
  const first = value.rows[0]?.[0];
  const single = value.rows.length === 1 && value.rows[0]?.length === 1;
  if (!single || first === undefined) throw new Refused("#VALUE!");
  return coerce(first, parameter.type);
}

function isMissing(value: ArgumentValue | undefined): boolean {
  return value === undefined || (value.kind === "value" && value.value === null);
}

/** Repeating parameters arrive as one array; optional ones that were left out as null. */
export function callArguments(
  facts: FunctionFacts,
  given: readonly ArgumentValue[],
): CallArguments {
  const values: (CallArgument | readonly CallArgument[])[] = [];
  try {
    for (const [index, parameter] of facts.parameters.entries()) {
      if (parameter.repeating) {
        values.push(given.slice(index).map((value) => one(value, parameter)));
        return { ok: true, values };
      }
      const value = given[index];
      if (value === undefined && !parameter.optional) return { ok: false, error: "#VALUE!" };
      if (value === undefined || (parameter.optional && isMissing(value))) values.push(null);
      else values.push(one(value, parameter));
    }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, error: error.excelError };
    throw error;
  }
  if (given.length > facts.parameters.length) return { ok: false, error: "#VALUE!" };
  return { ok: true, values };
}
