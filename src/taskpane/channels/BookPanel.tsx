/** Which book is open and how to come to the other one: never by accident, never unseen. */
import { Button, makeStyles, Spinner, tokens } from "@fluentui/react-components";
import { ArrowSync20Regular, Beaker20Regular, Live20Regular } from "@fluentui/react-icons";
import { isRehearsal } from "../../base/ids";
import type { Session } from "../../runtime/session";
import type { BookChoice, CommandRefusal, EngineState } from "../../worker/api";
import { useCommand, type Command } from "../command";
import { Panel } from "../frame/Panel";
import { RefusalNote } from "../frame/RefusalNote";
import { Sure } from "../frame/Sure";
import { useWords } from "../words";

const useStyles = makeStyles({
  text: { margin: "0 0 10px", color: tokens.colorNeutralForeground2 },
  actions: { display: "flex", flexWrap: "wrap", gap: "8px", alignItems: "flex-start" },
  notes: { display: "flex", flexDirection: "column", gap: "8px", marginTop: "10px" },
});

export function BookPanel(props: {
  readonly state: EngineState;
  readonly session: Session;
  /** Shops there are whose listings can be read. */
  readonly connected: boolean;
  readonly reading: Pick<Command<unknown, unknown, []>, "pending" | "run">;
}) {
  const { state, session, connected, reading } = props;
  const styles = useStyles();
  const { messages } = useWords();
  const { shops } = messages;
  const open = useCommand<null, CommandRefusal, [BookChoice]>((choice) =>
    session.shops.openBook(choice),
  );
  const rehearsal = isRehearsal(state.book);
  const empty = state.skus.length === 0;
  const next = connected ? shops.bookReady : shops.bookNothingYet;
  const text = rehearsal ? shops.bookIsRehearsal : empty ? next : shops.bookIsLive;
  const found = state.work?.kind === "listings" ? state.work.found : 0;
  return (
    <Panel title={shops.bookTitle}>
      <p className={styles.text}>{text}</p>
      {rehearsal && <p className={styles.text}>{next}</p>}
      <div className={styles.actions}>
        {connected && (
          <Button
            appearance={rehearsal || empty ? "primary" : "secondary"}
            icon={
              reading.pending ? <Spinner size="tiny" aria-hidden="true" /> : <ArrowSync20Regular />
            }
            disabledFocusable={reading.pending}
            onClick={() => reading.run()}
          >
            {reading.pending
              ? shops.readingListings(found)
              : rehearsal || empty
                ? shops.readListings
                : shops.readAgain}
          </Button>
        )}
        {rehearsal ? (
          <Sure
            label={shops.openLive}
            icon={<Live20Regular />}
            question={shops.openLiveWarning}
            yes={shops.openLiveSure}
            no={shops.stay}
            pending={open.pending}
            pendingLabel={shops.opening}
            onYes={() => open.run("live")}
          />
        ) : (
          <Sure
            label={shops.openRehearsal}
            icon={<Beaker20Regular />}
            question={shops.openRehearsalWarning}
            yes={shops.openRehearsalSure}
            no={shops.stay}
            pending={open.pending}
            pendingLabel={shops.opening}
            onYes={() => open.run("rehearsal")}
          />
        )}
      </div>
      {open.refusal !== null && (
        <div className={styles.notes}>
          <RefusalNote refusal={open.refusal} />
        </div>
      )}
    </Panel>
  );
}
