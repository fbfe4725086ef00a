/** Values of the wire, and how a plain one becomes what a member asks for: else InvalidArgument. */
import { HostError, invalidArgument } from "./host-error";

/** JSON of the wire. Host objects never travel; they are named by object paths. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

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
