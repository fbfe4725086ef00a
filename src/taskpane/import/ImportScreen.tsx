/** Import: drop a file or paste cells, see what will change, book it in one step. */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { isRehearsal } from "../../base/ids";
import { ok } from "../../base/result";
import type { Messages } from "../../locale/messages";
import type { Session } from "../../runtime/session";
import type {
  EngineState,
  ImportMapping,
  ImportOpened,
  ImportPreview,
  ImportRefusal,
  ImportSource,
} from "../../worker/api";
import { useCommand } from "../command";
import { Banner } from "../frame/Banner";
import { Panel } from "../frame/Panel";
import { RefusalNote } from "../frame/RefusalNote";
import { Sure } from "../frame/Sure";
import { useLocalStore } from "../local-store-context";
import { useWords } from "../words";
import { MappingForm } from "./MappingForm";
import { PreviewPanel } from "./PreviewPanel";
import { SourcePanel } from "./SourcePanel";
import { WorkBar } from "./WorkBar";

const useStyles = makeStyles({
  text: { margin: "0 0 10px", color: tokens.colorNeutralForeground2 },
  seen: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "4px 10px" },
  what: { fontWeight: tokens.fontWeightSemibold },
  small: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
});

function sentenceOf(refusal: ImportRefusal, messages: Messages): string {
  const { imports } = messages;
  switch (refusal.code) {
    case "file": {
      const sentence = imports.fileRefusal[refusal.reason];
      return refusal.detail === "" || refusal.reason === "mapping_incomplete"
        ? sentence
        : `${sentence} ${messages.faultDetail(refusal.detail)}`;
    }
    case "not_live":
      return imports.notLiveBody;
    case "plan_is_stale":
      return imports.stale;
    case "no_plan":
      return imports.noPlan;
    default:
      return messages.refusal[refusal.code]("detail" in refusal ? refusal.detail : "");
  }
}

/** The shop's time zone where a file names none: this computer's. */
const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

function NotLive({ session }: { readonly session: Session }) {
  const styles = useStyles();
  const { messages } = useWords();
  const { shops, imports } = messages;
  const open = useCommand(() => session.shops.openBook("live"));
  return (
    <Panel title={imports.notLiveTitle}>
      <p className={styles.text}>{imports.notLiveBody}</p>
      <Sure
        label={shops.openLive}
        appearance="primary"
        question={shops.openLiveWarning}
        yes={shops.openLiveSure}
        no={shops.stay}
        pending={open.pending}
        pendingLabel={shops.opening}
        onYes={() => open.run()}
      />
      <RefusalNote refusal={open.refusal} />
    </Panel>
  );
}

function Seen(props: { readonly opened: ImportOpened; readonly onChange: () => void }) {
  const { mapping, certainty } = props.opened.recognised;
  const styles = useStyles();
  const { messages } = useWords();
  const { imports } = messages;
  const { channel, subject } = mapping;
  return (
    <div className={styles.seen}>
      {channel !== null && certainty !== "none" && (
        <span className={styles.what}>
          {imports.seenAs(messages.channel[channel], imports.subject[subject])}
        </span>
      )}
      {certainty !== "sure" && (
        <span className={styles.small}>
          {certainty === "likely" ? imports.seenLikely : imports.seenNone}
        </span>
      )}
      <Button size="small" appearance="subtle" onClick={props.onChange}>
        {imports.mapChange}
      </Button>
    </div>
  );
}

/** What is on the screen of one file: opened, then mapped, then previewed, then booked. */
function useImport(session: Session) {
  const [opened, setOpened] = useState<ImportOpened | null>(null);
  const [mapping, setMapping] = useState(false);
  const preview = useCommand<ImportPreview, ImportRefusal, [ImportMapping]>(async (map) => {
    const made = await session.imports.preview(map, zone());
    setMapping(
      !made.ok && made.error.code === "file" && made.error.reason === "mapping_incomplete",
    );
    return made;
  });
  const open = useCommand<ImportOpened, ImportRefusal, [ImportSource]>(async (source) => {
    setOpened(null);
    const found = await session.imports.open(source);
    if (!found.ok) return found;
    setOpened(found.value);
    const { missing, mapping: map } = found.value.recognised;
    setMapping(missing.length > 0);
    if (missing.length === 0) preview.run(map);
    return found;
  });
  const store = useLocalStore();
  const apply = useCommand<true, ImportRefusal>(async () => {
    const booked = await session.imports.apply();
    if (booked.ok) {
      store.write("imported", "yes");
      setOpened(null);
      preview.clear();
      return ok(true);
    }
    if (booked.error.code === "plan_is_stale" && opened !== null) {
      preview.run(opened.recognised.mapping);
    }
    return booked;
  });
  const start = (source: ImportSource) => {
    apply.clear();
    preview.clear();
    open.run(source);
  };
  const forget = () => {
    setOpened(null);
    setMapping(false);
    preview.clear();
    open.clear();
    void session.imports.cancel();
  };
  return { opened, mapping, setMapping, preview, open, apply, start, forget };
}

export function ImportScreen(props: { readonly state: EngineState; readonly session: Session }) {
  const { state, session } = props;
  const { messages } = useWords();
  const { imports } = messages;
  const file = useImport(session);
  if (isRehearsal(state.book)) return <NotLive session={session} />;
  const { opened, mapping, preview, open, apply } = file;
  const busy = open.pending || preview.pending;
  const refusal = open.refusal ?? preview.refusal ?? apply.refusal;
  return (
    <>
      {apply.done !== null && (
        <Banner intent="success" title={imports.applied.title} text={imports.applied.next} />
      )}
      <SourcePanel busy={busy} onSource={file.start}>
        {busy && <WorkBar work={state.work} onCancel={file.forget} />}
        {!busy && refusal !== null && (
          <Banner intent="error" text={sentenceOf(refusal, messages)} />
        )}
        {!busy && opened !== null && !mapping && (
          <Seen opened={opened} onChange={() => file.setMapping(true)} />
        )}
      </SourcePanel>
      {opened !== null && mapping && (
        <MappingForm opened={opened} pending={busy} onMapped={preview.run} />
      )}
      {opened !== null && !mapping && preview.done !== null && (
        <PreviewPanel
          key={`${preview.done.summary.id} ${preview.done.summary.changes}`}
          preview={preview.done}
          session={session}
          applying={apply.pending}
          onApply={apply.run}
        />
      )}
    </>
  );
}
