/**
 * The keys that seal stock proofs: one for the live book, one for all rehearsals, so that no practice
 * figures are ever under the key that creators know. Made on first use, kept in the vault, never
 * handed out: only signatures and the public half leave this file.
 */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  webcrypto,
  type KeyObject,
} from "node:crypto";
import * as v from "valibot";
import { isRehearsal, type BookId } from "../../base/ids";
import { err, ok, type Result } from "../../base/result";
import type { Signer } from "../../proof/make-proof";
import { fingerprintOf } from "../../proof/seal";
import { refusal, type Refusal } from "../refusal";
import type { Vault } from "../vault/vault";

const keptSchema = v.object({ pkcs8: v.string() });
const POINT_BYTES = 65;

export interface ProofKey extends Signer {
  readonly fingerprint: string;
}

export class ProofKeys {
  readonly #vault: Vault;
  readonly #opened = new Map<string, Promise<Result<ProofKey, Refusal>>>();

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  /** Whoever asks at the same time gets the same key: it is made once. */
  async open(book: BookId): Promise<Result<ProofKey, Refusal>> {
    const name = isRehearsal(book) ? "proof-rehearsal" : "proof-live";
    const known = this.#opened.get(name) ?? this.#read(name);
    this.#opened.set(name, known);
    try {
      const opened = await known;
      if (!opened.ok) this.#opened.delete(name);
      return opened;
    } catch (error) {
      this.#opened.delete(name);
      throw error;
    }
  }

  /** A key that is there and does not open is never replaced: creators would take it for another seller. */
  async #read(name: string): Promise<Result<ProofKey, Refusal>> {
    const kept = await this.#vault.read(name);
    if (kept.kind === "found") {
      const parsed = v.safeParse(keptSchema, kept.value);
      const key = parsed.success ? openKey(parsed.output.pkcs8) : null;
      return key === null ? locked() : ok(await proofKey(key));
    }
    if (kept.kind === "locked") return locked();
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const pkcs8 = privateKey.export({ type: "pkcs8", format: "der" }).toString("base64");
    await this.#vault.write(name, { pkcs8 });
    return ok(await proofKey(privateKey));
  }
}

function locked(): Result<never, Refusal> {
  return err(refusal("key_locked", "The key that seals proofs is there, but it does not open"));
}

/** Null for a damaged one. */
function openKey(pkcs8: string): KeyObject | null {
  try {
    const der = Buffer.from(pkcs8, "base64");
    const key = createPrivateKey({ key: der, type: "pkcs8", format: "der" });
    return key.asymmetricKeyDetails?.namedCurve === "prime256v1" ? key : null;
  } catch {
    return null;
  }
}

async function proofKey(privateKey: KeyObject): Promise<ProofKey> {
  // The end of this form is the point itself (RFC 5480, section 2).
  const der = createPublicKey(privateKey).export({ type: "spki", format: "der" });
  const publicKey = new Uint8Array(der.subarray(-POINT_BYTES));
  return {
    publicKey,
    fingerprint: await fingerprintOf(webcrypto.subtle, publicKey),
    sign: (bytes) => sign("sha256", bytes, { key: privateKey, dsaEncoding: "ieee-p1363" }),
  };
}
