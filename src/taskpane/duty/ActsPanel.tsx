/** How alerts act: ask, do, or only tell; for one stream, or for all that say nothing themselves. */
import { Field, Input, makeStyles } from "@fluentui/react-components";
import { useState } from "react";
import { ok } from "../../base/result";
import type { Session } from "../../runtime/session";
import type { StreamState } from "../../worker/api";
import type { EngineRefusal } from "../../worker/engine-api";
import { useCommand } from "../command";
import { Banner } from "../frame/Banner";
import { EngineNote } from "../frame/EngineNote";
import { Panel } from "../frame/Panel";
import { SegmentedChoice } from "../frame/SegmentedChoice";
import { useWords } from "../words";

type Acts = StreamState["acts"];

const modes = ["ask", "auto", "tell"] as const;
const SECOND_MS = 1000;
const SECONDS_MAX = 600;

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "10px" },
  how: { margin: 0 },
  seconds: { maxWidth: "140px" },
});

/** Null: no whole number of seconds that can be set. */
function millisIn(text: string): number | null {
  const seconds = /^\d{1,3}$/.test(text.trim()) ? Number(text) : 0;
  return seconds >= 1 && seconds <= SECONDS_MAX ? seconds * SECOND_MS : null;
}

export function ActsPanel(props: {
  readonly acts: Acts;
  /** Null: of the whole book. */
  readonly streamId: string | null;
  readonly session: Session;
}) {
  const { acts, streamId, session } = props;
  const styles = useStyles();
  const { pane } = useWords();
  const [typed, setTyped] = useState<string | null>(null);
  const save = useCommand<{ saved: true }, EngineRefusal, [Acts]>(async (next) => {
    const told = await session.engine.setActs(streamId, next);
    return told.ok ? ok({ saved: true }) : told;
  });
  const text = typed ?? String(acts.countdownMs / SECOND_MS);
  const choices = modes.map((value) => ({ value, label: pane.actsMode[value] }));
  const asks = acts.orange === "ask" || acts.red === "ask";
  return (
    <Panel title={pane.actsTitle}>
      <div className={styles.form}>
        <p className={styles.how}>{streamId === null ? pane.actsForAll : pane.actsHow}</p>
        <SegmentedChoice
          label={pane.actsOrange}
          choices={choices}
          value={acts.orange}
          disabled={save.pending}
          onChange={(orange) => save.run({ ...acts, orange })}
        />
        <SegmentedChoice
          label={pane.actsRed}
          choices={choices}
          value={acts.red}
          disabled={save.pending}
          onChange={(red) => save.run({ ...acts, red })}
        />
        {asks && (
          <Field
            label={pane.actsCountdown}
            {...(millisIn(text) === null && { validationMessage: pane.engineRefusal.bad_acts })}
          >
            <Input
              className={styles.seconds}
              inputMode="numeric"
              value={text}
              onChange={(_event, { value }) => setTyped(value)}
              onBlur={() => {
                const countdownMs = millisIn(text);
                if (countdownMs === null) return;
                setTyped(null);
                if (countdownMs !== acts.countdownMs) save.run({ ...acts, countdownMs });
              }}
            />
          </Field>
        )}
        {save.done === null && save.refusal === null ? null : save.refusal === null ? (
          <Banner intent="success" text={pane.actsSaved} />
        ) : (
          <EngineNote refusal={save.refusal} />
        )}
      </div>
    </Panel>
  );
}
