/** The constants of the method that are in force, with the seed's values. */
import { makeStyles, tokens } from "@fluentui/react-components";
import { seedSettings } from "../../forecast/settings";
import { seedThresholds } from "../../stock/alerts";
import { STOCKOUT_SHARE_TARGET } from "../../stock/review";
import { seedStock } from "../../stock/settings";
import { Panel } from "../frame/Panel";
import { useWords } from "../words";
import { Facts } from "./Facts";

const useStyles = makeStyles({
  how: {
    margin: "0 0 8px",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    color: tokens.colorNeutralForeground2,
    overflowWrap: "anywhere",
  },
});

export function ConstantsPanel() {
  const styles = useStyles();
  const { desk, formats } = useWords();
  const { constant: name } = desk;
  const facts = [
    [name.multiplier, formats.number(seedSettings.multiplier)],
    [name.buffer, desk.constantTimes(seedSettings.buffer)],
    [name.firstTime, desk.constantTimes(seedSettings.firstTimeFactor)],
    [name.creatorAsk, desk.constantTimes(seedSettings.creatorAskMultiple)],
    [name.yellow, desk.constantBelow(seedThresholds.yellow)],
    [name.orange, desk.constantBelow(seedThresholds.orange)],
    [name.red, desk.constantBelow(seedThresholds.red)],
    [name.payWithin, formats.duration(seedStock.payWithinMs.tiktok)],
    [name.windowBefore, formats.duration(seedStock.windowBeforeMs)],
    [name.windowAfter, formats.duration(seedStock.windowAfterMs)],
    [name.stockoutTarget, formats.percent(STOCKOUT_SHARE_TARGET)],
  ] as const;
  return (
    <Panel title={desk.constantsTitle}>
      <p className={styles.how}>{desk.constantsHow}</p>
      <Facts facts={facts} />
    </Panel>
  );
}
