/** What to change for the next stream, each with its reason; nothing changes by itself. */
import { makeStyles } from "@fluentui/react-components";
import { sheetMessagesOf } from "../../locale/sheets";
import type { Review } from "../../stock/review";
import { Panel } from "../frame/Panel";
import { useWords } from "../words";

const useStyles = makeStyles({ list: { margin: 0, paddingLeft: "18px" } });

export function SuggestionsPanel({ review }: { readonly review: Review }) {
  const styles = useStyles();
  const { desk, locale } = useWords();
  const words = sheetMessagesOf(locale);
  const { coefficientFactor, planBuffer, planFactor } = review.suggestions;
  const demand = review.demand ?? review.sold;
  const share = review.planned > 0 ? demand / review.planned : 0;
  const said = [
    coefficientFactor === null ? null : words.suggestCoefficient(coefficientFactor, share),
    planBuffer === null ? null : words.suggestBuffer(planBuffer, share),
    planFactor === null ? null : words.suggestPlan(planFactor),
  ].filter((text) => text !== null);
  // The verdict above says all that there is to say.
  if (said.length === 0) return null;
  return (
    <Panel title={desk.suggestionsTitle}>
      <ul className={styles.list}>
        {said.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </Panel>
  );
}
