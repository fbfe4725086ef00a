/** What each way of sharing the stock would show on every channel now, worked out when asked for. */
import { Button, makeStyles, mergeClasses, Spinner, tokens } from "@fluentui/react-components";
import { Scales20Regular } from "@fluentui/react-icons";
import { ok } from "../../base/result";
import type { Session } from "../../runtime/session";
import type { EngineCalls } from "../../worker/engine-api";
import { useCommand } from "../command";
import { Banner } from "../frame/Banner";
import { Panel } from "../frame/Panel";
import { RefusalNote } from "../frame/RefusalNote";
import { paneToken } from "../pane-theme";
import { useWords } from "../words";

type Comparison = NonNullable<Awaited<ReturnType<EngineCalls["comparePolicies"]>>>;
type Row = Comparison["rows"][number];

const useStyles = makeStyles({
  how: { margin: "0 0 8px", color: tokens.colorNeutralForeground2 },
  row: {
    padding: "10px 0",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  head: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "2px 8px" },
  name: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  chip: {
    padding: "0 8px",
    borderRadius: tokens.borderRadiusMedium,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
  },
  current: { backgroundColor: paneToken("calmGround"), color: paneToken("calmText") },
  acts: { backgroundColor: paneToken("orangeGround"), color: paneToken("orangeText") },
  what: {
    margin: "2px 0 6px",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
  },
  wishes: { display: "flex", flexWrap: "wrap", gap: "4px 16px", margin: 0 },
  term: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
  fact: {
    margin: 0,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: "tabular-nums",
  },
  actions: { marginTop: "8px" },
});

function Wishes({ row }: { readonly row: Row }) {
  const styles = useStyles();
  const { messages, pane, formats } = useWords();
  return (
    <dl className={styles.wishes}>
      {row.listings.map(({ channel, listingId, wish }) => (
        <div key={`${channel}/${listingId}`}>
          <dt className={styles.term}>{messages.channel[channel]}</dt>
          <dd className={styles.fact}>{wish === null ? pane.policyKeeps : formats.number(wish)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Compared({ comparison }: { readonly comparison: Comparison }) {
  const styles = useStyles();
  const { pane } = useWords();
  if (comparison.stream === null) return <Banner intent="info" text={pane.policySame} />;
  return comparison.rows.map((row) => (
    <article key={row.policy} className={styles.row} aria-label={pane.policyName[row.policy]}>
      <div className={styles.head}>
        <h3 className={styles.name}>{pane.policyName[row.policy]}</h3>
        {row.policy === comparison.current && (
          <span className={mergeClasses(styles.chip, styles.current)}>{pane.policyCurrent}</span>
        )}
        {row.pausesOthers && (
          <span className={mergeClasses(styles.chip, styles.acts)}>{pane.policyPauses}</span>
        )}
        {row.stopsLive && (
          <span className={mergeClasses(styles.chip, styles.acts)}>{pane.policyStops}</span>
        )}
      </div>
      <p className={styles.what}>{pane.policyWhat[row.policy]}</p>
      <Wishes row={row} />
    </article>
  ));
}

export function PolicyPanel(props: { readonly sku: string; readonly session: Session }) {
  const { sku, session } = props;
  const styles = useStyles();
  const { pane } = useWords();
  const compare = useCommand(async () => ok({ told: await session.engine.comparePolicies(sku) }));
  const told = compare.done?.told ?? null;
  return (
    <Panel title={pane.policyTitle}>
      <p className={styles.how}>{pane.policyHow}</p>
      {compare.done !== null && told === null && <Banner intent="info" text={pane.policyNone} />}
      {told !== null && <Compared comparison={told} />}
      <RefusalNote refusal={compare.refusal} />
      <div className={styles.actions}>
        <Button
          icon={compare.pending ? <Spinner size="tiny" aria-hidden="true" /> : <Scales20Regular />}
          disabledFocusable={compare.pending}
          onClick={() => compare.run()}
        >
          {compare.pending
            ? pane.policyPending
            : compare.done === null
              ? pane.policyCompare
              : pane.policyAgain}
        </Button>
      </div>
    </Panel>
  );
}
