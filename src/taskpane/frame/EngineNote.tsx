/** Why the engine did not take the seller's word, in a sentence with the next step. */
import type { EngineRefusal } from "../../worker/engine-api";
import { useWords, type Words } from "../words";
import { Banner } from "./Banner";

function sentenceOf(refusal: EngineRefusal, { messages, pane }: Words): string {
  const own = Object.entries(pane.engineRefusal).find(([code]) => code === refusal.code)?.[1];
  if (own !== undefined) return own;
  const shared = Object.entries(messages.refusal).find(([code]) => code === refusal.code)?.[1];
  const detail = "detail" in refusal ? refusal.detail : "";
  return (shared ?? messages.refusal.refused)(detail);
}

export function EngineNote({ refusal }: { readonly refusal: EngineRefusal | null }) {
  const words = useWords();
  if (refusal === null) return null;
  return <Banner intent="error" text={sentenceOf(refusal, words)} />;
}
