/**
 * SKUs with what each channel may still sell of them, and their alerts. Of a long list those that need
 * a look come first and the rest stays on the Stock screen: two thousand rows, drawn anew with every
 * order, held Excel up for a second.
 */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { ChannelState, SkuState } from "../../worker/api";
import { Panel } from "../frame/Panel";
import { useWords } from "../words";
import { isWide, StockRow } from "./StockRow";

const useStyles = makeStyles({
  table: { width: "100%", borderCollapse: "collapse", tableLayout: "fixed" },
  head: {
    padding: "0 0 4px 8px",
    textAlign: "right",
    verticalAlign: "bottom",
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
  },
  sku: { width: "38%", paddingLeft: 0, textAlign: "left" },
  alert: { width: "22%" },
  empty: { margin: 0, color: tokens.colorNeutralForeground3 },
});

const ROWS_MOST = 40;

/** In the order of the list, but for those that need a look. */
function shownOf(skus: readonly SkuState[]): readonly SkuState[] {
  if (skus.length <= ROWS_MOST) return skus;
  const isNeedy = ({ alert, oversold }: SkuState) => alert !== "none" || oversold > 0;
  const calm = skus.filter((state) => !isNeedy(state));
  return [...skus.filter(isNeedy), ...calm].slice(0, ROWS_MOST);
}

export function StockPanel(props: {
  readonly skus: readonly SkuState[];
  readonly channels: readonly ChannelState[];
  /** With what is on the shelf, and channels that only a file tells of. */
  readonly full?: boolean;
}) {
  const { full = false } = props;
  const styles = useStyles();
  const { messages, desk } = useWords();
  const { skus } = props;
  const shown = shownOf(skus);
  const more = shown.length < skus.length;
  const channels = props.channels.map(({ channel }) => channel);
  // One string, the same while the channels are: rows are compared by what they are given.
  const channelKey = channels.join(" ");
  return (
    <Panel
      title={messages.stockTitle}
      {...(more ? { aside: desk.stockCount(shown.length, skus.length) } : {})}
    >
      {skus.length === 0 ? (
        <p className={styles.empty}>{messages.stockEmpty}</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col" className={mergeClasses(styles.head, styles.sku)}>
                {messages.columnSku}
              </th>
              {(full || isWide(channelKey) ? [] : channels).map((channel) => (
                <th key={channel} scope="col" className={styles.head}>
                  {messages.channel[channel]}
                </th>
              ))}
              <th scope="col" className={mergeClasses(styles.head, styles.alert)}>
                {messages.columnAlert}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((state) => (
              <StockRow key={state.sku} state={state} channelKey={channelKey} full={full} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
