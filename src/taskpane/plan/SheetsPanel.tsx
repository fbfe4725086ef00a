/** The sheets of the workbook: made when asked for, and reserving from the Streams sheet. */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { Table20Regular } from "@fluentui/react-icons";
import type { SheetName } from "../../locale/sheet-messages";
import { sheetMessagesOf } from "../../locale/sheets";
import type { Session } from "../../runtime/session";
import type { ReserveLine, SheetRefusal } from "../../runtime/sheets";
import { useCommand } from "../command";
import { Banner } from "../frame/Banner";
import { Panel } from "../frame/Panel";
import { useWords } from "../words";
import { sheetSentence } from "./sheet-sentence";

const sheets = ["plan", "live", "review"] as const;

const useStyles = makeStyles({
  how: { margin: "0 0 8px", color: tokens.colorNeutralForeground2 },
  actions: { display: "flex", flexWrap: "wrap", gap: "8px" },
  notes: { display: "flex", flexDirection: "column", gap: "8px", marginTop: "8px" },
  list: { margin: 0, paddingLeft: "18px" },
});

export function SheetsPanel({ session }: { readonly session: Session }) {
  const styles = useStyles();
  const { desk, messages, locale } = useWords();
  const words = sheetMessagesOf(locale);
  const make = useCommand<null, SheetRefusal, [SheetName]>((sheet) => session.sheets.make(sheet));
  const reserve = useCommand<readonly ReserveLine[], SheetRefusal>(() => session.sheets.reserve());
  const refusal = make.refusal ?? reserve.refusal;
  return (
    <Panel title={desk.sheetsTitle}>
      <p className={styles.how}>{desk.sheetsHow}</p>
      <div className={styles.actions}>
        {sheets.map((sheet) => (
          <Button
            key={sheet}
            icon={<Table20Regular />}
            disabledFocusable={make.pending}
            onClick={() => make.run(sheet)}
          >
            {words.button[sheet]}
          </Button>
        ))}
        <Button disabledFocusable={reserve.pending} onClick={() => reserve.run()}>
          {words.button.reserve}
        </Button>
      </div>
      <div className={styles.notes}>
        {refusal !== null && (
          <Banner intent="error" text={sheetSentence(refusal, messages, desk)} />
        )}
        {reserve.done !== null && (
          <ul className={styles.list}>
            {reserve.done.map((line) => (
              <li key={line.no}>
                {line.refusal === null
                  ? desk.sheetRow(line.sku, line.units, line.missing)
                  : `${line.sku}: ${words.reserveRefusal[line.refusal]}`}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  );
}
