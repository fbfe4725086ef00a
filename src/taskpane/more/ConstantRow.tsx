/** One constant: its value to type in, what the method says, what is allowed, and the way back. */
import { Button, Input, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ArrowReset20Regular } from "@fluentui/react-icons";
import { useId, useState } from "react";
import { constants, isAllowed, type ConstantId } from "../../stock/constants";
import { paneToken } from "../pane-theme";
import { useWords } from "../words";

const useStyles = makeStyles({
  row: { padding: "8px 0", borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  line: {
    display: "grid",
    gridTemplateColumns: "84px auto minmax(0, 1fr) 32px",
    alignItems: "center",
    columnGap: "6px",
    marginTop: "2px",
  },
  name: { overflowWrap: "anywhere", lineHeight: tokens.lineHeightBase300 },
  changed: { fontWeight: tokens.fontWeightSemibold },
  input: { minWidth: 0, width: "84px" },
  unit: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  range: {
    margin: 0,
    textAlign: "right",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
  bad: { color: paneToken("redText") },
});

/** Null: no number. A comma may stand for the point. */
function readNumber(text: string): number | null {
  const trimmed = text.trim().replace(",", ".");
  return /^\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : null;
}

export function ConstantRow(props: {
  readonly id: ConstantId;
  readonly value: number;
  readonly pending: boolean;
  readonly onSet: (id: ConstantId, value: number) => void;
}) {
  const { id, value, pending, onSet } = props;
  const styles = useStyles();
  const { hand } = useWords();
  const name = useId();
  const range = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const { seed, least, most, unit } = constants[id];
  const number = typed === null ? value : readNumber(typed);
  const bad = number === null || !isAllowed(id, number);
  const keep = () => {
    if (bad) return;
    setTyped(null);
    if (number !== value) onSet(id, number);
  };
  const ends = [String(least), String(most)] as const;
  return (
    <div className={styles.row}>
      <label
        id={name}
        htmlFor={`constant-${id}`}
        className={mergeClasses(styles.name, value !== seed && styles.changed)}
      >
        {hand.constant[id]}
      </label>
      <div className={styles.line}>
        <Input
          id={`constant-${id}`}
          className={styles.input}
          inputMode="decimal"
          value={typed ?? String(value)}
          aria-invalid={bad}
          aria-describedby={range}
          onChange={(_event, data) => setTyped(data.value)}
          onBlur={keep}
          onKeyDown={({ key }) => {
            if (key === "Enter") keep();
          }}
        />
        <span className={styles.unit}>{hand.constantUnit[unit]}</span>
        <p id={range} className={mergeClasses(styles.range, bad && styles.bad)}>
          {bad ? hand.constantBad(...ends) : hand.constantRange(String(seed), ...ends)}
        </p>
        {value !== seed && (
          <Button
            appearance="subtle"
            icon={<ArrowReset20Regular />}
            aria-label={hand.constantReset(hand.constant[id])}
            title={hand.constantReset(hand.constant[id])}
            disabledFocusable={pending}
            onClick={() => {
              setTyped(null);
              onSet(id, seed);
            }}
          />
        )}
      </div>
    </div>
  );
}
