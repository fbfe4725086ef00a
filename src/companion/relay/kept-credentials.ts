/**
 * Renewed credentials on disk: one file per shop and channel, replaced whole, readable by the owner
 * only. Each names the credentials that it was renewed from by a fingerprint, so that new ones from
 * the seller are never overruled by old tokens.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import type { ChannelId } from "../../base/ids";
import { replaceFile } from "../disk";

export type Shop = "live" | "rehearsal";

const keptSchema = v.object({ source: v.string(), credentials: v.unknown() });

export function fingerprint(raw: unknown): string {
  return createHash("sha256").update(JSON.stringify(raw)).digest("hex");
}

export class KeptCredentials {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What was kept for these credentials, or undefined. */
  async read(shop: Shop, channel: ChannelId, source: string): Promise<unknown> {
    try {
      const text = await readFile(this.#path(shop, channel), "utf8");
      const kept = v.safeParse(keptSchema, JSON.parse(text));
      return kept.success && kept.output.source === source ? kept.output.credentials : undefined;
    } catch {
      return undefined;
    }
  }

  async write(shop: Shop, channel: ChannelId, source: string, credentials: unknown): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await replaceFile(this.#path(shop, channel), `${JSON.stringify({ source, credentials })}\n`);
  }

  #path(shop: Shop, channel: ChannelId): string {
    return join(this.#folder, `${shop}-${channel}.json`);
  }
}
