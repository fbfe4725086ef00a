/** One channel: status and age in the first line, its numbers in the second, its fault below. */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import {
  ArrowSync16Regular,
  CheckmarkCircle16Filled,
  Clock16Regular,
  ErrorCircle16Filled,
  PauseCircle16Regular,
} from "@fluentui/react-icons";
import type { ChannelState } from "../../worker/api";
import { useNow } from "../now";
import { paneToken } from "../pane-theme";
import { useWords } from "../words";
import { errorSentence } from "./channel-sentence";

const useStyles = makeStyles({
  row: {
    padding: "8px 0",
    ":not(:last-child)": { borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
    ":last-child": { paddingBottom: 0 },
  },
  head: { display: "flex", flexWrap: "wrap", alignItems: "center", columnGap: "8px" },
  name: { fontWeight: tokens.fontWeightSemibold },
  status: {
    display: "inline-flex",
    alignItems: "center",
    gap: "4px",
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
  },
  calm: { color: paneToken("calmText") },
  quiet: { color: tokens.colorNeutralForeground3 },
  orange: { color: paneToken("orangeText") },
  red: { color: paneToken("redText") },
  age: {
    marginLeft: "auto",
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
    fontVariantNumeric: "tabular-nums",
  },
  facts: {
    display: "grid",
    gridTemplateColumns: "repeat(3, 1fr)",
    gap: "8px",
    margin: "6px 0 0",
  },
  term: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
  fact: {
    margin: 0,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: "tabular-nums",
  },
  error: {
    margin: "6px 0 0",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: paneToken("redText"),
    overflowWrap: "anywhere",
  },
});

const looks = {
  waiting: { Icon: Clock16Regular, tone: "quiet" },
  ok: { Icon: CheckmarkCircle16Filled, tone: "calm" },
  slow: { Icon: ArrowSync16Regular, tone: "orange" },
  failing: { Icon: ErrorCircle16Filled, tone: "red" },
  paused: { Icon: PauseCircle16Regular, tone: "orange" },
} as const;

function Age({ at }: { readonly at: number | null }) {
  const { messages } = useWords();
  const now = useNow();
  return at === null ? messages.channelUnread : messages.channelAge(now - at);
}

export function ChannelRow(props: {
  readonly state: ChannelState;
  /** Absent: no item is in front whose number would be shown. */
  readonly listed?: number | null;
}) {
  const { state, listed } = props;
  const styles = useStyles();
  const { messages, formats } = useWords();
  const { Icon, tone } = looks[state.status];
  const error = state.error === null ? null : errorSentence(state.error, messages);
  const facts = [
    ...(listed === undefined
      ? []
      : [
          {
            term: messages.channelListed,
            fact: listed === null ? messages.unknown : formats.number(listed),
          },
        ]),
    { term: messages.channelOrders, fact: formats.number(state.ordersBooked) },
    {
      term: messages.channelPush,
      fact: state.lastPushMs === null ? messages.unknown : messages.channelPushMs(state.lastPushMs),
    },
  ];
  return (
    <div className={styles.row}>
      <div className={styles.head}>
        <span className={styles.name}>{messages.channel[state.channel]}</span>
        <span className={mergeClasses(styles.status, styles[tone])}>
          <Icon aria-hidden="true" />
          {messages.channelStatus[state.status]}
        </span>
        <span className={styles.age}>
          <Age at={state.lastOkAt} />
        </span>
      </div>
      <dl className={styles.facts}>
        {facts.map(({ term, fact }) => (
          <div key={term}>
            <dt className={styles.term}>{term}</dt>
            <dd className={styles.fact}>{fact}</dd>
          </div>
        ))}
      </dl>
      {error !== null && <p className={styles.error}>{error}</p>}
    </div>
  );
}
