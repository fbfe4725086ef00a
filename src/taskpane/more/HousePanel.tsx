/** How StreamStock itself is doing: ledger, safe copy, lease, storage; the log as a file; repair. */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowDownload20Regular, Wrench20Regular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import { version } from "../../../package.json";
import { PROJECTION_VERSION } from "../../stock/projection";
import { sheetMessagesOf } from "../../locale/sheets";
import type { Session } from "../../runtime/session";
import type { SheetRefusal } from "../../runtime/sheets";
import type { EngineState } from "../../worker/api";
import { useCommand } from "../command";
import { Banner } from "../frame/Banner";
import { Panel } from "../frame/Panel";
import { saveFile } from "../frame/save-file";
import { useNow } from "../now";
import { sheetSentence } from "../plan/sheet-sentence";
import { useWords, type Words } from "../words";
import { Facts } from "./Facts";
import { logText } from "./log-text";

/** Outside of Office there is none. */
function excelVersion(): string {
  const office = (globalThis as { readonly Office?: typeof Office }).Office;
  const diagnostics = office?.context.diagnostics;
  return diagnostics === undefined ? "–" : `${diagnostics.version} · ${diagnostics.platform}`;
}

const MEGABYTE = 1024 * 1024;

interface Storage {
  readonly used: number;
  readonly allowed: number;
  readonly kept: boolean;
}

const useStyles = makeStyles({
  actions: { display: "flex", flexWrap: "wrap", gap: "8px", marginTop: "10px" },
  how: {
    margin: "8px 0 0",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
  },
  notes: { marginTop: "8px" },
});

/** Null: not told yet, or by no browser. */
function useStorage(): Storage | null {
  const [storage, setStorage] = useState<Storage | null>(null);
  useEffect(() => {
    // Absent in pages that are not secure.
    const manager = (navigator as { readonly storage?: StorageManager }).storage;
    if (manager === undefined) return;
    void Promise.all([manager.estimate(), manager.persisted()]).then(
      ([{ usage = 0, quota = 0 }, kept]) => setStorage({ used: usage, allowed: quota, kept }),
      () => {},
    );
  }, []);
  return storage;
}

function storageText(storage: Storage | null, { desk, formats }: Words): string {
  if (storage === null || storage.allowed === 0) return desk.houseStorageUnknown;
  const share = formats.percent(storage.used / storage.allowed);
  const used = desk.houseStorageUsed(Math.ceil(storage.used / MEGABYTE), share);
  return `${used} · ${desk.houseKept(storage.kept)}`;
}

function journalText(state: EngineState, { desk }: Words): string {
  if (!state.companion.ok) return desk.houseJournalDown;
  const waiting = state.journalBacklog;
  return waiting === 0 ? desk.houseJournalOk : desk.houseJournalBehind(waiting);
}

export function HousePanel(props: { readonly state: EngineState; readonly session: Session }) {
  const { state, session } = props;
  const styles = useStyles();
  const words = useWords();
  const { desk, hand, messages, formats, locale } = words;
  const now = useNow();
  const storage = useStorage();
  const repair = useCommand<{ readonly repaired: number }, SheetRefusal>(() =>
    session.sheets.repair(),
  );
  const trouble = session.sheets.trouble();
  const facts = [
    [hand.version, `${version} · ${hand.versionLedger} ${PROJECTION_VERSION}`],
    [hand.versionExcel, excelVersion()],
    [desk.houseBook, state.book],
    [desk.houseEntries, formats.number(state.entries)],
    [desk.houseJournal, journalText(state, words)],
    [desk.houseLease, desk.houseRole[state.role]],
    [desk.houseStorage, storageText(storage, words)],
    [
      desk.houseSheets,
      trouble === null ? desk.houseSheetsOk : sheetSentence(trouble, messages, desk),
    ],
  ] as const;
  return (
    <Panel title={desk.houseTitle}>
      <Facts facts={facts} />
      <div className={styles.actions}>
        <Button
          icon={<ArrowDownload20Regular />}
          onClick={() => {
            const text = logText(state, facts, now, words);
            saveFile(new Blob([text], { type: "text/plain" }), "streamstock-log.txt");
          }}
        >
          {desk.houseLog}
        </Button>
        <Button
          icon={<Wrench20Regular />}
          disabledFocusable={repair.pending}
          onClick={() => repair.run()}
        >
          {sheetMessagesOf(locale).button.repair}
        </Button>
      </div>
      <p className={styles.how}>{desk.houseLogHow}</p>
      <div className={styles.notes}>
        {repair.done !== null && (
          <Banner intent="success" text={desk.sheetRepaired(repair.done.repaired)} />
        )}
        {repair.refusal !== null && (
          <Banner intent="error" text={sheetSentence(repair.refusal, messages, desk)} />
        )}
      </div>
    </Panel>
  );
}
