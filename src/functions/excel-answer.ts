/** An answer in the form Excel takes: errors become errors of the custom functions runtime. */
import { isCellError, type Answer, type Block, type CellError, type CellValue } from "./cell-value";

function excelError({ error, message }: CellError): CustomFunctions.Error {
  const { ErrorCode } = CustomFunctions;
  switch (error) {
    case "#N/A":
      return new CustomFunctions.Error(ErrorCode.notAvailable, message);
    case "#VALUE!":
      return new CustomFunctions.Error(ErrorCode.invalidValue, message);
    case "#NUM!":
      return new CustomFunctions.Error(ErrorCode.invalidNumber);
  }
}

type ExcelValue = number | string | boolean | CustomFunctions.Error;

function excelValue(value: CellValue): ExcelValue {
  return isCellError(value) ? excelError(value) : value;
}

/**
 * For a stream's `setResult`. A block goes over as a block; one error alone stands for the whole, since
 * older Excels show an error within a block as #VALUE! in all of it.
 */
export function toExcel(answer: Answer): ExcelValue | ExcelValue[][] {
  if (!Array.isArray(answer)) return excelValue(answer as CellValue);
  const block = answer as Block;
  return block.map((row) => row.map(excelValue));
}

/** For a function that answers once: an error is thrown, as Excel wants it. */
export function answered(answer: Answer): ExcelValue | ExcelValue[][] {
  const value = toExcel(answer);
  if (value instanceof CustomFunctions.Error) throw value;
  return value;
}
