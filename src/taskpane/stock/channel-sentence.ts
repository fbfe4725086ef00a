/** An error of a channel in plain words. */
import type { Messages } from "../../locale/messages";

export function errorSentence(
  error: { readonly kind: string; readonly detail: string },
  messages: Messages,
): string {
  const known = Object.entries(messages.channelError).find(([kind]) => kind === error.kind)?.[1];
  const sentence = known ?? messages.channelErrorOther;
  return error.detail === "" ? sentence : `${sentence} ${messages.faultDetail(error.detail)}`;
}
