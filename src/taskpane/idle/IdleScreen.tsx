/** Before a rehearsal: what it is for, what will be played, how fast, and the one button. */
import { makeStyles, tokens } from "@fluentui/react-components";
import type { ScreenName } from "../../locale/shop-messages";
import type { Session } from "../../runtime/session";
import type { EngineState } from "../../worker/api";
import { StockPanel } from "../stock/StockPanel";
import { useWords } from "../words";
import { FirstSteps } from "./FirstSteps";
import { PlanPanel } from "./PlanPanel";
import { RehearseForm } from "./RehearseForm";

const useStyles = makeStyles({
  hero: { padding: "8px 2px 4px" },
  title: {
    margin: "0 0 6px",
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightBold,
  },
  value: {
    margin: 0,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
  },
});

export function IdleScreen(props: {
  readonly state: EngineState;
  readonly session: Session;
  readonly onGo: (screen: ScreenName) => void;
}) {
  const { state, session, onGo } = props;
  const styles = useStyles();
  const { messages } = useWords();
  return (
    <>
      <div className={styles.hero}>
        <h2 className={styles.title}>{messages.idleTitle}</h2>
        {messages.idleValue.map((line) => (
          <p key={line} className={styles.value}>
            {line}
          </p>
        ))}
      </div>
      <FirstSteps state={state} onGo={onGo} />
      <PlanPanel state={state} />
      <RehearseForm state={state} session={session} label={messages.rehearse} />
      {state.skus.length > 0 && <StockPanel skus={state.skus} channels={state.channels} />}
    </>
  );
}
