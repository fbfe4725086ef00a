/** Why something done by hand was not taken, in a sentence with the next step. */
import type { HandRefusal } from "../../worker/hand-api";
import { useWords, type Words } from "../words";
import { Banner } from "./Banner";

function sentenceOf(refusal: HandRefusal, { messages, hand }: Words): string {
  const own = Object.entries(hand.refusal).find(([code]) => code === refusal.code)?.[1];
  if (own !== undefined) return own;
  const shared = Object.entries(messages.refusal).find(([code]) => code === refusal.code)?.[1];
  const detail = "detail" in refusal ? refusal.detail : "";
  return (shared ?? messages.refusal.refused)(detail);
}

export function HandNote({ refusal }: { readonly refusal: HandRefusal | null }) {
  const words = useWords();
  if (refusal === null) return null;
  return <Banner intent="error" text={sentenceOf(refusal, words)} />;
}
