/** Each channel's health: how old its numbers are, and what went to and fro. */
import type { ChannelState, SkuState } from "../../worker/api";
import { Panel } from "../frame/Panel";
import { useWords } from "../words";
import { ChannelRow } from "./ChannelRow";

export function ChannelPanel(props: {
  readonly channels: readonly ChannelState[];
  /** The item whose listed number is shown; null: none is in front. */
  readonly featured: SkuState | null;
}) {
  const { messages } = useWords();
  if (props.channels.length === 0) return null;
  return (
    <Panel title={messages.channelsTitle}>
      {props.channels.map((state) => (
        <ChannelRow
          key={state.channel}
          state={state}
          {...(props.featured === null
            ? {}
            : { listed: props.featured.listed[state.channel] ?? null })}
        />
      ))}
    </Panel>
  );
}
