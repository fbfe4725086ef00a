/** Ends the stream; stays at the lower edge, wherever the seller has scrolled to. */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { Stop20Filled } from "@fluentui/react-icons";
import type { Session } from "../../runtime/session";
import { isRehearsal, type BookId } from "../../base/ids";
import type { StreamState } from "../../worker/api";
import type { EngineRefusal } from "../../worker/engine-api";
import { useCommand } from "../command";
import { EngineNote } from "../frame/EngineNote";
import { RefusalNote } from "../frame/RefusalNote";
import { Sure } from "../frame/Sure";
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

function EndLive(props: { readonly stream: StreamState; readonly session: Session }) {
  const { stream, session } = props;
  const { messages, pane } = useWords();
  const cut = useCommand<null, EngineRefusal>(() => session.engine.cutStream(stream.id));
  const ending = cut.pending || stream.phase === "settling";
  return (
    <>
      <EngineNote refusal={cut.refusal} />
      {ending ? (
        <Button icon={<Stop20Filled />} disabledFocusable>
          {messages.stopping}
        </Button>
      ) : (
        <Sure
          label={pane.endStream}
          icon={<Stop20Filled />}
          question={pane.endStreamAsk}
          yes={pane.endStreamSure}
          no={pane.endStreamNo}
          pending={cut.pending}
          pendingLabel={messages.stopping}
          onYes={cut.run}
        />
      )}
    </>
  );
}

function EndRehearsal(props: { readonly stream: StreamState; readonly session: Session }) {
  const { stream, session } = props;
  const { messages } = useWords();
  const stop = useCommand(() => session.stopRehearsal());
  // Over already, or asked to be: there is nothing left to end.
  const ending = stop.pending || stream.phase === "settling";
  return (
    <>
      <RefusalNote refusal={stop.refusal} />
      <Button icon={<Stop20Filled />} disabledFocusable={ending} onClick={stop.run}>
        {ending ? messages.stopping : messages.stop}
      </Button>
    </>
  );
}

export function StopBar(props: {
  readonly book: BookId;
  readonly stream: StreamState;
  readonly session: Session;
}) {
  const { book, stream, session } = props;
  const styles = useStyles();
  return (
    <div className={styles.bar}>
      {isRehearsal(book) ? (
        <EndRehearsal stream={stream} session={session} />
      ) : (
        <EndLive stream={stream} session={session} />
      )}
    </div>
  );
}
