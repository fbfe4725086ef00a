/** Ends the rehearsal; stays at the lower edge, wherever the seller has scrolled to. */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { Stop20Filled } from "@fluentui/react-icons";
import type { Session } from "../../runtime/session";
import { useCommand } from "../command";
import { RefusalNote } from "../frame/RefusalNote";
import { paneToken } from "../pane-theme";
import { useWords } from "../words";

const useStyles = makeStyles({
  bar: {
    position: "sticky",
    bottom: 0,
    zIndex: 1,
    display: "flex",
    flexDirection: "column",
    gap: "8px",
    margin: "0 -16px -20px",
    padding: "10px 16px 12px",
    backgroundColor: paneToken("paneGround"),
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
});

export function StopBar(props: { readonly session: Session; readonly settling: boolean }) {
  const { session, settling } = props;
  const styles = useStyles();
  const { messages } = useWords();
  const stop = useCommand(() => session.stopRehearsal());
  // Over already, or asked to be: there is nothing left to end.
  const ending = stop.pending || settling;
  return (
    <div className={styles.bar}>
      <RefusalNote refusal={stop.refusal} />
      <Button icon={<Stop20Filled />} disabledFocusable={ending} onClick={stop.run}>
        {ending ? messages.stopping : messages.stop}
      </Button>
    </div>
  );
}
