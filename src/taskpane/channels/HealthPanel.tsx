/** Each channel's health in full: what was read, what comes next, what is left, what went wrong. */
import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  makeStyles,
  mergeClasses,
  tokens,
} from "@fluentui/react-components";
import type { ChannelState } from "../../worker/api";
import { Panel } from "../frame/Panel";
import { useNow } from "../now";
import { paneToken } from "../pane-theme";
import { errorSentence } from "../stock/channel-sentence";
import { useWords, type Words } from "../words";

const useStyles = makeStyles({
  head: { display: "flex", flexWrap: "wrap", columnGap: "8px", alignItems: "baseline" },
  name: { fontWeight: tokens.fontWeightSemibold },
  age: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
  bad: { color: paneToken("redText") },
  slow: { color: paneToken("orangeText") },
  facts: { margin: 0, fontVariantNumeric: "tabular-nums" },
  fact: {
    display: "flex",
    justifyContent: "space-between",
    gap: "12px",
    padding: "4px 0",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  term: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  value: { margin: 0, textAlign: "right", overflowWrap: "anywhere", minWidth: 0 },
  note: {
    margin: "6px 0 0",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: paneToken("orangeText"),
  },
});

interface Fact {
  readonly key: string;
  readonly term: string;
  readonly value: string;
}

function factsOf(state: ChannelState, now: number, words: Words): readonly Fact[] {
  const { messages, pane } = words;
  const took = (ms: number | null) => (ms === null ? messages.unknown : messages.channelPushMs(ms));
  const { lastError } = state;
  const list: [string, string][] = [
    [
      pane.healthLastOk,
      state.lastOkAt === null ? pane.healthIn(0) : messages.channelAge(now - state.lastOkAt),
    ],
    [
      pane.healthNext,
      state.nextPollAt === null ? messages.unknown : pane.healthIn(state.nextPollAt - now),
    ],
    [pane.healthEvery, took(state.readEveryMs)],
    [pane.healthWrite, took(state.writeMs)],
    [pane.healthBacklog, pane.healthListings(state.backlog)],
    ...state.budget.map(({ kind, left, nextAt }): [string, string] => [
      `${pane.healthBudget} · ${pane.healthCall[kind]}`,
      pane.healthCalls(left, nextAt === null ? 0 : nextAt - now),
    ]),
    [pane.healthClock, state.skewMs === null ? messages.unknown : pane.healthSkew(state.skewMs)],
    [
      pane.healthLastError,
      lastError === null
        ? pane.healthNoError
        : `${pane.healthErrorAt(now - lastError.at)} · ${errorSentence(lastError, messages)}`,
    ],
  ];
  const known = state.lastOkAt === null ? list.slice(1) : list;
  return known.map(([term, value]) => ({ key: term, term, value }));
}

function Health({ state }: { readonly state: ChannelState }) {
  const styles = useStyles();
  const words = useWords();
  const { messages, pane } = words;
  const now = useNow();
  const tone = state.status === "failing" ? styles.bad : undefined;
  return (
    <AccordionItem value={state.channel}>
      <AccordionHeader expandIconPosition="end">
        <span className={styles.head}>
          <span className={styles.name}>{messages.channel[state.channel]}</span>
          <span className={mergeClasses(tone, state.status === "slow" && styles.slow)}>
            {messages.channelStatus[state.status]}
          </span>
          <span className={styles.age}>
            {state.lastOkAt === null
              ? messages.channelUnread
              : messages.channelAge(now - state.lastOkAt)}
          </span>
        </span>
      </AccordionHeader>
      <AccordionPanel>
        <dl className={styles.facts}>
          {factsOf(state, now, words).map(({ key, term, value }) => (
            <div key={key} className={styles.fact}>
              <dt className={styles.term}>{term}</dt>
              <dd className={styles.value}>{value}</dd>
            </div>
          ))}
        </dl>
        {state.unknownListings > 0 && (
          <p className={styles.note}>{pane.healthUnknownListings(state.unknownListings)}</p>
        )}
        {state.lockedListings > 0 && (
          <p className={styles.note}>{pane.healthLockedListings(state.lockedListings)}</p>
        )}
      </AccordionPanel>
    </AccordionItem>
  );
}

export function HealthPanel({ channels }: { readonly channels: readonly ChannelState[] }) {
  const { pane } = useWords();
  if (channels.length === 0) return null;
  return (
    <Panel title={pane.healthTitle}>
      <Accordion collapsible multiple>
        {channels.map((state) => (
          <Health key={state.channel} state={state} />
        ))}
      </Accordion>
    </Panel>
  );
}
