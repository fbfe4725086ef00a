/** Numbers of channels that nobody can explain: the likely causes, and one press to settle each. */
import { Button, makeStyles, Spinner, tokens } from "@fluentui/react-components";
import { useId } from "react";
import type { Session } from "../../runtime/session";
import type { EngineState } from "../../worker/api";
import type { EngineRefusal } from "../../worker/engine-api";
import { useCommand } from "../command";
import { EngineNote } from "../frame/EngineNote";
import { Panel } from "../frame/Panel";
import { useNow } from "../now";
import { paneToken } from "../pane-theme";
import { useWords } from "../words";

type Drift = EngineState["drifts"][number];
type Choice = Drift["choices"][number];

const useStyles = makeStyles({
  none: { margin: 0, color: tokens.colorNeutralForeground2 },
  card: {
    padding: "10px 0",
    ":not(:last-child)": { borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
    ":last-child": { paddingBottom: 0 },
  },
  head: { display: "flex", flexWrap: "wrap", alignItems: "baseline", gap: "2px 8px" },
  sku: { margin: 0, fontSize: tokens.fontSizeBase300, overflowWrap: "anywhere" },
  by: {
    padding: "0 8px",
    borderRadius: tokens.borderRadiusMedium,
    fontWeight: tokens.fontWeightSemibold,
    backgroundColor: paneToken("yellowGround"),
    color: paneToken("yellowText"),
  },
  since: {
    marginLeft: "auto",
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
  },
  text: { margin: "2px 0 0" },
  small: {
    margin: "6px 0 0",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    color: tokens.colorNeutralForeground2,
  },
  causes: { margin: "2px 0 0", paddingLeft: "20px" },
  choices: { display: "flex", flexDirection: "column", gap: "8px", marginTop: "10px" },
  choice: { display: "grid", gridTemplateColumns: "132px 1fr", alignItems: "center", gap: "10px" },
  effect: { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
});

function DriftCard(props: { readonly drift: Drift; readonly session: Session }) {
  const { drift, session } = props;
  const styles = useStyles();
  const { messages, pane } = useWords();
  const now = useNow();
  const effectId = useId();
  const settle = useCommand<null, EngineRefusal, [Choice]>((choice) =>
    session.engine.settleDrift(drift.id, choice),
  );
  return (
    <article className={styles.card} aria-label={`${messages.channel[drift.channel]} ${drift.sku}`}>
      <div className={styles.head}>
        <h3 className={styles.sku}>{drift.sku}</h3>
        <span className={styles.by}>{pane.driftBy(drift.n)}</span>
        <span className={styles.since}>{pane.driftSince(now - drift.openedAt)}</span>
      </div>
      <p className={styles.text}>
        {pane.driftShows(messages.channel[drift.channel], drift.shown, drift.ours)}
      </p>
      {drift.overwritten && <p className={styles.small}>{pane.driftOverwritten}</p>}
      <div className={styles.small}>
        {pane.driftCauses}
        <ol className={styles.causes}>
          {drift.causes.map((cause) => (
            <li key={cause}>{pane.driftCause[cause]}</li>
          ))}
        </ol>
      </div>
      <div className={styles.choices}>
        {drift.choices.map((choice) => (
          <div key={choice} className={styles.choice}>
            <Button
              disabledFocusable={settle.pending}
              icon={settle.pending ? <Spinner size="tiny" aria-hidden="true" /> : null}
              aria-describedby={`${effectId}-${choice}`}
              onClick={() => settle.run(choice)}
            >
              {settle.pending ? pane.driftPending : pane.driftChoice[choice]}
            </Button>
            <span id={`${effectId}-${choice}`} className={styles.effect}>
              {pane.driftEffect[choice](drift.n)}
            </span>
          </div>
        ))}
        <EngineNote refusal={settle.refusal} />
      </div>
    </article>
  );
}

export function DriftPanel(props: {
  readonly drifts: EngineState["drifts"];
  readonly session: Session;
}) {
  const { drifts, session } = props;
  const styles = useStyles();
  const { pane, formats } = useWords();
  return (
    <Panel
      title={pane.driftTitle}
      {...(drifts.length > 0 && { aside: formats.number(drifts.length) })}
    >
      {drifts.length === 0 ? (
        <p className={styles.none}>{pane.driftNone}</p>
      ) : (
        drifts.map((drift) => <DriftCard key={drift.id} drift={drift} session={session} />)
      )}
    </Panel>
  );
}
