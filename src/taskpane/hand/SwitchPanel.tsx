/** The creator shows another product: this stream ends and the next one begins, in one step. */
import { Field, Input, makeStyles, Select, tokens } from "@fluentui/react-components";
import { ArrowSwap16Regular } from "@fluentui/react-icons";
import { useState } from "react";
import { isRehearsal, type BookId } from "../../base/ids";
import type { Session } from "../../runtime/session";
import type { SkuState, StreamState } from "../../worker/api";
import type { HandRefusal } from "../../worker/hand-api";
import { useCommand } from "../command";
import { HandNote } from "../frame/HandNote";
import { Panel } from "../frame/Panel";
import { Sure } from "../frame/Sure";
import { useWords } from "../words";
import { wholeUnits } from "./whole-units";

/** A list to choose from, not a catalogue: those with the most free units. */
const CHOICES_MAX = 30;

const useStyles = makeStyles({
  how: {
    margin: "0 0 8px",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    color: tokens.colorNeutralForeground2,
  },
  form: { display: "flex", flexDirection: "column", gap: "8px" },
});

export function SwitchPanel(props: {
  readonly book: BookId;
  readonly stream: StreamState;
  readonly skus: readonly SkuState[];
  readonly session: Session;
}) {
  const { book, stream, skus, session } = props;
  const styles = useStyles();
  const { hand, desk } = useWords();
  const [typed, setTyped] = useState<string | null>(null);
  const [chosen, setChosen] = useState("");
  const choices = skus
    .filter((row) => row.sku !== stream.sku && stream.channel in row.sellable && row.available > 0)
    .sort((a, b) => b.available - a.available)
    .slice(0, CHOICES_MAX);
  const next = choices.find(({ sku }) => sku === chosen) ?? choices[0];
  const units = wholeUnits(typed ?? String(next?.available ?? ""), 1);
  const change = useCommand<{ readonly id: string }, HandRefusal>(() =>
    session.hand.switchProduct(stream.id, next?.sku ?? "", units ?? 0),
  );
  if (isRehearsal(book) || next === undefined) {
    return (
      <Panel title={hand.switchTitle}>
        <p className={styles.how}>{isRehearsal(book) ? hand.switchRehearsal : hand.switchNone}</p>
      </Panel>
    );
  }
  return (
    <Panel title={hand.switchTitle}>
      <p className={styles.how}>{hand.switchHow}</p>
      <div className={styles.form}>
        <Field label={hand.switchSku}>
          <Select
            value={next.sku}
            onChange={(_event, { value }) => {
              setChosen(value);
              setTyped(null);
            }}
          >
            {choices.map((row) => (
              <option key={row.sku} value={row.sku}>
                {hand.switchChoice(row.sku, row.available)}
              </option>
            ))}
          </Select>
        </Field>
        <Field
          label={desk.formPlanned}
          {...(units === null && { validationMessage: hand.unitsBad })}
        >
          <Input
            inputMode="numeric"
            value={typed ?? String(next.available)}
            onChange={(_event, { value }) => setTyped(value)}
          />
        </Field>
        <Sure
          label={hand.switchGo}
          icon={<ArrowSwap16Regular />}
          question={hand.switchAsk(next.sku)}
          yes={hand.switchYes}
          no={hand.switchNo}
          pending={change.pending}
          pendingLabel={hand.saving}
          onYes={() => change.run()}
        />
        <HandNote refusal={change.refusal} />
      </div>
    </Panel>
  );
}
