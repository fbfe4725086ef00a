/** The two numbers that matter, readable from two metres. */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { memo } from "react";
import type { ChannelId } from "../../base/ids";
import type { AlertLevel } from "../../stock/alerts";
import { paneToken } from "../pane-theme";
import { useWords } from "../words";

const useStyles = makeStyles({
  pair: { display: "grid", gridTemplateColumns: "1fr 1fr", gap: "10px", margin: 0 },
  tile: {
    display: "flex",
    flexDirection: "column-reverse",
    justifyContent: "flex-end",
    minWidth: 0,
    padding: "10px 12px",
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  number: {
    margin: 0,
    fontWeight: tokens.fontWeightBold,
    fontVariantNumeric: "tabular-nums",
    letterSpacing: "-0.02em",
    lineHeight: "64px",
    fontSize: "60px",
  },
  long: { fontSize: "46px" },
  longest: { fontSize: "34px" },
  caption: { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  none: {},
  yellow: {
    backgroundColor: paneToken("yellowGround"),
    color: paneToken("yellowText"),
    border: `1px solid ${paneToken("yellowMark")}`,
  },
  orange: {
    backgroundColor: paneToken("orangeGround"),
    color: paneToken("orangeText"),
    border: `1px solid ${paneToken("orangeMark")}`,
  },
  red: {
    backgroundColor: paneToken("redGround"),
    color: paneToken("redText"),
    border: `1px solid ${paneToken("redMark")}`,
  },
});

export const BigNumbers = memo(function BigNumbers(props: {
  /** Where the creator sells. */
  readonly channel: ChannelId;
  /** Null: not known yet. */
  readonly sellable: number | null;
  readonly sold: number;
  readonly planned: number;
  readonly alert: AlertLevel;
}) {
  const { channel, sellable, sold, planned, alert } = props;
  const styles = useStyles();
  const { messages, formats } = useWords();
  const size = (text: string) => {
    if (text.length <= 3) return undefined;
    return text.length <= 5 ? styles.long : styles.longest;
  };
  const left = sellable === null ? messages.unknown : formats.number(sellable);
  const done = formats.number(sold);
  return (
    <dl className={styles.pair}>
      <div className={mergeClasses(styles.tile, styles[alert])}>
        <dt className={styles.caption}>{messages.bigSellable(messages.channel[channel])}</dt>
        <dd className={mergeClasses(styles.number, size(left))}>{left}</dd>
      </div>
      <div className={styles.tile}>
        <dt className={styles.caption}>{messages.bigSoldOf(planned)}</dt>
        <dd className={mergeClasses(styles.number, size(done))}>{done}</dd>
      </div>
    </dl>
  );
});
