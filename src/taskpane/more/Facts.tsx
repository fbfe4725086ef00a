/** Terms and values, one line each. */
import { makeStyles, tokens } from "@fluentui/react-components";

const useStyles = makeStyles({
  list: { margin: 0 },
  fact: {
    display: "flex",
    justifyContent: "space-between",
    gap: "12px",
    padding: "5px 0",
    ":not(:first-child)": { borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  },
  term: { color: tokens.colorNeutralForeground2 },
  value: {
    margin: 0,
    minWidth: 0,
    textAlign: "right",
    fontWeight: tokens.fontWeightSemibold,
    // Unlike "anywhere" this leaves a short number whole.
    overflowWrap: "break-word",
  },
});

export function Facts({ facts }: { readonly facts: readonly (readonly [string, string])[] }) {
  const styles = useStyles();
  return (
    <dl className={styles.list}>
      {facts.map(([term, value]) => (
        <div key={term} className={styles.fact}>
          <dt className={styles.term}>{term}</dt>
          <dd className={styles.value}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
