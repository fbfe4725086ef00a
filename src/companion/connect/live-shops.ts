/**
 * The seller's own shops: what she connected in the pane, from the vault, and what STREAMSTOCK_CREDENTIALS
 * names, which goes first. The relay reads its credentials here.
 */
import * as v from "valibot";
import { channelIds, type ChannelId } from "../../base/ids";
import type { CredentialsSource, RawCredentials } from "../relay/credentials-file";
import { renewedName } from "../relay/kept-credentials";
import type { Vault } from "../vault/vault";

const recordSchema = v.object({
  /** As the channel or the seller names it. */
  shop: v.string(),
  connectedAt: v.number(),
  credentials: v.unknown(),
});
export type ShopRecord = v.InferOutput<typeof recordSchema>;

export type ShopRead = ShopRecord | "absent" | "locked";

/** A locked keychain is asked again after so long, not at every call. */
const LOCKED_FOR_MS = 10_000;

export class LiveShops implements CredentialsSource {
  readonly #vault: Vault;
  readonly #file: CredentialsSource | null;
  readonly #known = new Map<ChannelId, { readonly read: ShopRead; readonly at: number }>();
  /** The merged content, for as long as none of its parts is another object. */
  #merged: { readonly parts: readonly unknown[]; readonly content: RawCredentials } | null = null;

  constructor(vault: Vault, file: CredentialsSource | null) {
    this.#vault = vault;
    this.#file = file;
  }

  async content(): Promise<RawCredentials> {
    const inFile = await this.#file?.content();
    const parts: unknown[] = [];
    for (const channel of channelIds) {
      const given = inFile?.get(channel);
      if (given !== undefined) parts.push(given);
      else {
        const shop = await this.shop(channel);
        parts.push(typeof shop === "string" ? undefined : shop.credentials);
      }
    }
    const kept = this.#merged;
    if (kept?.parts.every((part, at) => part === parts[at])) return kept.content;
    const content = new Map<ChannelId, unknown>();
    channelIds.forEach((channel, at) => {
      if (parts[at] !== undefined) content.set(channel, parts[at]);
    });
    this.#merged = { parts, content };
    return content;
  }

  async isFromFile(channel: ChannelId): Promise<boolean> {
    return (await this.#file?.content())?.has(channel) ?? false;
  }

  /** What the vault has of this channel. */
  async shop(channel: ChannelId): Promise<ShopRead> {
    const now = performance.now();
    const known = this.#known.get(channel);
    if (known && (known.read !== "locked" || now - known.at < LOCKED_FOR_MS)) return known.read;
    const found = await this.#vault.read(name(channel));
    const parsed = found.kind === "found" ? v.safeParse(recordSchema, found.value) : null;
    const read = parsed?.success ? parsed.output : found.kind === "locked" ? "locked" : "absent";
    this.#known.set(channel, { read, at: now });
    return read;
  }

  /** Throws on a failing disk; what was connected before stays. */
  async save(channel: ChannelId, record: ShopRecord): Promise<void> {
    await this.#vault.write(name(channel), record);
    await this.#vault.remove(renewedName(channel));
    this.#known.delete(channel);
  }

  async remove(channel: ChannelId): Promise<void> {
    await this.#vault.remove(name(channel));
    await this.#vault.remove(renewedName(channel));
    this.#known.delete(channel);
  }
}

function name(channel: ChannelId): string {
  return `live-${channel}`;
}
