/** The stream in a handful of numbers, each with what it means. */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { memo } from "react";
import type { Review } from "../../stock/review";
import { Panel } from "../frame/Panel";
import { paneToken } from "../pane-theme";
import { useWords } from "../words";
import { ReviewFact } from "./ReviewFact";

const useStyles = makeStyles({
  accuracy: { display: "flex", alignItems: "center", gap: "14px" },
  share: {
    flexShrink: 0,
    fontSize: "44px",
    lineHeight: "50px",
    fontWeight: tokens.fontWeightBold,
    letterSpacing: "-0.02em",
    fontVariantNumeric: "tabular-nums",
  },
  label: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
  verdict: {
    marginTop: "8px",
    padding: "8px 10px",
    borderRadius: tokens.borderRadiusMedium,
    border: "1px solid transparent",
  },
  good: { backgroundColor: paneToken("calmGround"), color: paneToken("calmText") },
  watch: { backgroundColor: paneToken("yellowGround"), color: paneToken("yellowText") },
  act: { backgroundColor: paneToken("orangeGround"), color: paneToken("orangeText") },
  verdictTitle: { fontWeight: tokens.fontWeightSemibold },
  verdictNext: { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  facts: { margin: "6px 0 0" },
});

const tones = {
  overstocked: "act",
  watch_over: "watch",
  reasonable: "good",
  watch_short: "watch",
  short: "act",
  sold_out: "watch",
} as const;

function Accuracy({ review }: { readonly review: Review }) {
  const styles = useStyles();
  const { messages, formats } = useWords();
  if (review.accuracy === null || review.verdict === null) {
    return <p className={styles.label}>{messages.reviewNoPlan}</p>;
  }
  const { title, next } = messages.verdict[review.verdict];
  return (
    <>
      <div className={styles.accuracy}>
        <span className={styles.share}>{formats.percent(review.accuracy)}</span>
        <span>
          <div>{messages.reviewAccuracy}</div>
          <div className={styles.label}>{messages.reviewAccuracyHow}</div>
        </span>
      </div>
      <div className={mergeClasses(styles.verdict, styles[tones[review.verdict]])}>
        <div className={styles.verdictTitle}>{title}</div>
        <div className={styles.verdictNext}>{next}</div>
      </div>
    </>
  );
}

export const ReviewPanel = memo(function ReviewPanel({ review }: { readonly review: Review }) {
  const styles = useStyles();
  const { messages, formats } = useWords();
  const minutes = messages.reviewStockoutMinutes(
    Math.round(review.stockoutMinutes),
    Math.round(review.streamMinutes),
  );
  return (
    <Panel title={messages.reviewTitle} aside={review.sku}>
      <Accuracy review={review} />
      <dl className={styles.facts}>
        <ReviewFact term={messages.reviewPlanned} value={messages.units(review.planned)} />
        <ReviewFact term={messages.reviewSold} value={messages.units(review.sold)} />
        <ReviewFact
          term={messages.reviewStockout}
          note={`${minutes} · ${messages.reviewStockoutTarget}`}
          value={formats.percent(review.stockoutShare)}
          verdict={{
            good: review.stockoutOk,
            text: review.stockoutOk ? messages.reviewStockoutOk : messages.reviewStockoutOver,
          }}
        />
        <ReviewFact term={messages.reviewElsewhere} value={messages.units(review.soldElsewhere)} />
        <ReviewFact term={messages.reviewLeft} value={messages.units(review.leftReserved)} />
        <ReviewFact
          term={messages.reviewOversold}
          note={review.oversold > 0 ? messages.reviewOversoldSome : messages.reviewOversoldNone}
          value={formats.number(review.oversold)}
          verdict={{ good: review.oversold === 0, text: "" }}
        />
      </dl>
    </Panel>
  );
});
