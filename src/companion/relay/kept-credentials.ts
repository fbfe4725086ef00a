/**
 * Renewed credentials on disk: one file per shop and channel, replaced whole. Those of live shops lie
 * in the vault; those of a rehearsal open nothing and lie in a folder of their own. Each names the credentials that it was renewed from by a fingerprint, so that new ones from
 * the seller are never overruled by old tokens.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import type { ChannelId } from "../../base/ids";
import { replaceFile } from "../disk";
import type { Vault } from "../vault/vault";

export type Shop = "live" | "rehearsal";

const keptSchema = v.object({ source: v.string(), credentials: v.unknown() });

export function fingerprint(raw: unknown): string {
  return createHash("sha256").update(JSON.stringify(raw)).digest("hex");
}

export class KeptCredentials {
  readonly #folder: string;
  readonly #vault: Vault;

  constructor(folder: string, vault: Vault) {
    this.#folder = folder;
    this.#vault = vault;
  }

  /** What was kept for these credentials, or undefined. */
  async read(shop: Shop, channel: ChannelId, source: string): Promise<unknown> {
    const raw = shop === "live" ? await this.#readVault(channel) : await this.#readFile(channel);
    const kept = v.safeParse(keptSchema, raw);
    return kept.success && kept.output.source === source ? kept.output.credentials : undefined;
  }

  /** Throws on a failing disk; what was kept before is whole then. */
  async write(shop: Shop, channel: ChannelId, source: string, credentials: unknown): Promise<void> {
    if (shop === "live") {
      await this.#vault.write(renewedName(channel), { source, credentials });
      return;
    }
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await replaceFile(this.#path(channel), `${JSON.stringify({ source, credentials })}\n`);
  }

  async #readVault(channel: ChannelId): Promise<unknown> {
    const kept = await this.#vault.read(renewedName(channel));
    return kept.kind === "found" ? kept.value : undefined;
  }

  async #readFile(channel: ChannelId): Promise<unknown> {
    try {
      return JSON.parse(await readFile(this.#path(channel), "utf8"));
    } catch {
      return undefined;
    }
  }

  #path(channel: ChannelId): string {
    return join(this.#folder, `rehearsal-${channel}.json`);
  }
}

export function renewedName(channel: ChannelId): string {
  return `live-${channel}-renewed`;
}
