/** A seller with a key, a statement of hers and the file of it. */
import { createPublicKey, generateKeyPairSync, sign, webcrypto } from "node:crypto";
import { proofMessagesOf } from "../../src/locale/proof-locale";
import { checkProof, type CheckOptions, type Verdict } from "../../src/proof/check-proof";
import { makeProof, type Signer } from "../../src/proof/make-proof";
import { fingerprintOf } from "../../src/proof/seal";
import type { ProofStatement } from "../../src/proof/statement";

export const crypto = webcrypto.subtle as unknown as SubtleCrypto;
/** 2026-11-23 14:03:12 in Beijing. */
export const asOf = Date.UTC(2026, 10, 23, 6, 3, 12);
export const validUntil = asOf + 24 * 3_600_000;

export function newSigner(): Signer {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const der = createPublicKey(privateKey).export({ type: "spki", format: "der" });
  return {
    publicKey: new Uint8Array(der.subarray(-65)),
    sign: (bytes) => sign("sha256", bytes, { key: privateKey, dsaEncoding: "ieee-p1363" }),
  };
}

export const seller = newSigner();

export const line = {
  sku: "LAMP-01",
  onHand: 700,
  reserved: 405,
  available: 560,
  expected: 200,
  requirement: 600,
};

export async function statement(
  more: Partial<ProofStatement> = {},
  signer: Signer = seller,
): Promise<ProofStatement> {
  return {
    seller: "Moonlight Home",
    creator: "Mia Lives",
    streamAt: asOf + 5 * 86_400_000,
    asOf,
    validUntil,
    seq: 1234,
    book: "live",
    head: "3f9a".repeat(16),
    lines: [line, { ...line, sku: "杯子-红 🍵", available: 700, expected: null }],
    ...more,
    fingerprint: await fingerprintOf(crypto, signer.publicKey),
  };
}

export interface ProofWish {
  readonly statement?: Partial<ProofStatement>;
  readonly locale?: "en" | "zh-CN";
  readonly signer?: Signer;
}

export async function proof(wish: ProofWish = {}): Promise<Uint8Array> {
  const signer = wish.signer ?? seller;
  const file = await makeProof(await statement(wish.statement, signer), {
    words: proofMessagesOf(wish.locale ?? "en").sheet,
    zoneMinutes: 480,
    signer,
    crypto,
  });
  if (file === null) throw new Error("the proof did not check out");
  return file;
}

export function judge(bytes: Uint8Array, options: Partial<CheckOptions> = {}): Promise<Verdict> {
  return checkProof(bytes, { crypto, now: asOf + 60_000, known: [], ...options });
}

export async function kindOf(bytes: Uint8Array, options: Partial<CheckOptions> = {}) {
  return (await judge(bytes, options)).kind;
}
