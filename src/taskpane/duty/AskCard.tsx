/**
 * A question that an alert asks, with its countdown: above every screen, since the engine does not
 * wait. The question is announced at once, the seconds are not.
 */
import { Button, makeStyles, mergeClasses, ProgressBar, tokens } from "@fluentui/react-components";
import { useId } from "react";
import type { Session } from "../../runtime/session";
import type { EngineState } from "../../worker/api";
import type { EngineRefusal } from "../../worker/engine-api";
import { useCommand } from "../command";
import { EngineNote } from "../frame/EngineNote";
import { useNow } from "../now";
import { paneToken } from "../pane-theme";
import { AlertIcon } from "../stock/AlertIcon";
import { useWords } from "../words";

type Ask = EngineState["asks"][number];

const useStyles = makeStyles({
  card: {
    display: "flex",
    flexDirection: "column",
    gap: "8px",
    padding: "12px 14px",
    borderRadius: tokens.borderRadiusXLarge,
  },
  orange: {
    border: `2px solid ${paneToken("orangeMark")}`,
    backgroundColor: paneToken("orangeGround"),
    color: paneToken("orangeText"),
  },
  red: {
    border: `2px solid ${paneToken("redMark")}`,
    backgroundColor: paneToken("redGround"),
    color: paneToken("redText"),
  },
  title: {
    display: "flex",
    gap: "6px",
    alignItems: "center",
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
  text: { margin: 0, overflowWrap: "anywhere" },
  left: { margin: 0, fontVariantNumeric: "tabular-nums", fontWeight: tokens.fontWeightSemibold },
  actions: { display: "flex", flexWrap: "wrap", gap: "8px" },
});

export function AskCard(props: { readonly ask: Ask; readonly session: Session }) {
  const { ask, session } = props;
  const styles = useStyles();
  const { messages, pane } = useWords();
  const now = useNow();
  const titleId = useId();
  const answer = useCommand<null, EngineRefusal, [boolean]>((confirms) =>
    session.engine.answer(ask.id, confirms),
  );
  const left = Math.max(0, ask.deadline - now);
  const all = Math.max(1, ask.deadline - ask.askedAt);
  return (
    <section className={mergeClasses(styles.card, styles[ask.level])} aria-labelledby={titleId}>
      <div role="alert">
        <h2 id={titleId} className={styles.title}>
          <AlertIcon alert={ask.level} />
          {pane.askTitle(ask.act, ask.left, messages.channel[ask.channel])}
        </h2>
        <p className={styles.text}>
          {ask.sku} · {pane.askBody(ask.act)}
        </p>
      </div>
      <ProgressBar
        thickness="large"
        color={ask.level === "red" ? "error" : "warning"}
        value={Math.min(1, left / all)}
        aria-label={pane.askTimeLeft}
      />
      <p className={styles.left}>{pane.askCountdown(left)}</p>
      <div className={styles.actions}>
        <Button
          appearance="primary"
          disabledFocusable={answer.pending}
          onClick={() => answer.run(true)}
        >
          {pane.askYes[ask.act]}
        </Button>
        <Button disabledFocusable={answer.pending} onClick={() => answer.run(false)}>
          {pane.askNo[ask.act]}
        </Button>
      </div>
      <EngineNote refusal={answer.refusal} />
    </section>
  );
}
