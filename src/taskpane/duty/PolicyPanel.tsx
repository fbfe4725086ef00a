/** What each way of sharing the stock would show on every channel now, worked out when asked for. */
import { Button, makeStyles, mergeClasses, Spinner, tokens } from "@fluentui/react-components";
import { Scales20Regular } from "@fluentui/react-icons";
import { ok } from "../../base/result";
import type { Session } from "../../runtime/session";
import type { StreamState } from "../../worker/api";
import type { EngineCalls } from "../../worker/engine-api";
import type { HandRefusal } from "../../worker/hand-api";
import { useCommand } from "../command";
import { HandNote } from "../frame/HandNote";
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

function Compared(props: {
  readonly comparison: Comparison;
  readonly stream: StreamState;
  readonly session: Session;
}) {
  const { comparison, stream, session } = props;
  const styles = useStyles();
  const { pane, hand } = useWords();
  const use = useCommand<{ readonly policy: Row["policy"] }, HandRefusal, [Row["policy"]]>(
    async (policy) => {
      const told = await session.hand.setPolicy(stream.id, policy);
      return told.ok ? ok({ policy }) : told;
    },
  );
  if (comparison.stream === null) return <Banner intent="info" text={pane.policySame} />;
  return (
    <>
      {comparison.rows.map((row) => (
        <article key={row.policy} className={styles.row} aria-label={pane.policyName[row.policy]}>
          <div className={styles.head}>
            <h3 className={styles.name}>{pane.policyName[row.policy]}</h3>
            {row.policy === stream.policy && (
              <span className={mergeClasses(styles.chip, styles.current)}>
                {pane.policyCurrent}
              </span>
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
          {row.policy !== stream.policy && stream.phase === "running" && (
            <div className={styles.actions}>
              <Button
                size="small"
                disabledFocusable={use.pending}
                onClick={() => use.run(row.policy)}
              >
                {hand.policyUse}
              </Button>
            </div>
          )}
        </article>
      ))}
      {use.done !== null && (
        <Banner intent="success" text={hand.policyUsed(pane.policyName[use.done.policy])} />
      )}
      <HandNote refusal={use.refusal} />
    </>
  );
}

export function PolicyPanel(props: { readonly stream: StreamState; readonly session: Session }) {
  const { stream, session } = props;
  const styles = useStyles();
  const { pane } = useWords();
  const compare = useCommand(async () =>
    ok({ told: await session.engine.comparePolicies(stream.sku) }),
  );
  const told = compare.done?.told ?? null;
  return (
    <Panel title={pane.policyTitle}>
      <p className={styles.how}>{pane.policyHow}</p>
      {compare.done !== null && told === null && <Banner intent="info" text={pane.policyNone} />}
      {told !== null && <Compared comparison={told} stream={stream} session={session} />}
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
