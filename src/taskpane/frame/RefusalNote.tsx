/** Why a button did not do what it says, beside the button. */
import type { CommandRefusal } from "../../worker/api";
import { useWords } from "../words";
import { Banner } from "./Banner";

export function RefusalNote({ refusal }: { readonly refusal: CommandRefusal | null }) {
  const { messages } = useWords();
  if (refusal === null) return null;
  const detail = "detail" in refusal ? refusal.detail : "";
  return <Banner intent="error" text={messages.refusal[refusal.code](detail)} />;
}
