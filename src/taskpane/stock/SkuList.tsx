/**
 * A list of any length of which only what is in view is drawn: rows have one height, and the page
 * scrolls inside a frame. Arrow and page keys work as in any scrolled region.
 */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { memo, useState } from "react";
import type { SkuState } from "../../worker/api";
import { useWords } from "../words";
import { AlertIcon } from "./AlertIcon";
import { paneToken } from "../pane-theme";

const ROW_PX = 84;
const FRAME_PX = 504;
/** Drawn beyond what is seen, so that a quick scroll meets rows and not a gap. */
const SPARE_ROWS = 6;

const useStyles = makeStyles({
  frame: {
    maxHeight: `${FRAME_PX}px`,
    overflowY: "auto",
    margin: "0 -14px -14px",
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
  list: { position: "relative", listStyleType: "none", margin: 0, padding: 0 },
  row: {
    position: "absolute",
    left: "14px",
    right: "14px",
    height: `${ROW_PX}px`,
    boxSizing: "border-box",
    padding: "8px 0",
    overflow: "hidden",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  head: { display: "flex", alignItems: "center", gap: "6px", minWidth: 0 },
  sku: {
    maxWidth: "60%",
    minWidth: 0,
    padding: "0 2px",
    border: "none",
    background: "none",
    font: "inherit",
    color: tokens.colorBrandForegroundLink,
    fontWeight: tokens.fontWeightSemibold,
    whiteSpace: "nowrap",
    overflow: "hidden",
    textOverflow: "ellipsis",
    flexShrink: 0,
    cursor: "pointer",
    ":hover": { textDecoration: "underline" },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
  title: {
    minWidth: 0,
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
  },
  facts: { display: "grid", gridTemplateColumns: "repeat(4, 1fr)", gap: "6px", margin: "4px 0 0" },
  term: {
    fontSize: tokens.fontSizeBase100,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
  },
  fact: { margin: 0, fontWeight: tokens.fontWeightSemibold, fontVariantNumeric: "tabular-nums" },
  below: { color: paneToken("redText") },
});

const Row = memo(function Row(props: {
  readonly row: SkuState;
  readonly index: number;
  readonly count: number;
  readonly onOpen: (sku: string) => void;
}) {
  const { row, index, count, onOpen } = props;
  const styles = useStyles();
  const { messages, formats, desk, hand } = useWords();
  const facts = [
    [messages.columnOnHand, row.onHand],
    [messages.columnCommitted, row.committed + row.held],
    [messages.columnReserved, row.reserved],
    [desk.stockFree, row.available],
  ] as const;
  return (
    <li
      className={styles.row}
      style={{ top: index * ROW_PX }}
      aria-setsize={count}
      aria-posinset={index + 1}
    >
      <div className={styles.head}>
        {row.alert !== "none" && <AlertIcon alert={row.alert} />}
        <button
          type="button"
          className={styles.sku}
          aria-label={hand.skuOpen(row.sku)}
          onClick={() => onOpen(row.sku)}
        >
          {row.sku}
        </button>
        <span className={styles.title}>{row.title}</span>
      </div>
      <dl className={styles.facts}>
        {facts.map(([term, n]) => (
          <div key={term}>
            <dt className={styles.term}>{term}</dt>
            <dd className={mergeClasses(styles.fact, n < 0 && styles.below)}>
              {formats.number(n)}
            </dd>
          </div>
        ))}
      </dl>
    </li>
  );
});

export function SkuList(props: {
  readonly rows: readonly SkuState[];
  /** The same function while the list lives: rows are compared by what they are given. */
  readonly onOpen: (sku: string) => void;
}) {
  const { rows, onOpen } = props;
  const styles = useStyles();
  const { desk } = useWords();
  const [top, setTop] = useState(0);
  const first = Math.max(0, Math.floor(top / ROW_PX) - SPARE_ROWS);
  const last = Math.ceil((top + FRAME_PX) / ROW_PX) + SPARE_ROWS;
  return (
    <div
      className={styles.frame}
      // Reachable by Tab, so that the keyboard can scroll it.
      tabIndex={0}
      role="region"
      aria-label={desk.stockListLabel}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
    >
      <ul className={styles.list} style={{ height: rows.length * ROW_PX }}>
        {rows.slice(first, last).map((row, at) => (
          <Row key={row.sku} row={row} index={first + at} count={rows.length} onOpen={onOpen} />
        ))}
      </ul>
    </div>
  );
}
