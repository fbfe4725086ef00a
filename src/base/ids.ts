import { err, ok, type Result } from "./result";

/** The sales channels the product knows. A fifth channel adds one folder and one word here. */
export const channelIds = ["tiktok", "amazon", "shopify", "ebay"] as const;
export type ChannelId = (typeof channelIds)[number];

export function isChannelId(text: string): text is ChannelId {
  return (channelIds as readonly string[]).includes(text);
}

/** The seller's own stock-keeping unit. Any text of 1 to 200 characters, as it stands on the label. */
export type Sku = string & { readonly __brand: "Sku" };

export const SKU_LENGTH_MAX = 200;

/** Trims outer blanks; refuses an empty or over-long text. Case matters: "a-1" is not "A-1". */
export function parseSku(text: string): Result<Sku, "sku_empty" | "sku_too_long"> {
  const trimmed = text.trim();
  if (trimmed === "") return err("sku_empty");
  if (trimmed.length > SKU_LENGTH_MAX) return err("sku_too_long");
  return ok(trimmed as Sku);
}

/**
 * Which ledger is open. Rehearsals never touch live stock (architecture.md section 2, "Two books"):
 * every rehearsal run is a book of its own, so that a new run starts from a clean page and the
 * old one stays readable.
 */
export type BookId = "live" | `rehearsal-${string}`;

export function isBookId(text: string): text is BookId {
  return text === "live" || /^rehearsal-[a-z0-9]{1,40}$/.test(text);
}

export function isRehearsal(book: BookId): boolean {
  return book !== "live";
}
