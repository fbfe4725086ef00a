/** One SKU. Drawn again only when its own numbers changed. */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { memo } from "react";
import { isChannelId } from "../../base/ids";
import type { SkuState } from "../../worker/api";
import { paneToken } from "../pane-theme";
import { useWords } from "../words";
import { AlertIcon } from "./AlertIcon";

const useStyles = makeStyles({
  cell: {
    padding: "6px 0 6px 8px",
    textAlign: "right",
    verticalAlign: "top",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    fontVariantNumeric: "tabular-nums",
  },
  sku: { paddingLeft: 0, textAlign: "left", fontWeight: tokens.fontWeightRegular },
  code: { fontWeight: tokens.fontWeightSemibold, overflowWrap: "anywhere" },
  title: {
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
    overflowWrap: "anywhere",
  },
  number: { fontWeight: tokens.fontWeightSemibold },
  alert: {
    display: "inline-flex",
    alignItems: "center",
    gap: "4px",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
  },
  oversold: {
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: paneToken("redText"),
  },
});

export const StockRow = memo(function StockRow(props: {
  readonly state: SkuState;
  /** The channels to show, in order, with a blank between. */
  readonly channelKey: string;
}) {
  const { state, channelKey } = props;
  const styles = useStyles();
  const { messages, formats } = useWords();
  const channels = channelKey.split(" ").filter(isChannelId);
  return (
    <tr>
      <th scope="row" className={mergeClasses(styles.cell, styles.sku)}>
        <div className={styles.code}>{state.sku}</div>
        <div className={styles.title}>{state.title}</div>
        {state.oversold > 0 && (
          <div className={styles.oversold}>{messages.stockOversold(state.oversold)}</div>
        )}
      </th>
      {channels.map((channel) => {
        const units = state.sellable[channel];
        return (
          <td key={channel} className={mergeClasses(styles.cell, styles.number)}>
            {units === undefined ? messages.unknown : formats.number(units)}
          </td>
        );
      })}
      <td className={styles.cell}>
        <span className={styles.alert}>
          <AlertIcon alert={state.alert} />
          {messages.ladderName[state.alert]}
        </span>
      </td>
    </tr>
  );
});
