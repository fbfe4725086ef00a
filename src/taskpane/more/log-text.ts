/** The log as text, for whoever helps the seller: what the pane shows, without keys and buyers. */
import type { EngineState } from "../../worker/api";
import { errorSentence } from "../stock/channel-sentence";
import type { Words } from "../words";

export function logText(
  state: EngineState,
  facts: readonly (readonly [string, string])[],
  now: number,
  { messages }: Words,
): string {
  const at = (ms: number) => new Date(ms).toISOString();
  const name = (channel: EngineState["channels"][number]["channel"] | null) =>
    channel === null ? "" : messages.channel[channel];
  const channels = state.channels.map((channel) => {
    const error =
      channel.lastError === null ? "" : ` · ${errorSentence(channel.lastError, messages)}`;
    const read = channel.lastOkAt === null ? messages.channelUnread : at(channel.lastOkAt);
    return `${name(channel.channel)}: ${messages.channelStatus[channel.status]} · ${read}${error}`;
  });
  const lines = state.activity.map(
    ({ at: when, code, sku, channel, n, detail }) =>
      `${at(when)} ${messages.activity[code]({ sku, channel: name(channel), n, detail })}`,
  );
  return [
    `${messages.productName} ${at(now)}`,
    ...facts.map(([term, value]) => `${term}: ${value}`),
    "",
    ...channels,
    "",
    ...lines,
    "",
  ].join("\n");
}
