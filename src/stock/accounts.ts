/**
 * Where units can be. A move names two accounts as text, since entries are read by people too; the
 * fold reads them through `parseAccount`, which works each name out once and not for every move.
 */
import { channelIds, type ChannelId } from "../base/ids";

/**
 * "external" is the world outside (counts, receipts), "incoming" what a supplier has promised; on
 * hand is the sum of available, reserved, held, committed and damaged (invariant I1).
 */
export type Account =
  | "external"
  | "incoming"
  | "available"
  | "damaged"
  | "shipped"
  | `reserved:${string}`
  | `held:${ChannelId}`
  | `committed:${ChannelId}`;

export type ParsedAccount =
  | { readonly kind: "external" | "incoming" | "available" | "damaged" | "shipped" }
  | { readonly kind: "reserved"; readonly stream: string }
  | {
      readonly kind: "held" | "committed";
      readonly channel: ChannelId;
      /** Its place in `channelIds`. */
      readonly place: number;
    };

const accountPattern = new RegExp(
  `^(external|incoming|available|damaged|shipped|reserved:.{1,100}|(held|committed):(${channelIds.join("|")}))$`,
  "s",
);

interface Known {
  /** The one copy of its name: what comes out of JSON is a copy each time, and slow to look up. */
  readonly name: Account;
  readonly parsed: ParsedAccount;
}

const available: Known = { name: "available", parsed: { kind: "available" } };
const shipped: Known = { name: "shipped", parsed: { kind: "shipped" } };

/** One per account and stream ever seen: a handful, and a few hundred in a long-lived book. */
const known = new Map<string, Known>();

function parse(account: Account): ParsedAccount {
  const colon = account.indexOf(":");
  if (colon < 0) return { kind: account as "external" | "incoming" | "damaged" };
  const name = account.slice(colon + 1);
  if (account.startsWith("reserved:")) return { kind: "reserved", stream: name };
  const channel = name as ChannelId;
  const place = channelIds.indexOf(channel);
  return { kind: account.startsWith("held:") ? "held" : "committed", channel, place };
}

function find(account: string): Known | null {
  const found = known.get(account);
  if (found !== undefined) return found;
  if (!accountPattern.test(account)) return null;
  const name = account as Account;
  const made = { name, parsed: parse(name) };
  known.set(name, made);
  return made;
}

known.set(available.name, available);
known.set(shipped.name, shipped);

/** Whether a text from outside names an account. */
export function isAccount(account: string): boolean {
  return find(account) !== null;
}

/** The same name, as the one copy that is quick to look up. For names of accounts only. */
export function ownAccount(account: string): Account {
  return find(account)?.name ?? (account as Account);
}

/** Throws for a text that is no account: the schema has let none of those in. */
export function parseAccount(account: Account): ParsedAccount {
  // Half of all that is asked: units come from the free pool and end up shipped.
  if (account === available.name) return available.parsed;
  if (account === shipped.name) return shipped.parsed;
  const found = find(account);
  if (found === null) throw new Error(`no such account: ${account}`);
  return found.parsed;
}

/** Whether units in this account are in the warehouse. */
export function isOnHand(account: ParsedAccount): boolean {
  return account.kind !== "external" && account.kind !== "incoming" && account.kind !== "shipped";
}
