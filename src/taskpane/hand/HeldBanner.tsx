/** Above every screen while the seller holds channels at 0: nothing there sells until she lets go. */
import { makeStyles, tokens } from "@fluentui/react-components";
import type { Session } from "../../runtime/session";
import type { EngineState } from "../../worker/api";
import { Banner } from "../frame/Banner";
import { useWords } from "../words";
import { HoldButton } from "./HoldButton";

const useStyles = makeStyles({
  row: { display: "flex", flexWrap: "wrap", gap: "8px", marginTop: tokens.spacingVerticalS },
});

export function HeldBanner(props: {
  readonly held: EngineState["held"];
  readonly session: Session;
}) {
  const { held, session } = props;
  const styles = useStyles();
  const { hand, messages } = useWords();
  if (held.length === 0) return null;
  const { title, next } = hand.heldNow(held.map((channel) => messages.channel[channel]));
  return (
    <div>
      <Banner intent="warning" title={title} text={next} />
      <div className={styles.row}>
        {held.map((channel) => (
          <HoldButton key={channel} channel={channel} held session={session} />
        ))}
      </div>
    </div>
  );
}
