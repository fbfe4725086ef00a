/** Stop a channel by hand, whatever stream and policy say. */
import { makeStyles, tokens } from "@fluentui/react-components";
import type { Session } from "../../runtime/session";
import type { EngineState } from "../../worker/api";
import { Panel } from "../frame/Panel";
import { useWords } from "../words";
import { HoldButton } from "./HoldButton";

const useStyles = makeStyles({
  how: {
    margin: "0 0 8px",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    color: tokens.colorNeutralForeground2,
  },
  // Side by side even in a narrow pane: four in a column push the rest out of sight.
  row: { display: "grid", gridTemplateColumns: "repeat(2, minmax(0, 1fr))", gap: "8px" },
});

export function HoldPanel(props: {
  readonly channels: EngineState["channels"];
  readonly held: EngineState["held"];
  readonly session: Session;
}) {
  const { channels, held, session } = props;
  const styles = useStyles();
  const { hand } = useWords();
  return (
    <Panel title={hand.holdTitle}>
      <p className={styles.how}>{hand.holdHow}</p>
      <div className={styles.row}>
        {channels.map(({ channel }) => (
          <HoldButton
            key={channel}
            channel={channel}
            held={held.includes(channel)}
            session={session}
          />
        ))}
      </div>
    </Panel>
  );
}
