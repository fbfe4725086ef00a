/**
 * Where units can be. A move names two accounts as text, since entries are read by people too; the
 * fold reads them through `parseAccount`, which works each name out once and not for every move.
 */
import { channelIds, isChannelId, type ChannelId } from "../base/ids";

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
  | { readonly kind: "held" | "committed"; readonly channel: ChannelId };

export const accountPattern = new RegExp(
  `^(external|incoming|available|damaged|shipped|reserved:.{1,100}|(held|committed):(${channelIds.join("|")}))$`,
  "s",
);

const plain: Readonly<Record<string, ParsedAccount>> = {
  external: { kind: "external" },
  incoming: { kind: "incoming" },
  available: { kind: "available" },
  damaged: { kind: "damaged" },
  shipped: { kind: "shipped" },
};

/** One per account and stream ever seen: a handful, and a few hundred in a long-lived book. */
const known = new Map<string, ParsedAccount>(Object.entries(plain));

function parse(account: Account): ParsedAccount {
  const colon = account.indexOf(":");
  const name = account.slice(colon + 1);
  if (account.startsWith("reserved:")) return { kind: "reserved", stream: name };
  if (!isChannelId(name)) throw new Error(`no such account: ${account}`);
  return { kind: account.startsWith("held:") ? "held" : "committed", channel: name };
}

/** Throws for a text that is no account: the schema has let none of those in. */
export function parseAccount(account: Account): ParsedAccount {
  const found = known.get(account);
  if (found !== undefined) return found;
  const parsed = parse(account);
  known.set(account, parsed);
  return parsed;
}

/** Whether units in this account are in the warehouse. */
export function isOnHand(account: ParsedAccount): boolean {
  return account.kind !== "external" && account.kind !== "incoming" && account.kind !== "shipped";
}
