/**
 * The speed test before a stream, guided: choose, order one unit, and the watch runs until the other
 * channel has taken its new number (requirement 70).
 */
import {
  Button,
  Field,
  makeStyles,
  mergeClasses,
  Select,
  tokens,
} from "@fluentui/react-components";
import { Timer20Regular } from "@fluentui/react-icons";
import { useState } from "react";
import { isChannelId, type ChannelId } from "../../base/ids";
import type { Session } from "../../runtime/session";
import type { EngineState, SkuState } from "../../worker/api";
import type { EngineRefusal, LatencyOrder } from "../../worker/engine-api";
import { useCommand } from "../command";
import { EngineNote } from "../frame/EngineNote";
import { Panel } from "../frame/Panel";
import { useNow } from "../now";
import { paneToken } from "../pane-theme";
import { useWords } from "../words";

type Latency = NonNullable<EngineState["latency"]>;

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "10px" },
  how: { margin: 0, color: tokens.colorNeutralForeground2 },
  pair: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr) minmax(0, 1fr)",
    alignItems: "end",
    gap: "10px",
  },
  narrow: { minWidth: 0 },
  watch: {
    margin: 0,
    fontSize: "40px",
    lineHeight: "46px",
    fontWeight: tokens.fontWeightBold,
    fontVariantNumeric: "tabular-nums",
  },
  verdict: { padding: "8px 10px", borderRadius: tokens.borderRadiusMedium },
  good: { backgroundColor: paneToken("calmGround"), color: paneToken("calmText") },
  pass: { backgroundColor: paneToken("yellowGround"), color: paneToken("yellowText") },
  fail: { backgroundColor: paneToken("redGround"), color: paneToken("redText") },
  title: { fontWeight: tokens.fontWeightSemibold },
  text: { margin: 0 },
});

/** More would be no choice but a search. */
const OFFERED_MAX = 200;

function channelsOf(row: SkuState | undefined): readonly ChannelId[] {
  return row === undefined ? [] : Object.keys(row.listed).filter(isChannelId);
}

function Running(props: { readonly test: Latency; readonly session: Session }) {
  const { test, session } = props;
  const styles = useStyles();
  const { messages, pane } = useWords();
  const now = useNow();
  const began = test.orderedAt ?? test.startedAt;
  const say = pane.latencyPhase[test.phase];
  return (
    <div className={styles.form}>
      <div role="status">
        <p className={styles.text}>
          {say(messages.channel[test.from], messages.channel[test.to], test.sku)}
        </p>
      </div>
      <p className={styles.watch} role="timer" aria-label={pane.latencyWatch}>
        {messages.channelPushMs(Math.max(1000, now - began))}
      </p>
      <Button onClick={() => void session.engine.stopLatency()}>{pane.latencyStop}</Button>
    </div>
  );
}

function Result({ test }: { readonly test: Latency }) {
  const styles = useStyles();
  const { messages, pane } = useWords();
  const { verdict, ms, phase, from, to, sku } = test;
  const say = pane.latencyPhase[phase];
  return (
    <div className={styles.form} role="status">
      <p className={styles.text}>{say(messages.channel[from], messages.channel[to], sku)}</p>
      {verdict !== null && ms !== null && (
        <>
          <p className={styles.watch}>{messages.channelPushMs(ms)}</p>
          <div className={mergeClasses(styles.verdict, styles[verdict])}>
            <div className={styles.title}>{pane.latencyVerdict[verdict].title}</div>
            {pane.latencyVerdict[verdict].next}
          </div>
          <p className={styles.text}>{pane.latencyCancel(messages.channel[from])}</p>
        </>
      )}
    </div>
  );
}

function Choose(props: {
  readonly rows: readonly SkuState[];
  readonly again: boolean;
  readonly session: Session;
}) {
  const { rows, again, session } = props;
  const styles = useStyles();
  const { messages, pane } = useWords();
  const [sku, setSku] = useState("");
  const [from, setFrom] = useState<ChannelId | null>(null);
  const [to, setTo] = useState<ChannelId | null>(null);
  const start = useCommand<null, EngineRefusal, [LatencyOrder]>((order) =>
    session.engine.testLatency(order),
  );
  const row = rows.find((each) => each.sku === sku) ?? rows[0];
  const channels = channelsOf(row);
  const source = from !== null && channels.includes(from) ? from : channels[0];
  const others = channels.filter((channel) => channel !== source);
  const target = to !== null && others.includes(to) ? to : others[0];
  if (row === undefined || source === undefined || target === undefined) {
    return <p className={styles.how}>{pane.latencyNeeds}</p>;
  }
  const choice = (value: string, pick: (channel: ChannelId) => void) => {
    if (isChannelId(value)) pick(value);
  };
  return (
    <div className={styles.form}>
      <Field label={pane.latencySku}>
        <Select value={row.sku} onChange={(_event, { value }) => setSku(value)}>
          {rows.map((each) => (
            <option key={each.sku}>{each.sku}</option>
          ))}
        </Select>
      </Field>
      <div className={styles.pair}>
        <Field label={pane.latencyFrom} className={styles.narrow}>
          <Select value={source} onChange={(_event, { value }) => choice(value, setFrom)}>
            {channels.map((channel) => (
              <option key={channel} value={channel}>
                {messages.channel[channel]}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={pane.latencyTo} className={styles.narrow}>
          <Select value={target} onChange={(_event, { value }) => choice(value, setTo)}>
            {others.map((channel) => (
              <option key={channel} value={channel}>
                {messages.channel[channel]}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <EngineNote refusal={start.refusal} />
      <Button
        icon={<Timer20Regular />}
        disabledFocusable={start.pending}
        onClick={() => start.run({ sku: row.sku, from: source, to: target })}
      >
        {again ? pane.latencyAgain : pane.latencyStart}
      </Button>
    </div>
  );
}

export function LatencyPanel(props: { readonly state: EngineState; readonly session: Session }) {
  const { state, session } = props;
  const styles = useStyles();
  const { pane } = useWords();
  const { latency } = state;
  const runs = latency !== null && (latency.phase === "waiting" || latency.phase === "ordered");
  const rows = state.skus.filter((row) => channelsOf(row).length > 1).slice(0, OFFERED_MAX);
  return (
    <Panel title={pane.latencyTitle}>
      <div className={styles.form}>
        <p className={styles.how}>{pane.latencyHow}</p>
        {latency !== null && !runs && <Result test={latency} />}
        {runs ? (
          <Running test={latency} session={session} />
        ) : (
          <Choose rows={rows} again={latency !== null} session={session} />
        )}
      </div>
    </Panel>
  );
}
