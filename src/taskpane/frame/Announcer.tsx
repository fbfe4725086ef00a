/**
 * Speaks the numbers to a screen reader, politely and at most once in ten seconds: the numbers
 * themselves change many times a second and are silent.
 */
import { makeStyles } from "@fluentui/react-components";
import { useState } from "react";
import { useNow } from "../now";

const PAUSE_MS = 10_000;

const useStyles = makeStyles({
  hidden: {
    position: "absolute",
    width: "1px",
    height: "1px",
    overflow: "hidden",
    clipPath: "inset(50%)",
    whiteSpace: "nowrap",
  },
});

export function Announcer({ text }: { readonly text: string }) {
  const styles = useStyles();
  const now = useNow();
  const [said, setSaid] = useState({ at: now, text });
  if (text !== said.text && now - said.at >= PAUSE_MS) setSaid({ at: now, text });
  return (
    <div className={styles.hidden} aria-live="polite" aria-atomic="true">
      {said.text}
    </div>
  );
}
