/** What to change for the next stream, each with its reason; each is accepted by itself, or not. */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowUndo16Regular, Checkmark16Regular } from "@fluentui/react-icons";
import { ok } from "../../base/result";
import { sheetMessagesOf } from "../../locale/sheets";
import type { Session } from "../../runtime/session";
import { constantOf, type SetConstants } from "../../stock/constants";
import type { Review } from "../../stock/review";
import type { HandRefusal } from "../../worker/hand-api";
import { useCommand } from "../command";
import { Banner } from "../frame/Banner";
import { HandNote } from "../frame/HandNote";
import { Panel } from "../frame/Panel";
import { useWords } from "../words";
import { suggestionsOf } from "./suggestions";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: 0 },
  item: {
    padding: "6px 0",
    ":not(:first-child)": { borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  },
  text: { margin: "0 0 6px" },
  value: { fontVariantNumeric: "tabular-nums", color: tokens.colorNeutralForeground2 },
  foot: { display: "flex", flexDirection: "column", gap: "8px", marginTop: "8px" },
});

export function SuggestionsPanel(props: {
  readonly review: Review;
  readonly followers: number;
  readonly constants: SetConstants;
  readonly session: Session;
}) {
  const { review, followers, constants, session } = props;
  const styles = useStyles();
  const { desk, hand, locale } = useWords();
  const said = suggestionsOf(review, followers, constants, sheetMessagesOf(locale));
  const accept = useCommand<
    { readonly before: SetConstants | null },
    HandRefusal,
    [SetConstants, boolean]
  >(async (next, isUndo) => {
    const told = await session.hand.setConstants(next);
    return told.ok ? ok({ before: isUndo ? null : constants }) : told;
  });
  const before = accept.done?.before ?? null;
  // The verdict above says all that there is to say.
  if (said.length === 0) return null;
  return (
    <Panel title={desk.suggestionsTitle}>
      <ul className={styles.list}>
        {said.map(({ id, text, value }) => (
          <li key={id} className={styles.item}>
            <p className={styles.text}>{text}</p>
            <p className={styles.text}>
              <span className={styles.value}>
                {hand.constant[id]}: {constantOf(constants, id)} → {value}
              </span>
            </p>
            {before === null && (
              <Button
                size="small"
                icon={<Checkmark16Regular />}
                disabledFocusable={accept.pending}
                onClick={() => accept.run({ ...constants, [id]: value }, false)}
              >
                {hand.suggestAccept}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div className={styles.foot}>
        {before !== null && (
          <>
            <Banner intent="success" text={hand.suggestAccepted} />
            <div>
              <Button icon={<ArrowUndo16Regular />} onClick={() => accept.run(before, true)}>
                {hand.undo}
              </Button>
            </div>
          </>
        )}
        <HandNote refusal={accept.refusal} />
      </div>
    </Panel>
  );
}
