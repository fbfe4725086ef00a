/**
 * A message across the pane. What it says is announced once, by role=alert or status; what ticks
 * (an elapsed time) stands outside of that region, or it would be read out every second.
 */
import {
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  tokens,
} from "@fluentui/react-components";

const useStyles = makeStyles({
  body: { paddingTop: "6px", paddingBottom: "8px", whiteSpace: "normal" },
  title: { display: "block" },
  text: {
    display: "block",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  ticking: {
    display: "block",
    marginTop: "2px",
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: "tabular-nums",
  },
});

export interface BannerProps {
  readonly intent: "error" | "warning" | "success" | "info";
  readonly title?: string;
  readonly text: string;
  /** What changes every second; never announced. */
  readonly ticking?: string;
}

export function Banner({ intent, title, text, ticking }: BannerProps) {
  const styles = useStyles();
  const urgent = intent === "error" || intent === "warning";
  return (
    <MessageBar
      intent={intent}
      layout="multiline"
      // Fluent names the bar by its title; without one there is no group to name.
      {...(title === undefined && { role: "presentation", "aria-labelledby": undefined })}
    >
      <MessageBarBody className={styles.body}>
        <div role={urgent ? "alert" : "status"}>
          {title !== undefined && (
            <MessageBarTitle className={styles.title}>{title}</MessageBarTitle>
          )}
          <span className={styles.text}>{text}</span>
        </div>
        {ticking !== undefined && <span className={styles.ticking}>{ticking}</span>}
      </MessageBarBody>
    </MessageBar>
  );
}
