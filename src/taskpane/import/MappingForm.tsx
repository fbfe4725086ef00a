/** Which column is which, where the file does not say it itself. Shows its first rows to choose by. */
import { Button, Field, makeStyles, Select, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { channelIds, isChannelId } from "../../base/ids";
import type { ColumnName, SubjectName } from "../../locale/import-messages";
import type { ImportMapping, ImportOpened } from "../../worker/api";
import { Panel } from "../frame/Panel";
import { useWords } from "../words";

const columnsOf: Readonly<Record<SubjectName, readonly ColumnName[]>> = {
  orders: ["orderId", "sku", "listingId", "quantity", "createdAt", "status"],
  stock: ["sku", "listingId", "available", "onHand"],
};
const subjects: readonly SubjectName[] = ["stock", "orders"];
const SAMPLE_COLUMNS = 8;

const useStyles = makeStyles({
  text: { margin: "0 0 10px", color: tokens.colorNeutralForeground2 },
  form: { display: "flex", flexDirection: "column", gap: "10px" },
  sample: { overflowX: "auto", margin: "4px 0 0" },
  table: { borderCollapse: "collapse", fontSize: tokens.fontSizeBase200 },
  cell: {
    padding: "2px 8px 2px 0",
    textAlign: "left",
    whiteSpace: "nowrap",
    maxWidth: "160px",
    overflow: "hidden",
    textOverflow: "ellipsis",
  },
});

export function MappingForm(props: {
  readonly opened: ImportOpened;
  readonly pending: boolean;
  readonly onMapped: (mapping: ImportMapping) => void;
}) {
  const { recognised } = props.opened;
  const styles = useStyles();
  const { messages } = useWords();
  const { imports } = messages;
  const [mapping, setMapping] = useState(recognised.mapping);
  const { headers, sample } = recognised;
  const setColumn = (name: ColumnName, text: string) =>
    setMapping((before) => ({
      ...before,
      columns: { ...before.columns, [name]: text === "" ? [] : [Number(text)] },
    }));
  return (
    <Panel title={imports.mapTitle}>
      <p className={styles.text}>
        {recognised.certainty === "none" && `${imports.seenNone} `}
        {imports.mapHow}
      </p>
      <div className={styles.form}>
        <Field label={imports.mapChannel}>
          <Select
            value={mapping.channel ?? ""}
            onChange={(_event, { value }) =>
              setMapping((before) => ({ ...before, channel: isChannelId(value) ? value : null }))
            }
          >
            <option value="" />
            {channelIds.map((channel) => (
              <option key={channel} value={channel}>
                {messages.channel[channel]}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={imports.mapSubject}>
          <Select
            value={mapping.subject}
            onChange={(_event, { value }) =>
              setMapping((before) => ({
                ...before,
                subject: value === "orders" ? "orders" : "stock",
              }))
            }
          >
            {subjects.map((subject) => (
              <option key={subject} value={subject}>
                {imports.subject[subject]}
              </option>
            ))}
          </Select>
        </Field>
        {columnsOf[mapping.subject].map((name) => (
          <Field key={name} label={imports.mapColumn[name]}>
            <Select
              value={String(mapping.columns[name]?.[0] ?? "")}
              onChange={(_event, { value }) => setColumn(name, value)}
            >
              <option value="">{imports.mapNone}</option>
              {headers.map((header, column) => (
                <option key={`${column} ${header}`} value={String(column)}>
                  {header}
                </option>
              ))}
            </Select>
          </Field>
        ))}
        <div className={styles.sample} tabIndex={0} role="group" aria-label={imports.mapHow}>
          <table className={styles.table}>
            <thead>
              <tr>
                {headers.slice(0, SAMPLE_COLUMNS).map((header, column) => (
                  <th key={`${column} ${header}`} scope="col" className={styles.cell}>
                    {header}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {sample.map((row) => (
                <tr key={row.number}>
                  {row.cells.slice(0, SAMPLE_COLUMNS).map((cell, column) => (
                    <td key={`${row.number}/${column}`} className={styles.cell}>
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <div>
          <Button
            appearance="primary"
            disabledFocusable={props.pending}
            onClick={() => props.onMapped(mapping)}
          >
            {imports.mapGo}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
