/** The live book between streams: what is in stock, how the channels do, what the engine did. */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowImport20Regular, PlugConnected20Regular } from "@fluentui/react-icons";
import type { ScreenName } from "../../locale/shop-messages";
import type { Session } from "../../runtime/session";
import type { EngineState } from "../../worker/api";
import { Panel } from "../frame/Panel";
import { HoldPanel } from "../hand/HoldPanel";
import { ActivityPanel } from "../stock/ActivityPanel";
import { ChannelPanel } from "../stock/ChannelPanel";
import { StockPanel } from "../stock/StockPanel";
import { useWords } from "../words";

const useStyles = makeStyles({
  text: { margin: "0 0 12px", color: tokens.colorNeutralForeground2 },
  actions: { display: "flex", flexWrap: "wrap", gap: "8px" },
  note: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

export function LiveScreen(props: {
  readonly state: EngineState;
  readonly session: Session;
  readonly onGo: (screen: ScreenName) => void;
}) {
  const { state, session, onGo } = props;
  const styles = useStyles();
  const { messages } = useWords();
  const { shops } = messages;
  if (state.skus.length === 0) {
    return (
      <Panel title={shops.liveEmptyTitle}>
        <p className={styles.text}>{shops.liveEmptyBody}</p>
        <div className={styles.actions}>
          <Button
            appearance="primary"
            icon={<PlugConnected20Regular />}
            onClick={() => onGo("channels")}
          >
            {shops.goConnect}
          </Button>
          <Button icon={<ArrowImport20Regular />} onClick={() => onGo("import")}>
            {shops.goImport}
          </Button>
        </div>
      </Panel>
    );
  }
  return (
    <>
      <StockPanel skus={state.skus} channels={state.channels} full />
      {state.channels.length === 0 ? (
        <p className={styles.note}>{shops.liveNoChannel}</p>
      ) : (
        <>
          <ChannelPanel channels={state.channels} featured={null} />
          <HoldPanel channels={state.channels} held={state.held} session={session} />
        </>
      )}
      <ActivityPanel activity={state.activity} />
    </>
  );
}
