/**
 * One of a few, side by side: a group of native radio buttons dressed as one bar, so arrow keys,
 * names and states come from the browser.
 */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { useId } from "react";

const useStyles = makeStyles({
  group: { border: "none", margin: 0, padding: 0, minWidth: 0 },
  legend: {
    padding: 0,
    marginBottom: "6px",
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground2,
  },
  hidden: {
    position: "absolute",
    width: "1px",
    height: "1px",
    overflow: "hidden",
    clipPath: "inset(50%)",
    whiteSpace: "nowrap",
  },
  bar: {
    display: "flex",
    padding: "2px",
    gap: "2px",
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground4,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  choice: {
    position: "relative",
    flexGrow: 1,
    flexBasis: 0,
    textAlign: "center",
    whiteSpace: "nowrap",
    cursor: "pointer",
    padding: "6px 4px",
    fontSize: tokens.fontSizeBase300,
    borderRadius: tokens.borderRadiusMedium,
    border: "1px solid transparent",
    color: tokens.colorNeutralForeground2,
    ":hover": { color: tokens.colorNeutralForeground1 },
    ":focus-within": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "1px" },
  },
  compact: { padding: "2px 8px", fontSize: tokens.fontSizeBase200 },
  chosen: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorBrandStroke1}`,
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    "@media (forced-colors: active)": {
      forcedColorAdjust: "none",
      backgroundColor: "Highlight",
      color: "HighlightText",
    },
  },
  disabled: { cursor: "not-allowed", opacity: 0.6 },
  input: {
    position: "absolute",
    inset: 0,
    width: "100%",
    height: "100%",
    margin: 0,
    opacity: 0,
    cursor: "inherit",
  },
});

export interface SegmentedChoiceProps<T extends string | number> {
  readonly label: string;
  /** Small, its label for assistive technology only. */
  readonly compact?: boolean;
  readonly disabled?: boolean;
  readonly choices: readonly {
    readonly value: T;
    readonly label: string;
    /** Read out instead of `label`; it begins with the label's words. */
    readonly fullLabel?: string;
  }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

export function SegmentedChoice<T extends string | number>(props: SegmentedChoiceProps<T>) {
  const { label, compact = false, disabled = false, choices, value, onChange } = props;
  const styles = useStyles();
  const name = useId();
  return (
    <fieldset className={styles.group} disabled={disabled}>
      <legend className={compact ? styles.hidden : styles.legend}>{label}</legend>
      <div className={styles.bar}>
        {choices.map((choice) => (
          <label
            key={choice.value}
            className={mergeClasses(
              styles.choice,
              compact && styles.compact,
              choice.value === value && styles.chosen,
              disabled && styles.disabled,
            )}
          >
            <input
              type="radio"
              className={styles.input}
              name={name}
              aria-label={choice.fullLabel ?? choice.label}
              checked={choice.value === value}
              onChange={() => {
                onChange(choice.value);
              }}
            />
            {choice.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
