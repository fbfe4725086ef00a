/** What lies on the shelf, and what came in: typed in, booked, and taken back where it still can be. */
import { Button, Field, Input, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowUndo16Regular } from "@fluentui/react-icons";
import { useState } from "react";
import { ok, type Result } from "../../base/result";
import type { Session } from "../../runtime/session";
import type { HandRefusal } from "../../worker/hand-api";
import { useCommand } from "../command";
import { Banner } from "../frame/Banner";
import { HandNote } from "../frame/HandNote";
import { Panel } from "../frame/Panel";
import { wholeUnits } from "../hand/whole-units";
import { useWords } from "../words";

const useStyles = makeStyles({
  how: {
    margin: "0 0 8px",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    color: tokens.colorNeutralForeground2,
  },
  row: { display: "flex", flexWrap: "wrap", alignItems: "end", gap: "8px", marginTop: "6px" },
  field: { flexGrow: 1, minWidth: "120px" },
  units: { minWidth: 0, width: "100%" },
  told: { display: "flex", flexDirection: "column", gap: "8px", marginTop: "8px" },
});

interface Said {
  readonly text: string;
  readonly seq: number | null;
}

function UnitsForm(props: {
  readonly label: string;
  readonly action: string;
  readonly least: number;
  readonly pending: boolean;
  readonly onUnits: (units: number) => void;
}) {
  const { label, action, least, pending, onUnits } = props;
  const styles = useStyles();
  const { hand } = useWords();
  const [text, setText] = useState("");
  const units = wholeUnits(text, least);
  const bad = text !== "" && units === null;
  return (
    <form
      className={styles.row}
      onSubmit={(event) => {
        event.preventDefault();
        if (units === null || pending) return;
        setText("");
        onUnits(units);
      }}
    >
      <Field
        className={styles.field}
        label={label}
        {...(bad && { validationMessage: hand.unitsBad })}
      >
        <Input
          className={styles.units}
          inputMode="numeric"
          value={text}
          onChange={(_event, { value }) => setText(value)}
        />
      </Field>
      <Button type="submit" disabledFocusable={units === null || pending}>
        {action}
      </Button>
    </form>
  );
}

export function CountPanel(props: {
  readonly sku: string;
  readonly onHand: number;
  readonly session: Session;
  /** Something was booked or taken back: the history is not the same any more. */
  readonly onBooked: () => void;
}) {
  const { sku, onHand, session, onBooked } = props;
  const styles = useStyles();
  const { hand } = useWords();
  const [undone, setUndone] = useState(false);
  const book = useCommand<Said, HandRefusal, ["count" | "receive", number]>(
    async (kind, units): Promise<Result<Said, HandRefusal>> => {
      setUndone(false);
      const counts = kind === "count";
      const told = counts
        ? await session.hand.count(sku, units)
        : await session.hand.receive(sku, units);
      if (!told.ok) return told;
      onBooked();
      const { lines } = await session.hand.history(sku, null);
      const seq = lines.find(({ key }) => key === told.value.key)?.seq ?? null;
      const by = units - onHand;
      if (!counts) return ok({ text: hand.receiveDone(told.value.units), seq });
      return ok({ text: by === 0 ? hand.countSame : hand.countDone(units, by), seq });
    },
  );
  const undo = useCommand<null, HandRefusal, [number]>(async (seq) => {
    const told = await session.hand.undo(seq);
    if (told.ok) {
      book.clear();
      setUndone(true);
      onBooked();
    }
    return told;
  });
  const seq = book.done?.seq ?? null;
  return (
    <Panel title={hand.countTitle}>
      <p className={styles.how}>{hand.countHow}</p>
      <UnitsForm
        label={hand.countField}
        action={hand.countSave}
        least={0}
        pending={book.pending}
        onUnits={(units) => book.run("count", units)}
      />
      <UnitsForm
        label={hand.receiveField}
        action={hand.receiveSave}
        least={1}
        pending={book.pending}
        onUnits={(units) => book.run("receive", units)}
      />
      <div className={styles.told}>
        {book.done !== null && <Banner intent="success" text={book.done.text} />}
        {seq !== null && (
          <div>
            <Button
              icon={<ArrowUndo16Regular />}
              disabledFocusable={undo.pending}
              onClick={() => undo.run(seq)}
            >
              {hand.undo}
            </Button>
          </div>
        )}
        {undone && <Banner intent="success" text={hand.undone} />}
        <HandNote refusal={book.refusal ?? undo.refusal} />
      </div>
    </Panel>
  );
}
