/** A button whose step is asked about once more, in place, where a step cannot simply be undone. */
import { Button, makeStyles, Spinner, tokens } from "@fluentui/react-components";
import { useState, type ReactElement } from "react";

const useStyles = makeStyles({
  ask: {
    display: "flex",
    flexDirection: "column",
    gap: "8px",
    padding: "10px 12px",
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  text: { margin: 0, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  actions: { display: "flex", flexWrap: "wrap", gap: "8px" },
});

export function Sure(props: {
  readonly label: string;
  readonly icon?: ReactElement;
  readonly appearance?: "primary" | "secondary" | "subtle";
  readonly question: string;
  readonly yes: string;
  readonly no: string;
  readonly pending: boolean;
  readonly pendingLabel: string;
  readonly onYes: () => void;
}) {
  const styles = useStyles();
  const [step, setStep] = useState<"idle" | "asking" | "back">("idle");
  if (step !== "asking") {
    return (
      <Button
        // Whoever changed her mind finds herself where she was.
        autoFocus={step === "back"}
        appearance={props.appearance ?? "secondary"}
        icon={props.pending ? <Spinner size="tiny" aria-hidden="true" /> : (props.icon ?? null)}
        disabledFocusable={props.pending}
        onClick={() => setStep("asking")}
      >
        {props.pending ? props.pendingLabel : props.label}
      </Button>
    );
  }
  return (
    <div className={styles.ask} role="group" aria-label={props.label}>
      <p className={styles.text}>{props.question}</p>
      <div className={styles.actions}>
        <Button
          appearance="primary"
          size="small"
          onClick={() => {
            setStep("back");
            props.onYes();
          }}
        >
          {props.yes}
        </Button>
        {/* The way back is where the focus goes: Enter alone never takes the step. */}
        <Button size="small" autoFocus onClick={() => setStep("back")}>
          {props.no}
        </Button>
      </div>
    </div>
  );
}
