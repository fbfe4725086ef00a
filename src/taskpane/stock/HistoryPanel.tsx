/** Every move of a SKU's units, the newest first, with the way back for what was typed in. */
import { Button, makeStyles, Spinner, tokens } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import { isChannelId } from "../../base/ids";
import type { Session } from "../../runtime/session";
import type { HandRefusal, HistoryLine, HistoryPage } from "../../worker/hand-api";
import { useCommand } from "../command";
import { HandNote } from "../frame/HandNote";
import { Panel } from "../frame/Panel";
import { useWords } from "../words";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: 0 },
  line: { padding: "7px 0", borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  head: { display: "flex", justifyContent: "space-between", gap: "8px" },
  kind: { fontWeight: tokens.fontWeightSemibold },
  small: {
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
    overflowWrap: "anywhere",
  },
  units: { fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" },
  foot: { marginTop: "8px" },
  none: { margin: 0, color: tokens.colorNeutralForeground3 },
});

function Line(props: { readonly line: HistoryLine; readonly onUndo: (seq: number) => void }) {
  const { line, onUndo } = props;
  const styles = useStyles();
  const { hand, desk, messages } = useWords();
  const name = (channel: string) => (isChannelId(channel) ? messages.channel[channel] : channel);
  const way = `${hand.account(line.from, name)} → ${hand.account(line.to, name)}`;
  const notes = [
    desk.moment(line.at),
    way,
    line.ref,
    line.byHand ? hand.historyByHand : "",
    line.reversed ? hand.historyReversed : "",
  ].filter((text) => text !== "");
  return (
    <li className={styles.line}>
      <div className={styles.head}>
        <span className={styles.kind}>{hand.historyKind[line.kind]}</span>
        <span className={styles.units}>{hand.historyUnits(line.units)}</span>
      </div>
      <div className={styles.small}>{notes.join(" · ")}</div>
      {line.mayUndo && (
        <Button size="small" onClick={() => onUndo(line.seq)}>
          {hand.undo}
        </Button>
      )}
    </li>
  );
}

export function HistoryPanel(props: {
  readonly sku: string;
  /** Another number: the history is to be read anew. */
  readonly turn: number;
  readonly session: Session;
  readonly onUndone: () => void;
}) {
  const { sku, turn, session, onUndone } = props;
  const styles = useStyles();
  const { hand, desk } = useWords();
  const [page, setPage] = useState<HistoryPage | null>(null);
  useEffect(() => {
    let isWanted = true;
    void session.hand
      .history(sku, null)
      // A worker that is gone is told of elsewhere.
      .catch((): HistoryPage => ({ lines: [], next: null }))
      .then((read) => {
        if (isWanted) setPage(read);
      });
    return () => {
      isWanted = false;
    };
  }, [session, sku, turn]);
  const more = async (before: number) => {
    const older = await session.hand.history(sku, before);
    setPage((known) =>
      known === null ? older : { lines: [...known.lines, ...older.lines], next: older.next },
    );
  };
  const undo = useCommand<null, HandRefusal, [number]>(async (seq) => {
    const told = await session.hand.undo(seq);
    if (told.ok) onUndone();
    return told;
  });
  const next = page?.next ?? null;
  return (
    <Panel title={hand.historyTitle}>
      {page === null && <Spinner size="tiny" label={desk.loading} />}
      {page?.lines.length === 0 && <p className={styles.none}>{hand.historyNone}</p>}
      <ol className={styles.list}>
        {(page?.lines ?? []).map((line) => (
          <Line key={line.seq} line={line} onUndo={(seq) => undo.run(seq)} />
        ))}
      </ol>
      <div className={styles.foot}>
        <HandNote refusal={undo.refusal} />
        {next !== null && <Button onClick={() => void more(next)}>{hand.historyMore}</Button>}
      </div>
    </Panel>
  );
}
