/** When stock ends: what to do now, step by step; each step done is kept in the ledger. */
import { Button, Checkbox, makeStyles, tokens } from "@fluentui/react-components";
import { Copy16Regular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import { runBookSteps, type RunBookStep } from "../../locale/desk-messages";
import { soldOutSentence } from "../../locale/sold-out-sentence";
import type { Session } from "../../runtime/session";
import type { SkuState, StreamState } from "../../worker/api";
import type { EngineRefusal } from "../../worker/engine-api";
import { useCommand } from "../command";
import { EngineNote } from "../frame/EngineNote";
import { Panel } from "../frame/Panel";
import { useNow } from "../now";
import { paneToken } from "../pane-theme";
import { useWords } from "../words";
import { WaitList } from "./WaitList";

const SUPPLIER_MS = 2 * 60 * 60_000;
const SHOWN_MAX = 5;

const useStyles = makeStyles({
  lead: { margin: "0 0 4px", fontWeight: tokens.fontWeightSemibold, color: paneToken("redText") },
  steps: { listStyleType: "none", margin: 0, padding: 0 },
  step: { padding: "6px 0", borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  more: {
    margin: "0 0 4px 32px",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    color: tokens.colorNeutralForeground2,
  },
  list: { margin: "2px 0 0", paddingLeft: "18px" },
  sentence: {
    margin: "4px 0",
    padding: "6px 10px",
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    color: tokens.colorNeutralForeground1,
    userSelect: "text",
  },
  timer: { fontWeight: tokens.fontWeightSemibold, fontVariantNumeric: "tabular-nums" },
});

function Sentences() {
  const styles = useStyles();
  const { desk } = useWords();
  const [told, setTold] = useState<"copied" | "failed" | null>(null);
  return (
    <>
      {(["zh-CN", "en"] as const).map((locale) => (
        <div key={locale}>
          <p className={styles.sentence} lang={locale}>
            {soldOutSentence[locale]}
          </p>
          <Button
            size="small"
            icon={<Copy16Regular />}
            onClick={() => {
              void navigator.clipboard.writeText(soldOutSentence[locale]).then(
                () => setTold("copied"),
                () => setTold("failed"),
              );
            }}
          >
            {desk.runBookCopy[locale]}
          </Button>
        </div>
      ))}
      <div role="status">
        {told === "copied" && desk.runBookCopied}
        {told === "failed" && desk.runBookCopyFailed}
      </div>
    </>
  );
}

function Others(props: { readonly stream: StreamState; readonly skus: readonly SkuState[] }) {
  const { stream, skus } = props;
  const styles = useStyles();
  const { desk } = useWords();
  const left = (row: SkuState) => row.sellable[stream.channel] ?? 0;
  const others = skus
    .filter((row) => row.sku !== stream.sku && left(row) > 0)
    .sort((a, b) => left(b) - left(a))
    .slice(0, SHOWN_MAX);
  if (others.length === 0) return <div>{desk.runBookNothingElse}</div>;
  return (
    <ul className={styles.list}>
      {others.map((row) => (
        <li key={row.sku}>
          {desk.runBookLeft(row.sku, left(row))} · {row.title}
        </li>
      ))}
    </ul>
  );
}

function SupplierTimer({ since }: { readonly since: number | undefined }) {
  const styles = useStyles();
  const { desk } = useWords();
  const now = useNow();
  if (since === undefined) return null;
  const left = since + SUPPLIER_MS - now;
  return (
    <div className={styles.timer}>{left > 0 ? desk.runBookTimer(left) : desk.runBookTimerOver}</div>
  );
}

export function RunBook(props: {
  readonly stream: StreamState;
  readonly skus: readonly SkuState[];
  readonly soldOut: boolean;
  readonly session: Session;
}) {
  const { stream, skus, soldOut, session } = props;
  const styles = useStyles();
  const { desk } = useWords();
  const [done, setDone] = useState<Readonly<Record<string, number>>>({});
  const tick = useCommand<null, EngineRefusal, [RunBookStep]>(async (step) => {
    const told = await session.engine.tick(stream.id, step);
    if (told.ok) setDone(await session.engine.runBook(stream.id));
    return told;
  });
  useEffect(() => {
    let isWanted = true;
    void session.engine
      .runBook(stream.id)
      // A worker that is gone is told of elsewhere; the steps stand without their ticks.
      .catch(() => ({}))
      .then((known) => {
        if (isWanted) setDone(known);
      });
    return () => {
      isWanted = false;
    };
  }, [session, stream.id]);
  const count = runBookSteps.filter((step) => step in done).length;
  return (
    <Panel title={desk.runBookTitle} aside={desk.runBookDone(count, runBookSteps.length)}>
      <p className={styles.lead}>{soldOut ? desk.runBookSoldOut : desk.runBookLow}</p>
      <ol className={styles.steps}>
        {runBookSteps.map((step) => (
          <li key={step} className={styles.step}>
            <Checkbox
              label={desk.runBookStep[step].title}
              checked={step in done}
              onChange={(_event, { checked }) => {
                // What the ledger holds is not taken back.
                if (checked === true) tick.run(step);
              }}
            />
            <div className={styles.more}>
              {desk.runBookStep[step].next}
              {step === "switched" && <Others stream={stream} skus={skus} />}
              {step === "said_it" && <Sentences />}
              {step === "wait_list" && <WaitList sku={stream.sku} />}
              {step === "asked_supplier" && <SupplierTimer since={done[step]} />}
              {done[step] !== undefined && <div>{desk.runBookAt(done[step])}</div>}
            </div>
          </li>
        ))}
      </ol>
      <EngineNote refusal={tick.refusal} />
    </Panel>
  );
}
