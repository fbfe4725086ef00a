/**
 * A heading that opens what belongs to it. A button, not the browser's own details: Fluent's keeper of
 * the focus passes over a summary, so that Tab alone would never come to it.
 */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ChevronDown16Regular, ChevronRight16Regular } from "@fluentui/react-icons";
import { useId, useState, type ReactNode } from "react";

const useStyles = makeStyles({
  head: {
    display: "flex",
    alignItems: "center",
    gap: "6px",
    width: "100%",
    padding: "8px 0",
    border: "none",
    background: "none",
    font: "inherit",
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground1,
    textAlign: "left",
    cursor: "pointer",
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
  small: {
    padding: "4px 0",
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightRegular,
  },
});

export function Fold(props: {
  readonly head: ReactNode;
  readonly small?: boolean;
  /** Made only once it is opened. */
  readonly children: ReactNode;
}) {
  const { head, small = false, children } = props;
  const styles = useStyles();
  const [open, setOpen] = useState(false);
  const id = useId();
  const Icon = open ? ChevronDown16Regular : ChevronRight16Regular;
  return (
    <div>
      <button
        type="button"
        className={mergeClasses(styles.head, small && styles.small)}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <Icon aria-hidden="true" />
        <span>{head}</span>
      </button>
      <div id={id}>{open && children}</div>
    </div>
  );
}
