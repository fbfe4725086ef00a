/** While the creator sells: what is left, what is sold, what the channels say, what was done. */
import { makeStyles } from "@fluentui/react-components";
import { alertThresholds } from "../../stock/alerts";
import type { Session } from "../../runtime/session";
import type { EngineState, StreamState } from "../../worker/api";
import { ActsPanel } from "../duty/ActsPanel";
import { InForce } from "../duty/InForce";
import { PolicyPanel } from "../duty/PolicyPanel";
import { Announcer } from "../frame/Announcer";
import { HoldPanel } from "../hand/HoldPanel";
import { SharePanel } from "../hand/SharePanel";
import { SwitchPanel } from "../hand/SwitchPanel";
import { ActivityPanel } from "../stock/ActivityPanel";
import { ChannelPanel } from "../stock/ChannelPanel";
import { StockPanel } from "../stock/StockPanel";
import { useWords } from "../words";
import { AlertLadder } from "./AlertLadder";
import { BigNumbers } from "./BigNumbers";
import { RunBook } from "./RunBook";
import { SalesPanel } from "./SalesPanel";
import { StopBar } from "./StopBar";
import { StreamClock } from "./StreamClock";
import { useDays } from "./use-days";

const useStyles = makeStyles({
  cockpit: { display: "flex", flexDirection: "column", gap: "10px" },
});

export function RunningScreen(props: {
  readonly state: EngineState;
  readonly stream: StreamState;
  readonly session: Session;
}) {
  const { state, stream, session } = props;
  const styles = useStyles();
  const { messages } = useWords();
  const days = useDays(session, stream.sku);
  const row = state.skus.find(({ sku }) => sku === stream.sku);
  const alert = row?.alert ?? "none";
  const { channel } = stream;
  const sellable = row?.sellable[channel] ?? null;
  const sold = stream.sold[channel] ?? 0;
  const channelName = messages.channel[channel];
  const spoken =
    sellable === null
      ? ""
      : `${messages.announceStock(channelName, sellable, sold)} ${messages.announceAlert(alert)}`;
  return (
    <>
      <StreamClock stream={stream} title={row?.title ?? stream.sku} />
      <div className={styles.cockpit}>
        <BigNumbers
          channel={channel}
          sellable={sellable}
          sold={sold}
          planned={stream.planned}
          alert={alert}
        />
        <AlertLadder alert={alert} thresholds={alertThresholds(state.constants)} />
        <InForce stream={stream} />
        {(alert === "red" || sellable === 0) && (
          <RunBook stream={stream} skus={state.skus} soldOut={sellable === 0} session={session} />
        )}
      </div>
      <Announcer text={spoken} />
      <SalesPanel
        stream={stream}
        sold={sold}
        days={days}
        stockLeft={sellable}
        constants={state.constants}
      />
      {stream.phase === "running" && (
        <>
          <SharePanel stream={stream} row={row ?? null} session={session} />
          <HoldPanel channels={state.channels} held={state.held} session={session} />
          <SwitchPanel book={state.book} stream={stream} skus={state.skus} session={session} />
        </>
      )}
      <ActivityPanel activity={state.activity} />
      <ChannelPanel channels={state.channels} featured={row ?? null} />
      <StockPanel skus={state.skus} channels={state.channels} />
      <ActsPanel acts={stream.acts} streamId={stream.id} session={session} />
      <PolicyPanel stream={stream} session={session} />
      <StopBar book={state.book} stream={stream} session={session} />
    </>
  );
}
