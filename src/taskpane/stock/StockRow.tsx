/** One SKU. Drawn again only when its own numbers changed. */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { memo } from "react";
import { channelIds, isChannelId } from "../../base/ids";
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
  // Four numbers need a line of their own in a pane of 320 px, each under its channel's name.
  grid: {
    display: "flex",
    flexWrap: "wrap",
    gap: "4px 16px",
    margin: 0,
    padding: "0 0 8px",
    fontVariantNumeric: "tabular-nums",
  },
  term: {
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
    whiteSpace: "nowrap",
  },
  fact: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  bare: { padding: 0 },
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

/** More channels than stand side by side in a narrow pane. */
export function isWide(channelKey: string): boolean {
  return channelKey.split(" ").length > 2;
}

export const StockRow = memo(function StockRow(props: {
  readonly state: SkuState;
  /** The channels to show, in order, with a blank between. */
  readonly channelKey: string;
  /** With what is on the shelf, and every channel that lists it, read or not. */
  readonly full: boolean;
}) {
  const { state, channelKey, full } = props;
  const styles = useStyles();
  const { messages, formats } = useWords();
  const channels = full ? channelIds : channelKey.split(" ").filter(isChannelId);
  const shown = channels.map((channel) => {
    const units = state.sellable[channel];
    return { channel, text: units === undefined ? messages.unknown : formats.number(units) };
  });
  const wide = full || isWide(channelKey);
  const onHand = { channel: "", text: formats.number(state.onHand) } as const;
  const told = full ? [onHand, ...shown.filter(({ channel }) => channel in state.sellable)] : shown;
  return (
    <>
      <tr>
        <th scope="row" className={mergeClasses(styles.cell, styles.sku)}>
          <div className={styles.code}>{state.sku}</div>
          <div className={styles.title}>{state.title}</div>
          {state.oversold > 0 && (
            <div className={styles.oversold}>{messages.stockOversold(state.oversold)}</div>
          )}
        </th>
        {!wide &&
          shown.map(({ channel, text }) => (
            <td key={channel} className={mergeClasses(styles.cell, styles.number)}>
              {text}
            </td>
          ))}
        <td className={styles.cell}>
          <span className={styles.alert}>
            <AlertIcon alert={state.alert} />
            {messages.ladderName[state.alert]}
          </span>
        </td>
      </tr>
      {wide && (
        <tr>
          <td colSpan={2} className={styles.bare}>
            <dl className={styles.grid}>
              {told.map(({ channel, text }) => (
                <div key={channel}>
                  <dt className={styles.term}>
                    {channel === "" ? messages.columnOnHand : messages.channel[channel]}
                  </dt>
                  <dd className={styles.fact}>{text}</dd>
                </div>
              ))}
            </dl>
          </td>
        </tr>
      )}
    </>
  );
});
