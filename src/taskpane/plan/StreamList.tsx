/** Streams to come, running and over: how each stands. */
import { Button, makeStyles, mergeClasses, Spinner, tokens } from "@fluentui/react-components";
import { ArrowSync20Regular } from "@fluentui/react-icons";
import type { StreamState } from "../../worker/api";
import { Panel } from "../frame/Panel";
import { paneToken } from "../pane-theme";
import { useWords } from "../words";
import type { KnownStreams } from "./use-streams";

const SHOWN_MAX = 12;

const useStyles = makeStyles({
  none: { margin: "0 0 8px", color: tokens.colorNeutralForeground2 },
  row: {
    display: "grid",
    gridTemplateColumns: "1fr auto",
    gap: "2px 10px",
    padding: "8px 0",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  name: { margin: 0, fontSize: tokens.fontSizeBase300, overflowWrap: "anywhere" },
  phase: { fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightSemibold },
  on: { color: paneToken("redText") },
  small: {
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
  },
  short: { color: paneToken("orangeText") },
});

function Row(props: {
  readonly stream: StreamState;
  readonly onChange: ((stream: StreamState) => void) | null;
}) {
  const { stream, onChange } = props;
  const styles = useStyles();
  const { desk } = useWords();
  const { phase, planned, reserved, shortBy, startsAt, startedAt } = stream;
  const at = startsAt ?? startedAt;
  const sold = stream.sold[stream.channel] ?? 0;
  return (
    <li className={styles.row}>
      <div>
        <h3 className={styles.name}>
          {stream.creator} · {stream.sku}
        </h3>
        {at !== null && <div className={styles.small}>{desk.moment(at)}</div>}
        <div className={mergeClasses(styles.small, shortBy > 0 && styles.short)}>
          {phase === "preparing"
            ? desk.streamPlanned(planned, reserved, shortBy)
            : desk.streamSold(sold, planned)}
        </div>
      </div>
      <div>
        <div className={mergeClasses(styles.phase, phase === "running" && styles.on)}>
          {desk.streamPhase[phase]}
        </div>
        {onChange !== null && phase === "preparing" && startsAt !== null && (
          <Button size="small" onClick={() => onChange(stream)}>
            {desk.streamChange}
          </Button>
        )}
      </div>
    </li>
  );
}

const useListStyles = makeStyles({
  list: { listStyleType: "none", margin: "0 0 8px", padding: 0 },
});

export function StreamList(props: {
  readonly known: KnownStreams;
  /** Null: this book's streams have no date. */
  readonly onChange: ((stream: StreamState) => void) | null;
}) {
  const { known, onChange } = props;
  const styles = useStyles();
  const lists = useListStyles();
  const { desk } = useWords();
  const { streams } = known;
  return (
    <Panel title={desk.streamsTitle}>
      {streams === null ? (
        <Spinner size="tiny" label={desk.loading} />
      ) : streams.length === 0 ? (
        <p className={styles.none}>{desk.streamsNone}</p>
      ) : (
        <ul className={lists.list}>
          {streams.slice(0, SHOWN_MAX).map((stream) => (
            <Row key={stream.id} stream={stream} onChange={onChange} />
          ))}
        </ul>
      )}
      <Button size="small" icon={<ArrowSync20Regular />} onClick={known.reload}>
        {desk.streamsAgain}
      </Button>
    </Panel>
  );
}
