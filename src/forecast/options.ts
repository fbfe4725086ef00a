import { ok, type Result } from "../base/result";
import { type ForecastRefusal, refuse } from "./refusal";

/**
 * Settings of one cell, written as text: "first=1;multiplier=20;buffer=1.3;coefficient=2;cold=0.02".
 * The text is in the formula and travels with it, so keys are never translated.
 */
export interface ForecastOptions {
  /** First stream with this creator (requirement 31). */
  readonly first: boolean;
  /** Times a usual day; null = the setting. */
  readonly multiplier: number | null;
  readonly buffer: number | null;
  /** In place of the follower table, for the coming stream only. */
  readonly coefficient: number | null;
  /** Share of the followers stocked while nothing was sold yet. */
  readonly cold: number | null;
}

export const noOptions: ForecastOptions = {
  first: false,
  multiplier: null,
  buffer: null,
  coefficient: null,
  cold: null,
};

/** Inclusive ranges. Wide enough for every seller, narrow enough to catch 1200 typed for 1.2. */
const ranges = {
  first: [0, 1],
  multiplier: [0.1, 1000],
  buffer: [0.1, 10],
  coefficient: [0.01, 100],
  cold: [0.0001, 1],
} as const satisfies Record<keyof ForecastOptions, readonly [number, number]>;

function isOption(key: string): key is keyof ForecastOptions {
  return Object.hasOwn(ranges, key);
}

function readNumber(text: string): number {
  if (text === "true" || text === "yes") return 1;
  if (text === "false" || text === "no") return 0;
  return /^\d*\.?\d+%?$/.test(text) ? parseFloat(text) / (text.endsWith("%") ? 100 : 1) : NaN;
}

/** Blank text means no options. Unknown keys are refused: a mistyped option must not be silent. */
export function parseOptions(
  text: string | null | undefined,
): Result<ForecastOptions, ForecastRefusal> {
  const found = new Map<keyof ForecastOptions, number>();
  // NFKC: a Chinese keyboard writes "；" and "＝" where this grammar has ";" and "=".
  const plain = (text ?? "").normalize("NFKC").toLowerCase();
  for (const part of plain.split(/[;\n]/)) {
    if (part.trim() === "") continue;
    const [key = "", value = "", ...rest] = part.split("=").map((side) => side.trim());
    if (!isOption(key)) return refuse("option_unknown", key);
    const number = readNumber(value);
    if (rest.length > 0 || Number.isNaN(number)) return refuse("option_unreadable", part.trim());
    if (found.has(key)) return refuse("option_twice", key);
    const [low, high] = ranges[key];
    if (number < low || number > high) return refuse("option_out_of_range", part.trim());
    if (key === "first" && !Number.isInteger(number)) {
      return refuse("option_out_of_range", part.trim());
    }
    found.set(key, number);
  }
  return ok({
    first: found.get("first") === 1,
    multiplier: found.get("multiplier") ?? null,
    buffer: found.get("buffer") ?? null,
    coefficient: found.get("coefficient") ?? null,
    cold: found.get("cold") ?? null,
  });
}
