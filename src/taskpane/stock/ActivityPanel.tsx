/** What the engine did in the last minutes, and why: the newest first. */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { memo } from "react";
import type { ActivityLine } from "../../worker/api";
import { Panel } from "../frame/Panel";
import { useWords } from "../words";

const useStyles = makeStyles({
  list: {
    listStyleType: "none",
    margin: "0 -14px -14px",
    padding: "0 14px 10px",
    maxHeight: "260px",
    overflowY: "auto",
  },
  line: {
    display: "grid",
    gridTemplateColumns: "60px 1fr",
    gap: "8px",
    padding: "4px 0",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  time: { color: tokens.colorNeutralForeground3, fontVariantNumeric: "tabular-nums" },
  text: { overflowWrap: "anywhere" },
  empty: { margin: 0, color: tokens.colorNeutralForeground3 },
  strong: { fontWeight: tokens.fontWeightSemibold },
});

/** What a seller should not overlook among many orders and pushes. */
const weighty = new Set<ActivityLine["code"]>([
  "alert",
  "paused",
  "oversold",
  "reserved_short",
  "companion_lost",
  "gap",
  "drift",
]);

const Line = memo(function Line({ line }: { readonly line: ActivityLine }) {
  const styles = useStyles();
  const { messages, formats } = useWords();
  const text = messages.activity[line.code]({
    sku: line.sku,
    channel: line.channel === null ? "" : messages.channel[line.channel],
    n: line.n,
    detail: line.detail,
  });
  return (
    <li className={styles.line}>
      <time className={styles.time} dateTime={new Date(line.at).toISOString()}>
        {formats.clock(line.at)}
      </time>
      <span className={mergeClasses(styles.text, weighty.has(line.code) && styles.strong)}>
        {text}
      </span>
    </li>
  );
});

export function ActivityPanel({ activity }: { readonly activity: readonly ActivityLine[] }) {
  const styles = useStyles();
  const { messages } = useWords();
  return (
    <Panel title={messages.activityTitle}>
      {activity.length === 0 ? (
        <p className={styles.empty}>{messages.activityEmpty}</p>
      ) : (
        // Reachable by Tab, so that the keyboard can scroll it.
        <ol className={styles.list} tabIndex={0} aria-label={messages.activityTitle}>
          {activity.map((line) => (
            <Line key={line.id} line={line} />
          ))}
        </ol>
      )}
    </Panel>
  );
}
