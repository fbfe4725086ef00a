/** What a new seller can do in her first ten minutes; each step can be left out, and all of them. */
import { Button, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CheckmarkCircle20Filled, Circle20Regular } from "@fluentui/react-icons";
import { useState } from "react";
import type { ScreenName } from "../../locale/shop-messages";
import type { EngineState } from "../../worker/api";
import { Panel } from "../frame/Panel";
import { useLocalStore } from "../local-store-context";
import { paneToken } from "../pane-theme";
import { useWords } from "../words";

const SKIPPED = "first-steps-skipped";
const REHEARSED = "rehearsed";
const steps = ["rehearse", "import", "connect"] as const;
type Step = (typeof steps)[number];

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: 0 },
  step: {
    display: "grid",
    gridTemplateColumns: "24px minmax(0, 1fr)",
    gap: "2px 8px",
    padding: "8px 0",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  mark: { color: tokens.colorNeutralForeground3 },
  done: { color: paneToken("calmMark") },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  next: {
    margin: "0 0 6px",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    color: tokens.colorNeutralForeground2,
  },
});

export function FirstSteps(props: {
  readonly state: EngineState;
  readonly onGo: (screen: ScreenName) => void;
}) {
  const { state, onGo } = props;
  const styles = useStyles();
  const { hand } = useWords();
  const store = useLocalStore();
  const [skipped, setSkipped] = useState(() => store.read(SKIPPED) !== null);
  const connected = state.connections?.some((each) => each.state === "connected") ?? false;
  const done: Readonly<Record<Step, boolean>> = {
    rehearse: store.read(REHEARSED) !== null,
    import: store.read("imported") !== null,
    connect: connected,
  };
  if (skipped || steps.every((step) => done[step])) return null;
  const go: Readonly<Record<Step, () => void>> = {
    rehearse: () => document.getElementById("rehearse")?.focus(),
    import: () => onGo("import"),
    connect: () => onGo("channels"),
  };
  return (
    <Panel
      title={hand.firstTitle}
      aside={
        <Button
          size="small"
          appearance="subtle"
          onClick={() => {
            store.write(SKIPPED, "yes");
            setSkipped(true);
          }}
        >
          {hand.firstSkip}
        </Button>
      }
    >
      <ol className={styles.list}>
        {steps.map((step) => (
          <li key={step} className={styles.step}>
            <span className={mergeClasses(styles.mark, done[step] && styles.done)}>
              {done[step] ? (
                <CheckmarkCircle20Filled role="img" aria-label={hand.firstDone} />
              ) : (
                <Circle20Regular aria-hidden="true" />
              )}
            </span>
            <div>
              <h3 className={styles.title}>{hand.first[step].title}</h3>
              <p className={styles.next}>{hand.first[step].next}</p>
              {!done[step] && (
                <Button size="small" onClick={go[step]}>
                  {hand.firstGo[step]}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
