/** Viewers who want to hear of the restock: names on this computer alone, deleted on request. */
import { Button, Field, Input, makeStyles, tokens } from "@fluentui/react-components";
import { Copy16Regular, Delete16Regular } from "@fluentui/react-icons";
import { useState } from "react";
import * as v from "valibot";
import type { PaneEnvironment } from "../environment";
import { Sure } from "../frame/Sure";
import { useLocalStore } from "../local-store-context";
import { useWords } from "../words";

const NAME = "waiting";
const LENGTH_MAX = 100;
const COUNT_MAX = 2000;

const listSchema = v.record(v.string(), v.array(v.string()));

const useStyles = makeStyles({
  how: {
    margin: "4px 0",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
  },
  row: { display: "flex", alignItems: "end", gap: "8px" },
  field: { flexGrow: 1, minWidth: 0 },
  input: { width: "100%", minWidth: 0 },
  list: {
    listStyleType: "none",
    margin: "6px 0",
    padding: 0,
    maxHeight: "180px",
    overflowY: "auto",
  },
  name: { display: "flex", alignItems: "center", justifyContent: "space-between", gap: "8px" },
  text: { minWidth: 0, overflowWrap: "anywhere", color: tokens.colorNeutralForeground1 },
  foot: { display: "flex", flexWrap: "wrap", gap: "8px" },
});

type Lists = Readonly<Record<string, readonly string[]>>;

function readLists(store: PaneEnvironment["store"]): Lists {
  try {
    const parsed = v.safeParse(listSchema, JSON.parse(store.read(NAME) ?? "{}"));
    return parsed.success ? parsed.output : {};
  } catch {
    return {};
  }
}

export function WaitList({ sku }: { readonly sku: string }) {
  const styles = useStyles();
  const { hand } = useWords();
  const store = useLocalStore();
  const [names, setNames] = useState(() => readLists(store)[sku] ?? []);
  const [text, setText] = useState("");
  const [copied, setCopied] = useState(false);
  const keep = (next: readonly string[]) => {
    const rest = Object.entries(readLists(store)).filter(([of]) => of !== sku);
    const lists = Object.fromEntries(next.length === 0 ? rest : [...rest, [sku, next]]);
    store.write(NAME, Object.keys(lists).length === 0 ? null : JSON.stringify(lists));
    setNames(next);
    setCopied(false);
  };
  const name = text.trim().slice(0, LENGTH_MAX);
  return (
    <div role="group" aria-label={hand.waitTitle}>
      <p className={styles.how}>{hand.waitHow}</p>
      <form
        className={styles.row}
        onSubmit={(event) => {
          event.preventDefault();
          if (name === "" || names.length >= COUNT_MAX) return;
          if (!names.includes(name)) keep([...names, name]);
          setText("");
        }}
      >
        <Field className={styles.field} label={hand.waitName}>
          <Input
            className={styles.input}
            value={text}
            autoComplete="off"
            onChange={(_event, { value }) => setText(value)}
          />
        </Field>
        <Button type="submit" disabledFocusable={name === ""}>
          {hand.waitAdd}
        </Button>
      </form>
      {names.length > 0 && (
        <>
          <ul className={styles.list} tabIndex={0} aria-label={hand.waitTitle}>
            {names.map((each) => (
              <li key={each} className={styles.name}>
                <span className={styles.text}>{each}</span>
                <Button
                  size="small"
                  appearance="subtle"
                  icon={<Delete16Regular />}
                  aria-label={hand.waitRemove(each)}
                  onClick={() => keep(names.filter((other) => other !== each))}
                />
              </li>
            ))}
          </ul>
          <div className={styles.foot}>
            <Button
              size="small"
              icon={<Copy16Regular />}
              onClick={() => {
                void navigator.clipboard.writeText(names.join("\n")).then(
                  () => setCopied(true),
                  () => setCopied(false),
                );
              }}
            >
              {copied ? hand.waitCopied : hand.waitCopy}
            </Button>
            <Sure
              label={hand.waitForget}
              question={hand.waitForgetAsk(names.length)}
              yes={hand.waitForgetYes}
              no={hand.waitForgetNo}
              pending={false}
              pendingLabel={hand.saving}
              onYes={() => keep([])}
            />
          </div>
        </>
      )}
    </div>
  );
}

/** Whether anybody waits for this SKU. */
export function useWaits(sku: string): boolean {
  const store = useLocalStore();
  return (readLists(store)[sku]?.length ?? 0) > 0;
}
