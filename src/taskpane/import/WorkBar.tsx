/** How far a long piece of work is, and the way to end it. */
import { Button, makeStyles, ProgressBar, tokens } from "@fluentui/react-components";
import type { EngineState } from "../../worker/api";
import { useWords } from "../words";

const useStyles = makeStyles({
  box: { display: "flex", flexDirection: "column", gap: "8px" },
  row: { display: "flex", alignItems: "center", justifyContent: "space-between", gap: "8px" },
  text: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
});

export function WorkBar(props: {
  readonly work: EngineState["work"];
  readonly onCancel: () => void;
}) {
  const { work, onCancel } = props;
  const styles = useStyles();
  const { messages } = useWords();
  const { imports } = messages;
  const file = work?.kind === "file" ? work : null;
  const text = imports.stage[file?.stage ?? "reading"];
  return (
    <div className={styles.box}>
      <div className={styles.row}>
        <span className={styles.text} role="status">
          {text}
        </span>
        <Button size="small" onClick={onCancel}>
          {imports.cancel}
        </Button>
      </div>
      <ProgressBar aria-label={text} {...(file === null ? {} : { value: file.done })} />
    </div>
  );
}
