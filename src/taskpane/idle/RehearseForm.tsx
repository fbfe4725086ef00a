/** How fast, and go. A button that cannot work says why before it is pressed. */
import { Button, makeStyles, Spinner, tokens } from "@fluentui/react-components";
import { Play20Filled } from "@fluentui/react-icons";
import { useId, useState } from "react";
import type { Messages } from "../../locale/messages";
import type { Session } from "../../runtime/session";
import type { EngineState } from "../../worker/api";
import { useCommand } from "../command";
import { RefusalNote } from "../frame/RefusalNote";
import { SegmentedChoice } from "../frame/SegmentedChoice";
import { useWords } from "../words";

/** How many times faster than life; 60 plays three hours in three minutes. */
const speeds = [30, 60, 120, 240] as const;
const SPEED_DEFAULT = 60;
const STREAM_MINUTES_DEFAULT = 180;
const MINUTE_MS = 60_000;

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "12px" },
  button: { width: "100%" },
  why: {
    margin: 0,
    textAlign: "center",
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
  },
});

/** Null: the button works. */
function hindrance(state: EngineState, messages: Messages): string | null {
  if (state.role === "stopped") return messages.whyStopped;
  if (!state.companion.ok) return messages.whyCompanionDown;
  if (state.role === "starting") return messages.whyEngineStarting;
  if (state.role === "follower") return messages.whyFollower;
  const { stream } = state;
  if (stream?.phase === "preparing" && stream.startedAt !== null) return messages.whyPreparing;
  return null;
}

export function RehearseForm(props: {
  readonly state: EngineState;
  readonly session: Session;
  readonly label: string;
}) {
  const { state, session, label } = props;
  const styles = useStyles();
  const { messages } = useWords();
  const [speed, setSpeed] = useState<number>(SPEED_DEFAULT);
  const start = useCommand(() => session.startRehearsal(speed));
  const why = hindrance(state, messages);
  const whyId = useId();
  const minutes = state.stream?.minutes ?? STREAM_MINUTES_DEFAULT;
  const choices = speeds.map((value) => {
    const realMs = (minutes * MINUTE_MS) / value;
    return {
      value,
      label: messages.speedChoice(realMs),
      fullLabel: messages.speedChoiceFull(minutes, realMs),
    };
  });
  return (
    <div className={styles.form}>
      <SegmentedChoice
        label={messages.speedLabel}
        choices={choices}
        value={speed}
        onChange={setSpeed}
        disabled={start.pending}
      />
      <Button
        id="rehearse"
        appearance="primary"
        size="large"
        className={styles.button}
        icon={start.pending ? <Spinner size="tiny" aria-hidden="true" /> : <Play20Filled />}
        // Stays focusable, so that the reason can be reached and read.
        disabledFocusable={why !== null || start.pending}
        aria-describedby={why === null ? undefined : whyId}
        onClick={start.run}
      >
        {start.pending ? messages.rehearseStarting : label}
      </Button>
      {why !== null && (
        <p id={whyId} className={styles.why}>
          {why}
        </p>
      )}
      <RefusalNote refusal={start.refusal} />
    </div>
  );
}
