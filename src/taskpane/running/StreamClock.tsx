/** The stream's own time, however fast it is played. */
import { makeStyles, mergeClasses, ProgressBar, tokens } from "@fluentui/react-components";
import type { StreamState } from "../../worker/api";
import { useNow } from "../now";
import { paneToken } from "../pane-theme";
import { useWords } from "../words";

const MINUTE_MS = 60_000;

const useStyles = makeStyles({
  clock: { display: "flex", flexDirection: "column", gap: "6px" },
  row: { display: "flex", alignItems: "baseline", justifyContent: "space-between", gap: "8px" },
  title: {
    margin: 0,
    minWidth: 0,
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
  phase: {
    flexShrink: 0,
    display: "inline-flex",
    alignItems: "center",
    gap: "6px",
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorBrandForeground1,
  },
  dot: {
    width: "8px",
    height: "8px",
    borderRadius: "50%",
    backgroundColor: paneToken("redMark"),
    "@media (forced-colors: active)": { backgroundColor: "CanvasText" },
  },
  waiting: { backgroundColor: tokens.colorNeutralForeground3 },
  small: {
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    fontVariantNumeric: "tabular-nums",
  },
});

/** Minutes of the stream's own time that have passed, 0 to its length. */
export function streamMinute(stream: StreamState, now: number): number {
  if (stream.startedAt === null) return 0;
  const minute = ((now - stream.startedAt) * stream.speed) / MINUTE_MS;
  return Math.min(stream.minutes, Math.max(0, minute));
}

export function StreamClock(props: { readonly stream: StreamState; readonly title: string }) {
  const { stream, title } = props;
  const styles = useStyles();
  const { messages } = useWords();
  const now = useNow();
  const settling = stream.phase === "settling";
  const minute = settling ? stream.minutes : streamMinute(stream, now);
  const left = stream.endsAt === null ? 0 : Math.max(0, stream.endsAt - now);
  const minuteText = messages.streamMinute(Math.floor(minute), stream.minutes);
  return (
    <div className={styles.clock}>
      <div className={styles.row}>
        <h2 className={styles.title}>{title}</h2>
        <span className={styles.phase}>
          <span
            className={mergeClasses(styles.dot, settling && styles.waiting)}
            aria-hidden="true"
          />
          {settling ? messages.phaseSettling : messages.phaseRunning}
        </span>
      </div>
      <ProgressBar
        thickness="large"
        max={stream.minutes}
        value={minute}
        aria-label={messages.streamTime}
        aria-valuetext={minuteText}
      />
      <div className={mergeClasses(styles.row, styles.small)}>
        <span>{settling ? messages.streamSettling : minuteText}</span>
        {!settling && (
          <span>
            {messages.streamLeft(left)} · {messages.speedTimes(stream.speed)}
          </span>
        )}
      </div>
    </div>
  );
}
