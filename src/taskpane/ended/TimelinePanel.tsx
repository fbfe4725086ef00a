/** How the stream went, minute by minute: what was sold and what was left. */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowDownload16Regular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import { sheetMessagesOf } from "../../locale/sheets";
import type { Session } from "../../runtime/session";
import type { StreamState } from "../../worker/api";
import { saveFile } from "../frame/save-file";
import { Panel } from "../frame/Panel";
import { paneToken } from "../pane-theme";
import { useWords } from "../words";
import { timelineCsv } from "./timeline-csv";

type Timeline = NonNullable<Awaited<ReturnType<Session["timeline"]>>>;

const WIDTH = 320;
const HEIGHT = 110;

const useStyles = makeStyles({
  chart: { display: "block", width: "100%", height: "auto", overflow: "visible" },
  sold: {
    fill: "none",
    stroke: tokens.colorBrandStroke1,
    strokeWidth: "2.5px",
    "@media (forced-colors: active)": { stroke: "CanvasText" },
  },
  stock: {
    fill: "none",
    stroke: paneToken("orangeMark"),
    strokeWidth: "2px",
    strokeDasharray: "5 3",
    "@media (forced-colors: active)": { stroke: "GrayText" },
  },
  floor: { stroke: tokens.colorNeutralStroke1, strokeWidth: "1px" },
  events: {
    margin: "8px 0 0",
    padding: 0,
    listStyleType: "none",
    maxHeight: "200px",
    overflowY: "auto",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
  },
  event: { display: "grid", gridTemplateColumns: "64px 1fr", gap: "8px" },
  foot: { marginTop: "8px" },
  minute: { color: tokens.colorNeutralForeground3, fontVariantNumeric: "tabular-nums" },
});

/** Asked again while the book is being written; null until it is told. */
const AGAIN_MS = 2000;

function useTimeline(session: Session, streamId: string): Timeline | null {
  const [told, setTold] = useState<Timeline | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let isWanted = true;
    const ask = () => {
      void session
        .timeline(streamId)
        .catch(() => null)
        .then((timeline) => {
          if (!isWanted) return;
          if (timeline === null) timer = setTimeout(ask, AGAIN_MS);
          else setTold(timeline);
        });
    };
    ask();
    return () => {
      isWanted = false;
      if (timer !== null) clearTimeout(timer);
    };
  }, [session, streamId]);
  return told?.streamId === streamId ? told : null;
}

function line(values: readonly number[], top: number): string {
  const step = WIDTH / Math.max(1, values.length - 1);
  const points = values.map(
    (units, i) => `${(i * step).toFixed(1)} ${(HEIGHT - (units / top) * HEIGHT).toFixed(1)}`,
  );
  return `M${points.join("L")}`;
}

export function TimelinePanel(props: { readonly stream: StreamState; readonly session: Session }) {
  const { stream, session } = props;
  const styles = useStyles();
  const { desk, hand, messages, locale } = useWords();
  const words = sheetMessagesOf(locale);
  const sentenceOf = (event: Timeline["events"][number]) =>
    event.code === "alert"
      ? words.timelineAlert(event.level, event.left)
      : words.timelineEvent[event.code];
  const timeline = useTimeline(session, stream.id);
  if (timeline === null) return null;
  const sold = stream.sold[stream.channel] ?? 0;
  const top = Math.max(1, ...timeline.stock, ...stream.curve);
  return (
    <Panel title={desk.timelineTitle} aside={`${desk.timelineSold} — ${desk.timelineStock} - -`}>
      <svg
        className={styles.chart}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={desk.timelineSummary(sold, timeline.stock.at(-1) ?? 0)}
        focusable="false"
      >
        <line className={styles.floor} x1={0} x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
        <path className={styles.stock} d={line(timeline.stock, top)} />
        <path className={styles.sold} d={line([0, ...stream.curve], top)} />
      </svg>
      <ol className={styles.events} tabIndex={0} aria-label={desk.timelineTitle}>
        {timeline.events.map((event, index) => (
          <li key={`${index} ${event.code}`} className={styles.event}>
            <span className={styles.minute}>{messages.chartMinute(event.minute)}</span>
            {sentenceOf(event)}
          </li>
        ))}
      </ol>
      <div className={styles.foot}>
        <Button
          size="small"
          icon={<ArrowDownload16Regular />}
          onClick={() => {
            const text = timelineCsv(timeline, stream.curve, hand.timelineColumns, sentenceOf);
            saveFile(new Blob([text], { type: "text/csv" }), `streamstock-${stream.id}.csv`);
          }}
        >
          {hand.timelineSave}
        </Button>
      </div>
    </Panel>
  );
}
