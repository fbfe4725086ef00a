/**
 * Makes the add-in's custom functions known to Univer's formula engine. The engine calculates in
 * one go and cannot wait: a function gives the value that the add-in answered last, or #BUSY!, and
 * its cells are calculated anew when an answer comes.
 */
import {
  ArrayValueObject,
  type BaseReferenceObject,
  BaseFunction,
  type BaseValueObject,
  BooleanValueObject,
  ERROR_TYPE_SET,
  type ErrorType,
  ErrorValueObject,
  FunctionType,
  type FunctionVariantType,
  IDescriptionService,
  IFunctionService,
  NumberValueObject,
  StringValueObject,
} from "@univerjs/preset-sheets-core";
import { BooleanNumber } from "@univerjs/core";
import { boxName, quoteSheet } from "../backend/area";
import { type ArgumentValue, callArguments } from "../customfunctions/call-arguments";
import type { ResultScalar } from "../customfunctions/call-result";
import type { CallRequest, CallState, CellKey } from "../customfunctions/function-calls";
import type { FunctionFacts, FunctionParameter } from "../customfunctions/metadata";
import type { Grid } from "./grid";

export const BUSY = "#BUSY!";

export interface FunctionHost {
  value(cell: CellKey, request: CallRequest): CallState;
  sheetName(id: string): string;
}

function errorValue(error: string): BaseValueObject {
  return ErrorValueObject.create(error as unknown as ErrorType);
}

function toValueObject(value: ResultScalar): BaseValueObject {
  if (typeof value === "string") return StringValueObject.create(value);
  if (typeof value === "number") return NumberValueObject.create(value);
  if (typeof value === "boolean") return BooleanValueObject.create(value);
  return errorValue(value.error);
}

function toMatrix(rows: readonly (readonly ResultScalar[])[]): BaseValueObject {
  return ArrayValueObject.create({
    calculateValueList: rows.map((row) => row.map(toValueObject)),
    rowCount: rows.length,
    columnCount: rows[0]?.length ?? 0,
    unitId: "",
    sheetId: "",
    row: -1,
    column: -1,
  });
}

function scalarArgument(object: BaseValueObject): ArgumentValue {
  if (object.isError()) return { kind: "error", error: String(object.getValue()) };
  if (object.isNull()) return { kind: "value", value: null };
  return { kind: "value", value: object.getValue() };
}

function toArgument(variant: FunctionVariantType): ArgumentValue {
  const object = variant.isReferenceObject()
    ? (variant as BaseReferenceObject).toArrayValueObject()
    : (variant as BaseValueObject);
  if (!object.isArray()) return scalarArgument(object);
  const rows = (object as ArrayValueObject).getArrayValue();
  return {
    kind: "range",
    rows: rows.map((row) =>
      row.map((cell) => (cell == null ? { kind: "value", value: null } : scalarArgument(cell))),
    ),
  };
}

class AddinFunction extends BaseFunction {
  override needsReferenceObject = true;
  readonly #facts: FunctionFacts;
  readonly #host: FunctionHost;

  constructor(name: string, facts: FunctionFacts, host: FunctionHost) {
    super(name);
    this.#facts = facts;
    this.#host = host;
  }

  override calculate(...variants: FunctionVariantType[]): BaseValueObject {
    const given = callArguments(this.#facts, variants.map(toArgument));
    if (!given.ok) return errorValue(given.error);
    const sheet = this.subUnitId ?? "";
    const options = this.#facts.options;
    const state = this.#host.value(`${sheet}|${this.row}|${this.column}`, {
      facts: this.#facts,
      values: given.values,
      address: options.requiresAddress ? this.#address(sheet, this.row, this.column, 1, 1) : null,
      parameterAddresses: options.requiresParameterAddresses
        ? variants.map((variant) => this.#parameterAddress(variant, sheet))
        : null,
    });
    if (state.kind === "busy") return errorValue(BUSY);
    return state.kind === "scalar" ? toValueObject(state.value) : toMatrix(state.rows);
  }

  #parameterAddress(variant: FunctionVariantType, sheet: string): string {
    if (!variant.isReferenceObject()) return "";
    const reference = variant as BaseReferenceObject;
    const range = reference.getRangePosition();
    return this.#address(
      reference.getForcedSheetId() || sheet,
      range.startRow,
      range.startColumn,
      range.endRow - range.startRow + 1,
      range.endColumn - range.startColumn + 1,
    );
  }

  #address(sheet: string, row: number, column: number, rows: number, columns: number): string {
    const name = this.#host.sheetName(sheet);
    return `${quoteSheet(name)}!${boxName({ row, column, rows, columns })}`;
  }
}

/** What the grid shows beside a parameter while a formula is typed. */
function exampleOf(parameter: FunctionParameter): string {
  if (parameter.dimensionality === "matrix") return "A1:A30";
  return { number: "100", boolean: "TRUE", string: '"text"' }[parameter.type] ?? "A1";
}

/** @param namespace as in the manifest: cells call NAMESPACE.NAME */
export function registerFunctions(
  grid: Grid,
  namespace: string,
  functions: readonly FunctionFacts[],
  host: FunctionHost,
): void {
  ERROR_TYPE_SET.add(BUSY as unknown as ErrorType);
  const executors = grid.injector.get(IFunctionService);
  const descriptions = grid.injector.get(IDescriptionService);
  const named = functions.map((facts) => ({
    facts,
    name: `${namespace}.${facts.name}`.toUpperCase(),
  }));
  executors.registerExecutors(
    ...named.map(({ facts, name }) => new AddinFunction(name, facts, host)),
  );
  descriptions.registerDescriptions(
    named.map(({ facts, name }) => ({
      functionName: name,
      functionType: FunctionType.User,
      description: facts.description,
      abstract: facts.description,
      functionParameter: facts.parameters.map((parameter) => ({
        name: parameter.name,
        detail: parameter.description,
        example: exampleOf(parameter),
        require: parameter.optional ? BooleanNumber.FALSE : BooleanNumber.TRUE,
        repeat: parameter.repeating ? BooleanNumber.TRUE : BooleanNumber.FALSE,
      })),
    })),
  );
}
