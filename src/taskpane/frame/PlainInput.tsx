/**
 * A text field whose text is the browser's alone. Fluent's own keeps what is typed in React's state,
 * where a secret must not be and a pasted table need not; these look the same.
 */
import {
  makeStyles,
  mergeClasses,
  tokens,
  useFieldControlProps_unstable as useFieldProps,
} from "@fluentui/react-components";
import type { ComponentProps } from "react";

const useStyles = makeStyles({
  field: {
    boxSizing: "border-box",
    width: "100%",
    minHeight: "32px",
    padding: "5px 10px",
    fontFamily: tokens.fontFamilyBase,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderBottomColor: tokens.colorNeutralStrokeAccessible,
    borderRadius: tokens.borderRadiusMedium,
    ":focus": {
      outline: `2px solid ${tokens.colorCompoundBrandStroke}`,
      outlineOffset: "-1px",
    },
    '&[aria-invalid="true"]': { border: `1px solid ${tokens.colorPaletteRedBorder2}` },
  },
  area: { resize: "vertical", display: "block" },
});

/** Inside a Field, which gives it its name and description. */
export function PlainInput(props: ComponentProps<"input">) {
  const styles = useStyles();
  const named = useFieldProps(props, { supportsLabelFor: true });
  return <input {...named} className={styles.field} />;
}

export function PlainTextarea(props: ComponentProps<"textarea">) {
  const styles = useStyles();
  const named = useFieldProps(props, { supportsLabelFor: true });
  return <textarea {...named} className={mergeClasses(styles.field, styles.area)} />;
}
