/** What a file would do, before it does it: numbers first, then every SKU and every refused row. */
import { Button, makeStyles, Spinner, tokens } from "@fluentui/react-components";
import { useState } from "react";
import type { Session } from "../../runtime/session";
import type { ImportPreview } from "../../worker/api";
import { Banner } from "../frame/Banner";
import { Panel } from "../frame/Panel";
import { useWords } from "../words";
import { ChangeList, RowList } from "./PreviewLists";

type Page = ImportPreview["page"];

const PAGE = 200;

const useStyles = makeStyles({
  facts: {
    display: "grid",
    gridTemplateColumns: "repeat(4, auto)",
    justifyContent: "space-between",
    gap: "8px",
    margin: "0 0 10px",
  },
  term: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
  fact: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightBold,
    fontVariantNumeric: "tabular-nums",
  },
  notes: { display: "flex", flexDirection: "column", gap: "8px" },
  text: { margin: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  section: { marginTop: "12px" },
  summary: { cursor: "pointer", fontWeight: tokens.fontWeightSemibold, padding: "4px 0" },
  more: { marginTop: "8px" },
  apply: { width: "100%", marginTop: "12px" },
});

function Notes({ preview }: { readonly preview: ImportPreview }) {
  const styles = useStyles();
  const { messages } = useWords();
  const { imports } = messages;
  const { summary } = preview;
  const { order, isSure } = summary.dateOrder;
  return (
    <div className={styles.notes}>
      {summary.isRepeat ? (
        <Banner intent="info" title={imports.repeat.title} text={imports.repeat.next} />
      ) : (
        summary.isEmpty && (
          <Banner intent="info" title={imports.nothing.title} text={imports.nothing.next} />
        )
      )}
      {summary.needsOrdersFirst && !summary.isRepeat && (
        <Banner intent="warning" text={imports.ordersFirst} />
      )}
      {summary.subject === "orders" && !isSure && (
        <p className={styles.text}>{imports.dates(imports.dateOrder[order])}</p>
      )}
    </div>
  );
}

function joined(a: Page, b: Page): Page {
  return {
    changes: [...a.changes, ...b.changes],
    refused: [...a.refused, ...b.refused],
    leftOut: [...a.leftOut, ...b.leftOut],
  };
}

export function PreviewPanel(props: {
  readonly preview: ImportPreview;
  readonly session: Session;
  readonly applying: boolean;
  readonly onApply: () => void;
}) {
  const { preview, session, applying, onApply } = props;
  const styles = useStyles();
  const { messages, formats } = useWords();
  const { imports } = messages;
  const { summary } = preview;
  const [shown, setShown] = useState(preview.page);
  const count = (counts: Readonly<Record<string, number>>) =>
    Object.values(counts).reduce((sum, n) => sum + n, 0);
  const refused = count(summary.refused);
  const leftOut = count(summary.leftOut);
  const facts = [
    [imports.previewRows, summary.rows],
    [imports.previewChanges, summary.changes],
    [imports.previewRefused, refused],
    [imports.previewLeftOut, leftOut],
  ] as const;
  // The lists grow together: the longest of them says how far they have come.
  const reached = Math.max(shown.changes.length, shown.refused.length, shown.leftOut.length);
  const left = Math.max(summary.changes, refused, leftOut) - reached;
  const showMore = async () => {
    const more = await session.imports.page(reached, PAGE);
    if (more !== null) setShown((before) => joined(before, more));
  };
  const nothing = summary.isEmpty || summary.isRepeat;
  return (
    <Panel title={imports.previewTitle}>
      <dl className={styles.facts}>
        {facts.map(([term, n]) => (
          <div key={term}>
            <dt className={styles.term}>{term}</dt>
            <dd className={styles.fact}>{formats.number(n)}</dd>
          </div>
        ))}
      </dl>
      <Notes preview={preview} />
      {refused > 0 && (
        <details className={styles.section} open>
          <summary className={styles.summary}>
            {imports.refusedTitle} · {formats.number(refused)}
          </summary>
          <p className={styles.text}>{imports.refusedHow}</p>
          <RowList rows={shown.refused} />
        </details>
      )}
      {shown.changes.length > 0 && (
        <details className={styles.section} open>
          <summary className={styles.summary}>
            {imports.changesTitle} · {formats.number(summary.changes)}
          </summary>
          <ChangeList changes={shown.changes} />
        </details>
      )}
      {leftOut > 0 && (
        <details className={styles.section}>
          <summary className={styles.summary}>
            {imports.leftOutTitle} · {formats.number(leftOut)}
          </summary>
          <RowList rows={shown.leftOut} />
        </details>
      )}
      {left > 0 && (
        <Button className={styles.more} size="small" onClick={() => void showMore()}>
          {imports.more(Math.min(PAGE, left))}
        </Button>
      )}
      {!nothing && (
        <Button
          appearance="primary"
          size="large"
          className={styles.apply}
          icon={applying ? <Spinner size="tiny" aria-hidden="true" /> : null}
          disabledFocusable={applying}
          onClick={onApply}
        >
          {applying ? imports.applying : imports.apply(summary.changes)}
        </Button>
      )}
    </Panel>
  );
}
