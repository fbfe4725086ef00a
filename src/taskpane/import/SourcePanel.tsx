/** Where the rows come from: a file, chosen or dropped, or cells that were copied. */
import { Button, Field, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ArrowUpload20Regular } from "@fluentui/react-icons";
import { useRef, useState, type ReactNode, type SyntheticEvent } from "react";
import type { ImportSource } from "../../worker/api";
import { Panel } from "../frame/Panel";
import { PlainTextarea } from "../frame/PlainInput";
import { paneToken } from "../pane-theme";
import { useWords } from "../words";

const useStyles = makeStyles({
  text: { margin: "0 0 10px", color: tokens.colorNeutralForeground2 },
  zone: {
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    gap: "6px",
    padding: "18px 12px",
    textAlign: "center",
    borderRadius: tokens.borderRadiusLarge,
    border: `2px dashed ${tokens.colorNeutralStroke1}`,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  over: { borderTopColor: paneToken("calmMark"), backgroundColor: paneToken("calmGround") },
  small: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
  paste: { marginTop: "12px" },
  summary: { cursor: "pointer", fontWeight: tokens.fontWeightSemibold },
  form: { display: "flex", flexDirection: "column", gap: "8px", marginTop: "8px" },
  status: { marginTop: "12px" },
});

export function SourcePanel(props: {
  readonly busy: boolean;
  readonly onSource: (source: ImportSource) => void;
  /** Progress or refusal, below the zone. */
  readonly children: ReactNode;
}) {
  const { busy, onSource, children } = props;
  const styles = useStyles();
  const { messages } = useWords();
  const { imports } = messages;
  const [over, setOver] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file !== undefined && !busy) {
      onSource({ kind: "file", bytes: file, madeAt: file.lastModified });
    }
  };
  const paste = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const field = event.currentTarget.elements.namedItem("cells");
    if (!(field instanceof HTMLTextAreaElement) || field.value.trim() === "") return;
    onSource({ kind: "text", text: field.value });
  };
  return (
    <Panel title={imports.title}>
      <p className={styles.text}>{imports.how}</p>
      <div
        className={mergeClasses(styles.zone, over && styles.over)}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files);
        }}
      >
        <input
          ref={chooser}
          type="file"
          hidden
          accept=".csv,.tsv,.txt,.xlsx"
          aria-label={imports.choose}
          onChange={(event) => {
            take(event.currentTarget.files);
            // The same file again is a choice too.
            event.currentTarget.value = "";
          }}
        />
        <Button
          appearance="primary"
          icon={<ArrowUpload20Regular />}
          disabledFocusable={busy}
          onClick={() => chooser.current?.click()}
        >
          {imports.choose}
        </Button>
        <span>{imports.dropHere}</span>
        <span className={styles.small}>{imports.kinds}</span>
      </div>
      <details className={styles.paste}>
        <summary className={styles.summary}>{imports.pasteTitle}</summary>
        <form className={styles.form} onSubmit={paste}>
          <Field label={imports.pasteLabel} hint={imports.pasteHint}>
            <PlainTextarea name="cells" rows={5} spellCheck={false} />
          </Field>
          <div>
            <Button type="submit" disabledFocusable={busy}>
              {imports.pasteRead}
            </Button>
          </div>
        </form>
      </details>
      <div className={styles.status}>{children}</div>
    </Panel>
  );
}
