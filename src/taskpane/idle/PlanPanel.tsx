/** The item that the creator will show, and what is planned for it. */
import { makeStyles, tokens } from "@fluentui/react-components";
import type { EngineState } from "../../worker/api";
import { Panel } from "../frame/Panel";
import { useWords } from "../words";

const useStyles = makeStyles({
  item: { display: "flex", justifyContent: "space-between", alignItems: "end", gap: "12px" },
  title: {
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: "anywhere",
  },
  sku: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  planned: {
    flexShrink: 0,
    color: tokens.colorBrandForeground1,
    fontWeight: tokens.fontWeightSemibold,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    whiteSpace: "nowrap",
  },
  facts: {
    display: "grid",
    gridTemplateColumns: "repeat(3, 1fr)",
    gap: "8px",
    margin: "12px 0 0",
    paddingTop: "10px",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  term: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
  fact: { margin: 0, fontWeight: tokens.fontWeightSemibold, overflowWrap: "anywhere" },
  pending: { margin: 0, color: tokens.colorNeutralForeground3 },
});

export function PlanPanel({ state }: { readonly state: EngineState }) {
  const styles = useStyles();
  const { messages, formats } = useWords();
  const stream = state.stream?.phase === "preparing" ? state.stream : state.next;
  if (stream === null) {
    return (
      <Panel title={messages.planTitle}>
        <p className={styles.pending}>{messages.planPending}</p>
      </Panel>
    );
  }
  const row = state.skus.find(({ sku }) => sku === stream.sku);
  const facts = [
    { term: messages.planCreator, fact: stream.creator },
    { term: messages.planFollowers, fact: formats.number(stream.followers) },
    {
      term: messages.planOnHand,
      fact: row === undefined ? messages.unknown : formats.number(row.onHand),
    },
  ];
  return (
    <Panel title={messages.planTitle}>
      <div className={styles.item}>
        <div>
          <div className={styles.title}>{row?.title ?? stream.sku}</div>
          <div className={styles.sku}>{stream.sku}</div>
        </div>
        <div className={styles.planned}>{messages.planUnits(stream.planned)}</div>
      </div>
      <dl className={styles.facts}>
        {facts.map(({ term, fact }) => (
          <div key={term}>
            <dt className={styles.term}>{term}</dt>
            <dd className={styles.fact}>{fact}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
