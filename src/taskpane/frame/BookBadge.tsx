/** The open book, across the whole pane: a rehearsal is never taken for the live shop. */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { Beaker20Filled, Live20Filled } from "@fluentui/react-icons";
import { isRehearsal, type BookId } from "../../base/ids";
import { paneToken } from "../pane-theme";
import { useWords } from "../words";

const useStyles = makeStyles({
  strip: {
    // Contrast themes drop grounds; the border keeps the strip a strip.
    borderTop: "1px solid transparent",
    borderBottom: "1px solid transparent",
  },
  rehearsal: {
    backgroundColor: paneToken("rehearsalGround"),
    color: paneToken("rehearsalText"),
  },
  live: { backgroundColor: paneToken("liveGround"), color: paneToken("liveText") },
  row: {
    boxSizing: "border-box",
    maxWidth: "560px",
    margin: "0 auto",
    padding: "6px 16px",
    display: "flex",
    alignItems: "center",
    gap: "8px",
  },
  name: {
    fontWeight: tokens.fontWeightBold,
    fontSize: tokens.fontSizeBase300,
    whiteSpace: "nowrap",
  },
  hint: { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  icon: { display: "flex" },
});

export function BookBadge({ book }: { readonly book: BookId }) {
  const styles = useStyles();
  const { messages } = useWords();
  const rehearsal = isRehearsal(book);
  return (
    <div className={mergeClasses(styles.strip, rehearsal ? styles.rehearsal : styles.live)}>
      <div className={styles.row}>
        <span className={styles.icon} aria-hidden="true">
          {rehearsal ? <Beaker20Filled /> : <Live20Filled />}
        </span>
        <span className={styles.name}>
          {rehearsal ? messages.bookRehearsal : messages.bookLive}
        </span>
        <span className={styles.hint}>
          {rehearsal ? messages.bookRehearsalHint : messages.bookLiveHint}
        </span>
      </div>
    </div>
  );
}
