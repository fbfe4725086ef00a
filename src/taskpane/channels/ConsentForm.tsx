/** The channel's own page in the seller's browser, and what she brings back from it. */
import { Button, Field, Link, makeStyles, Spinner, tokens } from "@fluentui/react-components";
import { Open16Regular } from "@fluentui/react-icons";
import type { SyntheticEvent } from "react";
import type { Session } from "../../runtime/session";
import type { Connection, ConnectStep, ShopRefusal } from "../../worker/api";
import { useCommand } from "../command";
import { PlainTextarea } from "../frame/PlainInput";
import { useWords } from "../words";
import { ShopRefusalNote } from "./ShopRefusalNote";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "12px" },
  text: {
    margin: 0,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    color: tokens.colorNeutralForeground2,
  },
  link: {
    display: "inline-flex",
    alignItems: "center",
    gap: "6px",
    fontWeight: tokens.fontWeightSemibold,
  },
  actions: { display: "flex", flexWrap: "wrap", gap: "8px" },
});

export function ConsentForm(props: {
  readonly connection: Connection;
  readonly session: Session;
  /** Null: the pane was reloaded since; the page may still be open in her browser. */
  readonly openUrl: string | null;
  readonly onStep: (step: ConnectStep) => void;
  readonly onAgain: () => void;
}) {
  const { connection, session, openUrl, onStep, onAgain } = props;
  const styles = useStyles();
  const { messages } = useWords();
  const { shops } = messages;
  const paste = useCommand<ConnectStep, ShopRefusal, [string]>(async (pasted) => {
    const step = await session.shops.pasteCode(connection.channel, pasted);
    if (step.ok) onStep(step.value);
    return step;
  });
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const field = event.currentTarget.elements.namedItem("pasted");
    if (!(field instanceof HTMLTextAreaElement) || field.value.trim() === "") return;
    const pasted = field.value;
    // A code opens the shop once: it does not stay on the page.
    field.value = "";
    paste.run(pasted);
  };
  // The companion answers with the channel's own page; anything else is not opened.
  const safe = openUrl?.startsWith("https://") === true ? openUrl : null;
  return (
    <form className={styles.form} onSubmit={submit} autoComplete="off">
      {safe !== null && (
        <Link className={styles.link} href={safe} target="_blank" rel="noopener noreferrer">
          {shops.consentOpen(messages.channel[connection.channel])}
          <Open16Regular aria-hidden="true" />
        </Link>
      )}
      <p className={styles.text}>{shops.consentSteps}</p>
      <Field label={shops.consentPaste} hint={shops.consentPasteHint}>
        <PlainTextarea name="pasted" rows={3} spellCheck={false} />
      </Field>
      <ShopRefusalNote refusal={paste.refusal} />
      <div className={styles.actions}>
        <Button
          type="submit"
          appearance="primary"
          icon={paste.pending ? <Spinner size="tiny" aria-hidden="true" /> : null}
          disabledFocusable={paste.pending}
        >
          {paste.pending ? shops.connecting : shops.consentFinish}
        </Button>
        <Button type="button" onClick={onAgain}>
          {shops.consentAgain}
        </Button>
      </div>
    </form>
  );
}
