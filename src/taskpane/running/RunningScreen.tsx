/** While the creator sells: what is left, what is sold, what the channels say, what was done. */
import { makeStyles } from "@fluentui/react-components";
import type { Session } from "../../runtime/session";
import type { EngineState, StreamState } from "../../worker/api";
import { Announcer } from "../frame/Announcer";
import { ActivityPanel } from "../stock/ActivityPanel";
import { ChannelPanel } from "../stock/ChannelPanel";
import { StockPanel } from "../stock/StockPanel";
import { useWords } from "../words";
import { AlertLadder } from "./AlertLadder";
import { BigNumbers } from "./BigNumbers";
import { LIVE_CHANNEL } from "./live-channel";
import { SalesPanel } from "./SalesPanel";
import { StopBar } from "./StopBar";
import { StreamClock } from "./StreamClock";

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
  const row = state.skus.find(({ sku }) => sku === stream.sku);
  const alert = row?.alert ?? "none";
  const sellable = row?.sellable[LIVE_CHANNEL] ?? null;
  const sold = stream.sold[LIVE_CHANNEL] ?? 0;
  const channelName = messages.channel[LIVE_CHANNEL];
  const spoken =
    sellable === null
      ? ""
      : `${messages.announceStock(channelName, sellable, sold)} ${messages.announceAlert(alert)}`;
  return (
    <>
      <StreamClock stream={stream} title={row?.title ?? stream.sku} />
      <div className={styles.cockpit}>
        <BigNumbers sellable={sellable} sold={sold} planned={stream.planned} alert={alert} />
        <AlertLadder alert={alert} />
      </div>
      <Announcer text={spoken} />
      <SalesPanel stream={stream} sold={sold} />
      <ChannelPanel channels={state.channels} featured={row ?? null} />
      <StockPanel skus={state.skus} channels={state.channels} />
      <ActivityPanel activity={state.activity} />
      <StopBar session={session} settling={stream.phase === "settling"} />
    </>
  );
}
