/** A statement as a signed workbook. Who has the key does the signing; the file is read back and checked. */
import type { ProofSheetWords } from "../locale/proof-messages";
import { checkProof } from "./check-proof";
import { layOut, withText } from "./layout";
import { lowS, signedBytes, writeMap, writeSeal, type Crypto } from "./seal";
import type { ProofStatement } from "./statement";
import { writeXlsx } from "./xlsx/write-xlsx";

export interface Signer {
  /** The point, uncompressed: 65 bytes. */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  /** ECDSA P-256 with SHA-256: r and s, 32 bytes each. */
  readonly sign: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array | Promise<Uint8Array>;
}

export interface MakeOptions {
  readonly words: ProofSheetWords;
  readonly zoneMinutes: number;
  readonly signer: Signer;
  readonly crypto: Crypto;
}

/** Null where the file does not check out: nothing is handed out that its reader would doubt. */
export async function makeProof(
  statement: ProofStatement,
  { words, zoneMinutes, signer, crypto }: MakeOptions,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const bare = layOut(statement, { words, zoneMinutes });
  const mapped = withText(bare, bare.mapAt, await writeMap(crypto, bare.cells));
  const signature = lowS(await signer.sign(signedBytes(mapped.name, mapped.cells)));
  const { publicKey } = signer;
  const file = writeXlsx(withText(mapped, bare.sealAt, writeSeal({ publicKey, signature })));
  const checked = await checkProof(file, { crypto, now: statement.asOf, known: [] });
  return checked.kind === "true" || checked.kind === "rehearsal" ? file : null;
}
