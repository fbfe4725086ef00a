/** Four steps from plenty to the last units, the current one marked by frame, icon and word. */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { memo } from "react";
import type { AlertLevel, AlertThresholds } from "../../stock/alerts";
import { Panel } from "../frame/Panel";
import { paneToken } from "../pane-theme";
import { AlertIcon } from "../stock/AlertIcon";
import { useWords } from "../words";

const steps: readonly AlertLevel[] = ["none", "yellow", "orange", "red"];

const useStyles = makeStyles({
  ladder: {
    display: "grid",
    gridTemplateColumns: "repeat(4, minmax(0, 1fr))",
    gap: "6px",
    listStyleType: "none",
    margin: 0,
    padding: 0,
  },
  step: {
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    textAlign: "center",
    gap: "1px",
    padding: "7px 2px 6px",
    borderRadius: tokens.borderRadiusMedium,
    border: `2px solid ${tokens.colorNeutralStroke2}`,
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  name: { fontWeight: tokens.fontWeightSemibold },
  bound: { fontSize: tokens.fontSizeBase100, lineHeight: tokens.lineHeightBase100 },
  none: {
    backgroundColor: paneToken("calmGround"),
    color: paneToken("calmText"),
    border: `2px solid ${paneToken("calmMark")}`,
  },
  yellow: {
    backgroundColor: paneToken("yellowGround"),
    color: paneToken("yellowText"),
    border: `2px solid ${paneToken("yellowMark")}`,
  },
  orange: {
    backgroundColor: paneToken("orangeGround"),
    color: paneToken("orangeText"),
    border: `2px solid ${paneToken("orangeMark")}`,
  },
  red: {
    backgroundColor: paneToken("redGround"),
    color: paneToken("redText"),
    border: `2px solid ${paneToken("redMark")}`,
  },
  // Contrast themes draw every frame alike: the current step gets the colour of a selection.
  current: {
    "@media (forced-colors: active)": {
      forcedColorAdjust: "none",
      backgroundColor: "Highlight",
      color: "HighlightText",
    },
  },
  action: { margin: "10px 0 0", fontWeight: tokens.fontWeightMedium },
});

export const AlertLadder = memo(function AlertLadder(props: {
  readonly alert: AlertLevel;
  readonly thresholds: AlertThresholds;
}) {
  const { alert, thresholds } = props;
  const styles = useStyles();
  const { messages } = useWords();
  return (
    <Panel title={messages.ladderTitle}>
      <ol className={styles.ladder}>
        {steps.map((level) => (
          <li
            key={level}
            className={mergeClasses(
              styles.step,
              level === alert && styles[level],
              level === alert && styles.current,
            )}
            {...(level === alert && { "aria-current": "step" as const })}
          >
            <AlertIcon alert={level} />
            <span className={styles.name}>{messages.ladderName[level]}</span>
            <span className={styles.bound}>
              {level === "none"
                ? messages.ladderFrom(thresholds.yellow)
                : messages.ladderBound(thresholds[level])}
            </span>
          </li>
        ))}
      </ol>
      <p className={styles.action}>{messages.ladderAction[alert]}</p>
    </Panel>
  );
});
