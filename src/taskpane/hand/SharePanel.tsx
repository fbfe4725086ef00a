/** The stream's own units: more of them from the free pool, or some of them for the other channels. */
import { Button, Field, Input, makeStyles, tokens } from "@fluentui/react-components";
import { Add16Regular, ArrowUndo16Regular, ShareAndroid16Regular } from "@fluentui/react-icons";
import { useState } from "react";
import type { Session } from "../../runtime/session";
import type { SkuState, StreamState } from "../../worker/api";
import type { HandBooked, HandRefusal } from "../../worker/hand-api";
import { useCommand } from "../command";
import { Banner } from "../frame/Banner";
import { HandNote } from "../frame/HandNote";
import { Panel } from "../frame/Panel";
import { useWords } from "../words";
import { wholeUnits } from "./whole-units";

const FIRST = "10";

const useStyles = makeStyles({
  now: { margin: "0 0 8px", fontVariantNumeric: "tabular-nums" },
  how: {
    margin: "8px 0 0",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
  },
  row: { display: "flex", flexWrap: "wrap", alignItems: "end", gap: "8px" },
  units: { width: "84px", minWidth: 0 },
  told: { display: "flex", flexDirection: "column", gap: "8px", marginTop: "8px" },
});

export function SharePanel(props: {
  readonly stream: StreamState;
  readonly row: SkuState | null;
  readonly session: Session;
}) {
  const { stream, row, session } = props;
  const styles = useStyles();
  const { hand } = useWords();
  const [text, setText] = useState(FIRST);
  const units = wholeUnits(text, 1);
  const grow = useCommand<HandBooked, HandRefusal>(() =>
    session.hand.growReservation(stream.id, units ?? 0),
  );
  const lend = useCommand<null, HandRefusal, [number]>((n) => session.hand.lend(stream.id, n));
  const canLend = stream.policy === "escrow";
  const bad = units === null || grow.pending || lend.pending;
  return (
    <Panel title={hand.shareTitle}>
      <p className={styles.now}>
        {hand.shareNow(stream.reserved, Math.max(0, row?.available ?? 0))}
      </p>
      <div className={styles.row}>
        <Field
          label={hand.shareUnits}
          {...(units === null && { validationMessage: hand.unitsBad })}
        >
          <Input
            className={styles.units}
            inputMode="numeric"
            value={text}
            onChange={(_event, { value }) => setText(value)}
          />
        </Field>
        <Button
          icon={<Add16Regular />}
          disabledFocusable={bad}
          onClick={() => {
            if (!bad) grow.run();
          }}
        >
          {hand.shareGrow}
        </Button>
        {canLend && (
          <Button
            icon={<ShareAndroid16Regular />}
            disabledFocusable={bad}
            onClick={() => {
              grow.clear();
              if (units !== null) lend.run(units);
            }}
          >
            {hand.shareLend}
          </Button>
        )}
      </div>
      {!canLend && <p className={styles.how}>{hand.shareNoLend}</p>}
      <div className={styles.told}>
        {grow.done !== null && (
          <>
            <Banner intent="success" text={hand.shareGrown(grow.done.units)} />
            {canLend && (
              <div>
                <Button
                  icon={<ArrowUndo16Regular />}
                  onClick={() => {
                    const back = grow.done?.units ?? 0;
                    grow.clear();
                    lend.run(back);
                  }}
                >
                  {hand.undo}
                </Button>
              </div>
            )}
          </>
        )}
        {stream.lending > 0 && (
          <>
            <Banner intent="info" text={hand.shareLending(stream.lending)} />
            <div>
              <Button icon={<ArrowUndo16Regular />} onClick={() => lend.run(0)}>
                {hand.shareLendNot}
              </Button>
            </div>
          </>
        )}
        <HandNote refusal={grow.refusal ?? lend.refusal} />
      </div>
    </Panel>
  );
}
