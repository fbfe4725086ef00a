/** Every SKU with what each channel may still sell of it, and its alert. */
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

export function StockPanel(props: {
  readonly skus: readonly SkuState[];
  readonly channels: readonly ChannelState[];
  /** With what is on the shelf, and channels that only a file tells of. */
  readonly full?: boolean;
}) {
  const { full = false } = props;
  const styles = useStyles();
  const { messages } = useWords();
  const channels = props.channels.map(({ channel }) => channel);
  // One string, the same while the channels are: rows are compared by what they are given.
  const channelKey = channels.join(" ");
  return (
    <Panel title={messages.stockTitle}>
      {props.skus.length === 0 ? (
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
            {props.skus.map((state) => (
              <StockRow key={state.sku} state={state} channelKey={channelKey} full={full} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
