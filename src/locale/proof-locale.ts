/** The words of a stock proof in one of the languages. */
import { enProof } from "./en-proof";
import type { LocaleId } from "./formats";
import type { ProofMessages } from "./proof-messages";
import { zhCnProof } from "./zh-cn-proof";

const catalogues: Readonly<Record<LocaleId, ProofMessages>> = {
  en: enProof,
  "zh-CN": zhCnProof,
};

export function proofMessagesOf(locale: LocaleId): ProofMessages {
  return catalogues[locale];
}
