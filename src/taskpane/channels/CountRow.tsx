/** One SKU of the shops, what each channel shows of it, and the seller's own count. */
import { Input, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { memo } from "react";
import type { Messages } from "../../locale/messages";
import type { ShopListing, ShopSku } from "../../worker/api";
import { paneToken } from "../pane-theme";
import { useWords } from "../words";

const useStyles = makeStyles({
  row: {
    display: "grid",
    gridTemplateColumns: "1fr 92px",
    gap: "8px",
    alignItems: "start",
    padding: "8px 0",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    contentVisibility: "auto",
    containIntrinsicSize: "auto 64px",
  },
  sku: { fontWeight: tokens.fontWeightSemibold, overflowWrap: "anywhere" },
  title: {
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
    overflowWrap: "anywhere",
  },
  shown: {
    display: "flex",
    flexWrap: "wrap",
    gap: "4px",
    margin: "4px 0 0",
    fontSize: tokens.fontSizeBase200,
  },
  chip: {
    padding: "0 6px",
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    fontVariantNumeric: "tabular-nums",
    whiteSpace: "nowrap",
  },
  differs: { backgroundColor: paneToken("yellowGround"), color: paneToken("yellowText") },
  warning: {
    margin: "4px 0 0",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: paneToken("orangeText"),
  },
  count: { minWidth: 0, width: "92px" },
  known: {
    textAlign: "right",
    paddingTop: "6px",
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
  },
  bad: {
    margin: "4px 0 0",
    fontSize: tokens.fontSizeBase200,
    color: paneToken("redText"),
  },
});

/** Null: no number; "bad": no whole number of units. */
export function readCount(text: string): number | null | "bad" {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  return /^\d{1,9}$/.test(trimmed) ? Number(trimmed) : "bad";
}

function warningsOf(listings: readonly ShopListing[], messages: Messages): readonly string[] {
  const found = new Set(listings.flatMap(({ warnings }) => warnings));
  return Object.entries(messages.shops.warning).flatMap(([name, sentence]) =>
    [...found].some((warning) => warning === name) ? [sentence] : [],
  );
}

export function ShownOn(props: {
  readonly listings: readonly ShopListing[];
  /** Once the book keeps it up, channels show different numbers on purpose. */
  readonly isKept?: boolean;
}) {
  const { listings, isKept = false } = props;
  const styles = useStyles();
  const { messages } = useWords();
  const { shops } = messages;
  const numbers = new Set(listings.flatMap(({ shown }) => shown ?? []));
  return (
    <div className={styles.shown}>
      {listings.map(({ channel, listingId, shown, onSale }) => (
        <span key={`${channel}/${listingId}`} className={styles.chip}>
          {shops.shownOn(messages.channel[channel], shown)}
          {!onSale && ` · ${shops.offSale}`}
        </span>
      ))}
      {!isKept && numbers.size > 1 && (
        <span className={mergeClasses(styles.chip, styles.differs)}>{shops.differs}</span>
      )}
    </div>
  );
}

export const CountRow = memo(function CountRow(props: {
  readonly item: ShopSku;
  readonly text: string;
  readonly onChange: (sku: string, text: string) => void;
}) {
  const { item, text, onChange } = props;
  const styles = useStyles();
  const { messages } = useWords();
  const { shops } = messages;
  const bad = readCount(text) === "bad";
  return (
    <li className={styles.row}>
      <div>
        <div className={styles.sku}>{item.sku}</div>
        <div className={styles.title}>{item.title}</div>
        <ShownOn listings={item.listings} isKept={item.isKnown} />
        {warningsOf(item.listings, messages).map((sentence) => (
          <p key={sentence} className={styles.warning}>
            {sentence}
          </p>
        ))}
        {bad && <p className={styles.bad}>{shops.countBad}</p>}
      </div>
      {item.isKnown ? (
        <span className={styles.known}>{shops.countKnown}</span>
      ) : (
        <Input
          className={styles.count}
          inputMode="numeric"
          aria-label={shops.countLabel(item.sku)}
          aria-invalid={bad}
          value={text}
          onChange={(_event, { value }) => onChange(item.sku, value)}
        />
      )}
    </li>
  );
});
