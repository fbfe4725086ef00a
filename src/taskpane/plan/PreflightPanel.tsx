/** What to look at before a stream: what fails first, each line with what to do. */
import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Button,
  makeStyles,
  mergeClasses,
  Spinner,
  tokens,
} from "@fluentui/react-components";
import {
  CheckmarkCircle16Filled,
  ClipboardTaskListLtr20Regular,
  ErrorCircle16Filled,
  Warning16Filled,
} from "@fluentui/react-icons";
import { ok } from "../../base/result";
import type { Session } from "../../runtime/session";
import type { EngineCalls } from "../../worker/engine-api";
import { useCommand } from "../command";
import { Panel } from "../frame/Panel";
import { RefusalNote } from "../frame/RefusalNote";
import { paneToken } from "../pane-theme";
import { useWords } from "../words";

type Line = Awaited<ReturnType<EngineCalls["preflight"]>>[number];

const looks = {
  fail: { Icon: ErrorCircle16Filled, color: paneToken("redMark") },
  warn: { Icon: Warning16Filled, color: paneToken("orangeMark") },
  ok: { Icon: CheckmarkCircle16Filled, color: paneToken("calmMark") },
} as const;

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: "8px 0 0", padding: 0 },
  line: {
    display: "grid",
    gridTemplateColumns: "20px 1fr",
    gap: "6px",
    padding: "6px 0",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  name: { fontWeight: tokens.fontWeightSemibold },
  text: {
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
    overflowWrap: "anywhere",
  },
  sum: {
    margin: "0 0 8px",
    padding: "8px 10px",
    borderRadius: tokens.borderRadiusMedium,
    fontWeight: tokens.fontWeightSemibold,
  },
  ok: { backgroundColor: paneToken("calmGround"), color: paneToken("calmText") },
  warn: { backgroundColor: paneToken("yellowGround"), color: paneToken("yellowText") },
  fail: { backgroundColor: paneToken("redGround"), color: paneToken("redText") },
});

function Lines({ lines }: { readonly lines: readonly Line[] }) {
  const styles = useStyles();
  const { messages, pane } = useWords();
  return (
    <ul className={styles.list}>
      {lines.map((line) => {
        const { Icon, color } = looks[line.status];
        const channel = line.channel === null ? "" : messages.channel[line.channel];
        const words = { ...line, channel, sku: line.sku ?? "" };
        return (
          <li key={`${line.code} ${channel}`} className={styles.line}>
            <Icon primaryFill={color} role="img" aria-label={pane.status[line.status]} />
            <div>
              <span className={styles.name}>
                {pane.preflightName[line.code]}
                {channel !== "" && ` · ${channel}`}
              </span>
              <div className={styles.text}>{pane.preflightLine[line.code](words)}</div>
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** What is in order is a word; what is not stands open. */
function Checked({ lines }: { readonly lines: readonly Line[] }) {
  const styles = useStyles();
  const { pane } = useWords();
  const of = (status: Line["status"]) => lines.filter((line) => line.status === status);
  const fine = of("ok");
  const fails = of("fail").length;
  const warns = of("warn").length;
  const worst = fails > 0 ? "fail" : warns > 0 ? "warn" : "ok";
  return (
    <>
      <div role="status" className={mergeClasses(styles.sum, styles[worst])}>
        {pane.preflightSum(fails, warns)}
      </div>
      <Lines lines={[...of("fail"), ...of("warn")]} />
      {fine.length > 0 && (
        <Accordion collapsible>
          <AccordionItem value="fine">
            <AccordionHeader>{pane.preflightFine(fine.length)}</AccordionHeader>
            <AccordionPanel>
              <Lines lines={fine} />
            </AccordionPanel>
          </AccordionItem>
        </Accordion>
      )}
    </>
  );
}

export function PreflightPanel({ session }: { readonly session: Session }) {
  const { pane } = useWords();
  const check = useCommand(async () => ok({ lines: await session.engine.preflight(null) }));
  const lines = check.done?.lines ?? null;
  return (
    <Panel title={pane.preflightTitle}>
      {lines !== null && (lines.length === 0 ? pane.preflightEmpty : <Checked lines={lines} />)}
      <RefusalNote refusal={check.refusal} />
      <Button
        icon={
          check.pending ? (
            <Spinner size="tiny" aria-hidden="true" />
          ) : (
            <ClipboardTaskListLtr20Regular />
          )
        }
        disabledFocusable={check.pending}
        onClick={() => check.run()}
      >
        {check.pending
          ? pane.preflightPending
          : lines === null
            ? pane.preflightRun
            : pane.preflightAgain}
      </Button>
    </Panel>
  );
}
