/**
 * Secrets on disk: one file each, replaced whole, readable by the owner only, and sealed with
 * AES-256-GCM where the operating system has a keychain to keep the key in.
 *
 * What that is worth: without a keychain the file is as safe as the account; with one, a copied disk or
 * a backup is of no use. A program that runs under the same account can ask the keychain too.
 */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { errorCode, replaceFile } from "../disk";
import type { Keychain } from "./keychain";

const fileSchema = v.union([
  v.strictObject({ open: v.unknown() }),
  v.strictObject({ iv: v.string(), tag: v.string(), sealed: v.string() }),
]);

export type VaultRead =
  | { readonly kind: "found"; readonly value: unknown }
  | { readonly kind: "absent" }
  /** There, but not to be opened: the keychain does not answer, or the file is damaged. */
  | { readonly kind: "locked" };

export class Vault {
  readonly #folder: string;
  readonly #keychain: Keychain;
  #key: Buffer | null = null;

  constructor(folder: string, keychain: Keychain) {
    this.#folder = folder;
    this.#keychain = keychain;
  }

  async read(name: string): Promise<VaultRead> {
    let text: string;
    try {
      text = await readFile(this.#path(name), "utf8");
    } catch (error) {
      return { kind: errorCode(error) === "ENOENT" ? "absent" : "locked" };
    }
    try {
      const file = v.parse(fileSchema, JSON.parse(text));
      if ("open" in file) return { kind: "found", value: file.open };
      const key = await this.#keyOf("read");
      if (key === null) return { kind: "locked" };
      const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(file.iv, "base64"));
      // A file under another name is another secret.
      decipher.setAAD(Buffer.from(name));
      decipher.setAuthTag(Buffer.from(file.tag, "base64"));
      const opened = decipher.update(file.sealed, "base64", "utf8") + decipher.final("utf8");
      return { kind: "found", value: JSON.parse(opened) };
    } catch {
      return { kind: "locked" };
    }
  }

  /** Throws on a failing disk; what was kept before is whole then. */
  async write(name: string, value: unknown): Promise<void> {
    const key = await this.#keyOf("write");
    const text = key === null ? { open: value } : seal(key, name, value);
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await replaceFile(this.#path(name), `${JSON.stringify(text)}\n`);
  }

  async remove(name: string): Promise<void> {
    await rm(this.#path(name), { force: true });
  }

  /**
   * A key is made only when the keychain says that it has none: one that is merely locked has the key
   * of the other files. Then, and without a keychain, what is written stays open: a lost refresh token
   * would cost the seller her connection.
   */
  async #keyOf(use: "read" | "write"): Promise<Buffer | null> {
    if (this.#key !== null) return this.#key;
    const kept = await this.#keychain.read();
    if (kept.kind === "found") {
      const key = Buffer.from(kept.secret, "base64");
      if (key.length === 32) this.#key = key;
    } else if (kept.kind === "absent" && use === "write") {
      const key = randomBytes(32);
      if (await this.#keychain.write(key.toString("base64"))) this.#key = key;
    }
    return this.#key;
  }

  #path(name: string): string {
    return join(this.#folder, `${name}.json`);
  }
}

function seal(key: Buffer, name: string, value: unknown) {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  cipher.setAAD(Buffer.from(name));
  const sealed = cipher.update(JSON.stringify(value), "utf8", "base64") + cipher.final("base64");
  return { iv: iv.toString("base64"), tag: cipher.getAuthTag().toString("base64"), sealed };
}
