/** Whether an answer says that the token lacks a right, as each channel says it (channels.md 1.9, 2.9, 3.9, 4.9). */
import type { ChannelId } from "../../base/ids";
import type { RelayResponse } from "../../channels/http/relay-contract";

/** Refusals are short; a page of orders is not searched for one. */
const REFUSAL_CHARACTERS_MAX = 20_000;

const signs: Readonly<Record<ChannelId, (response: RelayResponse) => boolean>> = {
  tiktok: ({ body }) => /"code"\s*:\s*105005\b/.test(body),
  // An ended token has this status too; whoever asks has ruled that out.
  amazon: ({ status }) => status === 403,
  shopify: ({ body }) => /"code"\s*:\s*"ACCESS_DENIED"/.test(body),
  ebay: ({ status, body }) => status === 403 && /"errorId"\s*:\s*1100\b/.test(body),
};

export function lacksRight(channel: ChannelId, response: RelayResponse): boolean {
  return response.body.length <= REFUSAL_CHARACTERS_MAX && signs[channel](response);
}
