/** The arguments of a call: checked as they are taken, an ill-formed one is InvalidArgument. */
import { HostError, invalidArgument } from "./host-error";
import type { HostObject, Json } from "./host-object";

export class Args {
  readonly #values: readonly (Json | HostObject)[];
  readonly #isObject: (value: Json | HostObject) => value is HostObject;

  constructor(
    values: readonly (Json | HostObject)[],
    isObject: (value: Json | HostObject) => value is HostObject,
  ) {
    this.#values = values;
    this.#isObject = isObject;
  }

  json(index: number): Json {
    const value = this.#values[index] ?? null;
    if (this.#isObject(value)) throw invalidArgument();
    return value;
  }

  /** The object named by the argument, or null when the argument is plain JSON. */
  object(index: number): HostObject | null {
    const value = this.#values[index] ?? null;
    return this.#isObject(value) ? value : null;
  }

  text(index: number): string {
    const value = this.json(index);
    if (typeof value !== "string") throw invalidArgument();
    return value;
  }

  optionalText(index: number): string | null {
    return this.json(index) === null ? null : this.text(index);
  }

  integer(index: number): number {
    const value = this.json(index);
    if (typeof value !== "number" || !Number.isInteger(value)) throw invalidArgument();
    return value;
  }

  optionalInteger(index: number, otherwise: number): number {
    return this.json(index) === null ? otherwise : this.integer(index);
  }

  flag(index: number): boolean {
    const value = this.json(index);
    if (value !== null && typeof value !== "boolean") throw invalidArgument();
    return value === true;
  }

  oneOf<T extends string>(index: number, choices: readonly T[], otherwise: T): T {
    const value = this.optionalText(index);
    if (value === null) return otherwise;
    return oneOf(value, choices);
  }
}

export function oneOf<T extends string>(value: Json, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw invalidArgument();
  return found;
}

export function asText(value: Json): string {
  if (typeof value !== "string") throw invalidArgument();
  return value;
}

export function asNumber(value: Json): number {
  if (typeof value !== "number" || !Number.isFinite(value)) throw invalidArgument();
  return value;
}

export function asFlag(value: Json): boolean {
  if (typeof value !== "boolean") throw invalidArgument();
  return value;
}

/** "#RRGGBB" in upper case, from what Excel takes: with or without "#", and a few names. */
export function asColor(value: Json): string {
  const text = asText(value).trim();
  const named: Readonly<Record<string, string>> = {
    black: "#000000",
    white: "#FFFFFF",
    red: "#FF0000",
    green: "#008000",
    blue: "#0000FF",
    yellow: "#FFFF00",
    orange: "#FFA500",
    gray: "#808080",
  };
  const color = named[text.toLowerCase()] ?? (text.startsWith("#") ? text : `#${text}`);
  if (!/^#[0-9a-f]{6}$/i.test(color)) throw new HostError("InvalidArgument");
  return color.toUpperCase();
}
