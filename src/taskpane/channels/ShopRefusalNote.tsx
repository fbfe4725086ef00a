/** Why a step with a shop was refused, beside its button. */
import type { Messages } from "../../locale/messages";
import type { ShopRefusal } from "../../worker/api";
import { Banner } from "../frame/Banner";
import { useWords } from "../words";

export function shopRefusalSentence(refusal: ShopRefusal, messages: Messages): string {
  switch (refusal.code) {
    case "bad_field":
    case "no_consent":
    case "code_refused":
    case "keys_refused":
    case "set_by_file":
    case "channel_unreachable":
    case "nothing_connected":
    case "reading_gone":
      return messages.shops.refusal[refusal.code];
    case "channel": {
      const sentence = messages.channelError[refusal.kind];
      const detail = refusal.detail.trim();
      return detail === "" ? sentence : `${sentence} ${messages.faultDetail(detail)}`;
    }
    default:
      return messages.refusal[refusal.code]("detail" in refusal ? refusal.detail : "");
  }
}

export function ShopRefusalNote(props: {
  readonly refusal: ShopRefusal | null;
  readonly title?: string;
}) {
  const { messages } = useWords();
  const { refusal, title } = props;
  if (refusal === null) return null;
  return (
    <Banner
      intent="error"
      {...(title === undefined ? {} : { title })}
      text={shopRefusalSentence(refusal, messages)}
    />
  );
}
