/** One channel: its state in plain words and the one thing to do about it. */
import { Button, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import {
  CheckmarkCircle16Filled,
  Circle16Regular,
  ErrorCircle16Filled,
  HourglassHalf16Regular,
  LockClosed16Filled,
  PlugDisconnected16Regular,
  Warning16Filled,
} from "@fluentui/react-icons";
import { useState } from "react";
import type { Session } from "../../runtime/session";
import type { Connection, ConnectStep, ShopRefusal, ShopTest } from "../../worker/api";
import { useCommand } from "../command";
import { Sure } from "../frame/Sure";
import { paneToken } from "../pane-theme";
import { useWords } from "../words";
import { ConnectForm } from "./ConnectForm";
import { ConsentForm } from "./ConsentForm";
import { ShopRefusalNote } from "./ShopRefusalNote";
import { TestResult } from "./TestResult";

const useStyles = makeStyles({
  card: {
    display: "flex",
    flexDirection: "column",
    gap: "10px",
    padding: "12px 0",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    ":first-of-type": { borderTop: "none", paddingTop: 0 },
    ":last-of-type": { paddingBottom: 0 },
  },
  top: { display: "flex", alignItems: "flex-start", gap: "12px" },
  said: { flexGrow: 1, minWidth: 0, display: "flex", flexDirection: "column", gap: "2px" },
  head: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "2px 10px" },
  name: {
    margin: 0,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    fontWeight: tokens.fontWeightSemibold,
  },
  state: {
    display: "inline-flex",
    alignItems: "center",
    gap: "4px",
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
  },
  quiet: { color: tokens.colorNeutralForeground3 },
  calm: { color: paneToken("calmText") },
  orange: { color: paneToken("orangeText") },
  red: { color: paneToken("redText") },
  text: {
    margin: 0,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    color: tokens.colorNeutralForeground2,
    overflowWrap: "anywhere",
  },
  shop: { fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground1 },
  actions: { display: "flex", flexWrap: "wrap", alignItems: "flex-start", gap: "8px" },
});

const looks = {
  not_connected: { Icon: Circle16Regular, tone: "quiet" },
  consent_open: { Icon: HourglassHalf16Regular, tone: "orange" },
  connected: { Icon: CheckmarkCircle16Filled, tone: "calm" },
  expired: { Icon: ErrorCircle16Filled, tone: "red" },
  revoked: { Icon: ErrorCircle16Filled, tone: "red" },
  rights_missing: { Icon: Warning16Filled, tone: "orange" },
  locked: { Icon: LockClosed16Filled, tone: "orange" },
} as const;

/** What was kept of a shop can be used or forgotten. */
function isKept({ state }: Connection): boolean {
  return state !== "not_connected" && state !== "consent_open";
}

const EXPIRY_SOON_MS = 30 * 24 * 3600 * 1000;

function Summary(props: { readonly connection: Connection; readonly now: number }) {
  const { connection, now } = props;
  const styles = useStyles();
  const { messages } = useWords();
  const { shops } = messages;
  const { state, shop, expiresAt, fromFile } = connection;
  const { Icon, tone } = looks[state];
  const soon = state === "connected" && expiresAt !== null && expiresAt - now < EXPIRY_SOON_MS;
  return (
    <div className={styles.said}>
      <div className={styles.head}>
        <h3 className={styles.name}>{messages.channel[connection.channel]}</h3>
        <span className={mergeClasses(styles.state, styles[tone])}>
          <Icon aria-hidden="true" />
          {shops.state[state]}
        </span>
      </div>
      <p className={styles.text}>
        {shop !== "" && isKept(connection) && <span className={styles.shop}>{shop} · </span>}
        {shops.stateNext[state]}
        {soon && ` ${shops.expiresOn(expiresAt)}`}
      </p>
      {fromFile && <p className={styles.text}>{shops.fromFile}</p>}
    </div>
  );
}

export function ConnectionCard(props: {
  readonly connection: Connection;
  readonly session: Session;
  readonly now: number;
}) {
  const { connection, session, now } = props;
  const { channel, state, fromFile } = connection;
  const styles = useStyles();
  const { messages } = useWords();
  const { shops } = messages;
  const [filling, setFilling] = useState(false);
  const [openUrl, setOpenUrl] = useState<string | null>(null);
  const test = useCommand<ShopTest, ShopRefusal>(() => session.shops.test(channel));
  const leave = useCommand<null, ShopRefusal>(() => session.shops.disconnect(channel));

  const onStep = (step: ConnectStep) => {
    setOpenUrl(step.openUrl);
    setFilling(false);
    // The live test at the end of the flow: nobody has to ask for it.
    if (step.openUrl === null) test.run();
  };
  const again = () => {
    test.clear();
    setFilling(true);
  };
  const waitsForCode = state === "consent_open" && !filling;
  const failing = state === "expired" || state === "revoked" || state === "rights_missing";
  return (
    <article className={styles.card} aria-label={messages.channel[channel]}>
      <div className={styles.top}>
        <Summary connection={connection} now={now} />
        {state === "not_connected" && !filling && (
          <Button onClick={again}>{shops.connectAction}</Button>
        )}
      </div>
      {filling && (
        <ConnectForm
          connection={connection}
          session={session}
          onStep={onStep}
          onClose={() => setFilling(false)}
        />
      )}
      {waitsForCode && (
        <ConsentForm
          connection={connection}
          session={session}
          openUrl={openUrl}
          onStep={onStep}
          onAgain={again}
        />
      )}
      {!filling && isKept(connection) && (
        <>
          <TestResult pending={test.pending} found={test.done} />
          <ShopRefusalNote refusal={test.refusal} title={shops.testFailed} />
          <ShopRefusalNote refusal={leave.refusal} />
          <div className={styles.actions}>
            {!fromFile && failing && (
              <Button appearance="primary" onClick={again}>
                {shops.connectAgain}
              </Button>
            )}
            {state !== "locked" && (
              <Button onClick={() => test.run()} disabledFocusable={test.pending}>
                {shops.test}
              </Button>
            )}
            {!fromFile && (
              <Sure
                label={shops.disconnect}
                icon={<PlugDisconnected16Regular />}
                appearance="subtle"
                question={shops.disconnectAsk}
                yes={shops.disconnectSure}
                no={shops.keep}
                pending={leave.pending}
                pendingLabel={shops.disconnecting}
                onYes={() => {
                  test.clear();
                  leave.run();
                }}
              />
            )}
          </div>
        </>
      )}
    </article>
  );
}
