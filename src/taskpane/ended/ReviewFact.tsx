/** One line of the review: term and note on the left, value and verdict on the right. */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CheckmarkCircle16Filled, Warning16Filled } from "@fluentui/react-icons";
import { paneToken } from "../pane-theme";

const useStyles = makeStyles({
  row: {
    display: "flex",
    justifyContent: "space-between",
    alignItems: "baseline",
    gap: "12px",
    padding: "7px 0",
    ":not(:last-child)": { borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
    ":last-child": { paddingBottom: 0 },
  },
  note: {
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
  value: {
    flexShrink: 0,
    margin: 0,
    textAlign: "right",
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: "tabular-nums",
  },
  verdict: {
    display: "flex",
    alignItems: "center",
    justifyContent: "flex-end",
    gap: "4px",
    fontSize: tokens.fontSizeBase200,
  },
  good: { color: paneToken("calmText") },
  bad: { color: paneToken("redText") },
});

export function ReviewFact(props: {
  readonly term: string;
  readonly note?: string;
  readonly value: string;
  readonly verdict?: { readonly good: boolean; readonly text: string };
}) {
  const { term, note, value, verdict } = props;
  const styles = useStyles();
  return (
    <div className={styles.row}>
      <dt>
        {term}
        {note !== undefined && <div className={styles.note}>{note}</div>}
      </dt>
      <dd className={styles.value}>
        {value}
        {verdict !== undefined && (
          <span className={mergeClasses(styles.verdict, verdict.good ? styles.good : styles.bad)}>
            {verdict.good ? (
              <CheckmarkCircle16Filled aria-hidden="true" primaryFill={paneToken("calmMark")} />
            ) : (
              <Warning16Filled aria-hidden="true" primaryFill={paneToken("redMark")} />
            )}
            {verdict.text}
          </span>
        )}
      </dd>
    </div>
  );
}
