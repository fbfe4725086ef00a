/** STREAM.WHATIF: the plan beside the same plan under other constants, a row for each change. */
import { err, ok, type Result } from "../base/result";
import { coverage, type ForecastInput } from "../forecast/forecast";
import { noOptions, parseOptions, type ForecastOptions } from "../forecast/options";
import { isBlank, rangeOf, textOf } from "./arguments";
import { forecastError } from "./cell-error";
import { isCellError, type Block, type CellError, type CellValue } from "./cell-value";
import { forecastInput, planned, type DailySales, type ForecastArguments } from "./forecast-cell";
import type { Words } from "./words";

/** What is tried when nobody says what: the seed's own ranges (requirements 5, 12, 25 and 31). */
const usual = ["multiplier=7", "multiplier=20", "buffer=1", "buffer=1.5", "first=1"];
const CHANGES_MAX = 200;

/** Each range cell is one change, written as the options of FORECAST_LIVE are. */
function changesOf(argument: unknown): readonly string[] {
  const texts = rangeOf(argument)
    .flat()
    .filter((cell) => !isBlank(cell))
    .map(textOf)
    .slice(0, CHANGES_MAX);
  return texts.length === 0 ? usual : texts;
}

function optionsOf(text: string, words: Words): ForecastOptions | CellError {
  const options = parseOptions(text);
  return options.ok ? options.value : forecastError(options.error, words.shared);
}

/** `options` of the cells: the changes, one a cell. */
export async function whatIf(
  cells: ForecastArguments,
  dailySales: DailySales,
  words: Words,
): Promise<Result<Block, CellError>> {
  const input = await forecastInput({ ...cells, options: null }, dailySales, words);
  if (!input.ok) return input;
  const before = planned({ ...input.value, options: noOptions }, words);
  if (!before.ok) return before;
  const lasts = (units: number): number => coverage(before.value, units);
  const row = (text: string): readonly CellValue[] => {
    const options = optionsOf(text, words);
    if ("error" in options) return [text, options, options, options];
    const after = planned({ ...input.value, options } satisfies ForecastInput, words);
    if (!after.ok) return [text, after.error, after.error, after.error];
    const { units } = after.value;
    return [text, units, units - before.value.units, lasts(units)];
  };
  const { cell } = words;
  const rows = changesOf(cells.options).map(row);
  const alone = rows.length === 1 ? rows[0]?.[1] : undefined;
  // One change that cannot be read: the error says so, with its message, instead of a block of them.
  if (alone !== undefined && isCellError(alone)) return err(alone);
  return ok([
    [cell.change, cell.planned, cell.difference, cell.lastsIn],
    [cell.asItIs, before.value.units, 0, lasts(before.value.units)],
    ...rows,
  ]);
}
