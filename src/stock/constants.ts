/**
 * Every constant that a seller may set, with the seed's value, its unit and its range. What she set
 * is kept in the ledger by name, in the unit she typed it in; what is not there has the seed's value.
 */
import * as v from "valibot";
import { err, ok, type Result } from "../base/result";
import type { Projection } from "./projection";

export type ConstantUnit =
  "times" | "units" | "percent" | "seconds" | "minutes" | "hours" | "days" | "count";
export const constantGroups = ["forecast", "alerts", "reserving", "unpaid", "sync"] as const;
export type ConstantGroup = (typeof constantGroups)[number];

export interface Constant {
  readonly group: ConstantGroup;
  readonly unit: ConstantUnit;
  /** In that unit, like the two ends of what is allowed, both included. */
  readonly seed: number;
  readonly least: number;
  readonly most: number;
}

const of = (
  group: ConstantGroup,
  unit: ConstantUnit,
  seed: number,
  least: number,
  most: number,
): Constant => ({ group, unit, seed, least, most });

export const constants = {
  multiplier: of("forecast", "times", 15, 1, 100),
  planBuffer: of("forecast", "times", 1.2, 1, 5),
  firstTime: of("forecast", "times", 1.2, 1, 5),
  followersSmall: of("forecast", "times", 0.5, 0, 20),
  followersMiddle: of("forecast", "times", 1, 0, 20),
  followersLarge: of("forecast", "times", 1.5, 0, 20),
  followersHuge: of("forecast", "times", 2, 0, 20),
  followersTop: of("forecast", "times", 3, 0, 20),
  followersUnknown: of("forecast", "times", 1, 0, 20),
  coldLow: of("forecast", "percent", 1, 0.01, 100),
  coldHigh: of("forecast", "percent", 2, 0.01, 100),
  creatorAsk: of("forecast", "times", 3, 1, 20),
  yellow: of("alerts", "units", 100, 0, 100_000),
  orange: of("alerts", "units", 50, 0, 100_000),
  red: of("alerts", "units", 20, 0, 100_000),
  yellowShare: of("alerts", "percent", 25, 0, 100),
  orangeShare: of("alerts", "percent", 12, 0, 100),
  redShare: of("alerts", "percent", 5, 0, 100),
  rearmPercent: of("alerts", "percent", 10, 0, 100),
  stockoutTarget: of("alerts", "percent", 5, 0, 100),
  windowBefore: of("reserving", "days", 5, 0, 60),
  windowAfter: of("reserving", "days", 1, 0, 60),
  channelBuffer: of("reserving", "units", 2, 0, 10_000),
  shareGuard: of("reserving", "units", 10, 0, 10_000),
  shareTiktok: of("reserving", "percent", 100, 0, 100),
  shareAmazon: of("reserving", "percent", 100, 0, 100),
  shareShopify: of("reserving", "percent", 100, 0, 100),
  shareEbay: of("reserving", "percent", 100, 0, 100),
  payTiktok: of("unpaid", "minutes", 15, 1, 10_080),
  payAmazon: of("unpaid", "minutes", 30, 1, 10_080),
  payShopify: of("unpaid", "minutes", 60, 1, 10_080),
  payEbay: of("unpaid", "hours", 96, 1, 720),
  unreadable: of("unpaid", "minutes", 5, 1, 1440),
  pollLive: of("sync", "seconds", 0.7, 0.5, 60),
  pollIdle: of("sync", "seconds", 2.5, 0.5, 600),
  backoffMax: of("sync", "seconds", 5, 1, 600),
  firstLook: of("sync", "hours", 24, 1, 720),
  deepLookEvery: of("sync", "minutes", 15, 1, 1440),
  deepLookBack: of("sync", "hours", 48, 1, 720),
  puzzled: of("sync", "seconds", 60, 5, 3600),
  restlessReads: of("sync", "count", 3, 1, 100),
  lagTiktok: of("sync", "seconds", 1, 0, 3600),
  lagAmazon: of("sync", "seconds", 10, 0, 3600),
  lagShopify: of("sync", "seconds", 1, 0, 3600),
  lagEbay: of("sync", "seconds", 3, 0, 3600),
  missRisk: of("sync", "percent", 0.2, 0.01, 50),
  pace: of("sync", "minutes", 5, 0.5, 120),
  writeGuess: of("sync", "seconds", 2, 0.1, 120),
  skewMax: of("sync", "seconds", 120, 1, 3600),
  seenWithin: of("sync", "seconds", 15, 1, 3600),
} as const satisfies Record<string, Constant>;

export type ConstantId = keyof typeof constants;
export const constantIds = Object.keys(constants) as readonly ConstantId[];
/** Those that differ from the seed's. */
export type SetConstants = Readonly<Partial<Record<ConstantId, number>>>;

export type ConstantRefusal =
  | { readonly code: "bad_constant"; readonly id: string }
  /** The first must not be more than the second. */
  | { readonly code: "bad_order"; readonly id: ConstantId; readonly than: ConstantId };

const ascending = [
  ["red", "orange"],
  ["orange", "yellow"],
  ["redShare", "orangeShare"],
  ["orangeShare", "yellowShare"],
  ["coldLow", "coldHigh"],
] as const;

const wholeUnits: readonly ConstantUnit[] = ["units", "count"];

export function isAllowed(id: ConstantId, value: number): boolean {
  const { least, most, unit } = constants[id];
  if (!(value >= least && value <= most)) return false;
  return !wholeUnits.includes(unit) || Number.isInteger(value);
}

export function constantOf(set: SetConstants, id: ConstantId): number {
  return set[id] ?? constants[id].seed;
}

const tableSchema = v.record(v.string(), v.number());

/** Of a wish: what differs from the seed. Refused: bad_constant, then bad_order. */
export function parseConstants(json: unknown): Result<SetConstants, ConstantRefusal> {
  const table = v.safeParse(tableSchema, json);
  if (!table.success) return err({ code: "bad_constant", id: "" });
  const set: Partial<Record<ConstantId, number>> = {};
  for (const [name, value] of Object.entries(table.output)) {
    const id = constantIds.find((each) => each === name);
    if (id === undefined || !isAllowed(id, value)) return err({ code: "bad_constant", id: name });
    if (value !== constants[id].seed) set[id] = value;
  }
  for (const [id, than] of ascending) {
    if (constantOf(set, id) > constantOf(set, than)) return err({ code: "bad_order", id, than });
  }
  return ok(set);
}

/** What the ledger of a newer version may say beside these is left out. */
export function constantsOf({ desk }: Pick<Projection, "desk">): SetConstants {
  const known = constantIds.filter((id) => id in desk.constants);
  return Object.fromEntries(known.map((id) => [id, desk.constants[id]]));
}

export function stockoutTarget({ desk }: Pick<Projection, "desk">): number {
  return (desk.constants["stockoutTarget"] ?? constants.stockoutTarget.seed) / 100;
}
