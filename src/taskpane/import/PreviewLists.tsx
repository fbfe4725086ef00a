/** The rows of a preview: what changes by SKU, and what is refused or left out, with the reason. */
import { makeStyles, tokens } from "@fluentui/react-components";
import type { Messages } from "../../locale/messages";
import type { ImportPreview, ImportRow } from "../../worker/api";
import { paneToken } from "../pane-theme";
import { useWords } from "../words";

type Change = ImportPreview["page"]["changes"][number];

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: 0 },
  line: {
    padding: "6px 0",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    overflowWrap: "anywhere",
    contentVisibility: "auto",
    containIntrinsicSize: "auto 34px",
  },
  head: { display: "flex", flexWrap: "wrap", gap: "2px 8px", alignItems: "baseline" },
  sku: { fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase300 },
  isNew: {
    padding: "0 6px",
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: paneToken("calmGround"),
    color: paneToken("calmText"),
  },
  what: { marginLeft: "auto", textAlign: "right", fontVariantNumeric: "tabular-nums" },
  row: { fontWeight: tokens.fontWeightSemibold, whiteSpace: "nowrap" },
  cell: { color: tokens.colorNeutralForeground3 },
});

function sentencesOf(change: Change, messages: Messages): readonly string[] {
  const { imports } = messages;
  const { onHand, ordered, paid, cancelled, shipped, listed } = change;
  const told: string[] = [];
  if (onHand !== null) told.push(imports.onHandChange(onHand.from, onHand.to));
  if (ordered > 0) told.push(imports.ordered(ordered));
  if (paid > 0) told.push(imports.paid(paid));
  if (cancelled > 0) told.push(imports.cancelled(cancelled));
  if (shipped > 0) told.push(imports.shipped(shipped));
  if (told.length === 0 && listed !== null) told.push(imports.listedOnly(listed));
  return told;
}

export function ChangeList({ changes }: { readonly changes: readonly Change[] }) {
  const styles = useStyles();
  const { messages } = useWords();
  return (
    <ul className={styles.list}>
      {changes.map((change) => (
        <li key={change.sku} className={styles.line}>
          <div className={styles.head}>
            <span className={styles.sku}>{change.sku}</span>
            {change.isNew && <span className={styles.isNew}>{messages.imports.isNew}</span>}
            <span className={styles.what}>{sentencesOf(change, messages).join(" · ")}</span>
          </div>
        </li>
      ))}
    </ul>
  );
}

function reasonOf(row: ImportRow, messages: Messages): string {
  const { rowRefusal, leftOut } = messages.imports;
  const all: Readonly<Record<string, string>> = { ...rowRefusal, ...leftOut };
  return all[row.code] ?? row.code;
}

export function RowList({ rows }: { readonly rows: readonly ImportRow[] }) {
  const styles = useStyles();
  const { messages } = useWords();
  return (
    <ul className={styles.list}>
      {rows.map((row) => (
        <li key={`${row.row} ${row.code} ${row.column}`} className={styles.line}>
          <span className={styles.row}>{messages.imports.rowNumber(row.row)}</span>{" "}
          {reasonOf(row, messages)}
          {(row.column !== "" || row.cell !== "") && (
            <div className={styles.cell}>{[row.column, row.cell].filter(Boolean).join(": ")}</div>
          )}
        </li>
      ))}
    </ul>
  );
}
