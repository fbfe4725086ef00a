/** All about one SKU: where its units are, counts and receipts, its listings, and every move of it. */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowLeft20Regular } from "@fluentui/react-icons";
import { useState } from "react";
import type { Session } from "../../runtime/session";
import type { EngineState, SkuState } from "../../worker/api";
import { Panel } from "../frame/Panel";
import { useWaits, WaitList } from "../running/WaitList";
import { useWords } from "../words";
import { CountPanel } from "./CountPanel";
import { HistoryPanel } from "./HistoryPanel";
import { ListingsPanel } from "./ListingsPanel";
import { SkuSum } from "./SkuSum";

const useStyles = makeStyles({
  head: { display: "flex", alignItems: "center", gap: "8px", minWidth: 0 },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, overflowWrap: "anywhere" },
  name: { color: tokens.colorNeutralForeground3, overflowWrap: "anywhere" },
});

export function SkuDetail(props: {
  readonly state: EngineState;
  readonly row: SkuState;
  readonly session: Session;
  readonly onBack: () => void;
}) {
  const { state, row, session, onBack } = props;
  const styles = useStyles();
  const { hand } = useWords();
  const waits = useWaits(row.sku);
  const [turn, setTurn] = useState(0);
  const again = () => setTurn((before) => before + 1);
  return (
    <>
      <div className={styles.head}>
        <Button autoFocus appearance="subtle" icon={<ArrowLeft20Regular />} onClick={onBack}>
          {hand.skuBack}
        </Button>
      </div>
      <div>
        <h2 className={styles.title}>{row.sku}</h2>
        <div className={styles.name}>{row.title}</div>
      </div>
      <SkuSum row={row} />
      <CountPanel sku={row.sku} onHand={row.onHand} session={session} onBooked={again} />
      <ListingsPanel state={state} row={row} session={session} />
      {waits && (
        <Panel title={hand.waitTitle}>
          <WaitList sku={row.sku} />
        </Panel>
      )}
      <HistoryPanel sku={row.sku} turn={turn} session={session} onUndone={again} />
    </>
  );
}
