/** Gives back what the stream did not use; without it those units would sell nowhere. */
import { Button, makeStyles } from "@fluentui/react-components";
import { LockOpen20Regular } from "@fluentui/react-icons";
import type { Session } from "../../runtime/session";
import { useCommand } from "../command";
import { Banner } from "../frame/Banner";
import { RefusalNote } from "../frame/RefusalNote";
import { useWords } from "../words";

const useStyles = makeStyles({
  column: { display: "flex", flexDirection: "column", gap: "8px" },
});

export function ReleaseButton(props: { readonly session: Session; readonly units: number }) {
  const { session, units } = props;
  const styles = useStyles();
  const { messages } = useWords();
  const release = useCommand(() => session.releaseReservation());
  const done = release.done?.units;
  if (units <= 0 && done === undefined && release.refusal === null) return null;
  return (
    <div className={styles.column}>
      {units > 0 && (
        <Button
          icon={<LockOpen20Regular />}
          disabledFocusable={release.pending}
          onClick={release.run}
        >
          {release.pending ? messages.releasing : messages.release(units)}
        </Button>
      )}
      {done !== undefined && <Banner intent="success" text={messages.released(done)} />}
      <RefusalNote refusal={release.refusal} />
    </div>
  );
}
