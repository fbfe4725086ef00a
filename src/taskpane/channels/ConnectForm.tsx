/**
 * The keys of one channel. The fields are the browser's own: what is typed is read once, when it is
 * sent, and secrets are wiped from the page at that moment, whatever comes of it.
 */
import { Button, Field, makeStyles, Select, Spinner, tokens } from "@fluentui/react-components";
import { useState, type SyntheticEvent } from "react";
import type { FieldName } from "../../locale/shop-messages";
import type { Session } from "../../runtime/session";
import type { Connection, ConnectStep, ShopRefusal } from "../../worker/api";
import { useCommand } from "../command";
import { PlainInput } from "../frame/PlainInput";
import { useWords } from "../words";
import { ShopRefusalNote } from "./ShopRefusalNote";

type Asked = Connection["fields"][number];

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "12px" },
  text: {
    margin: 0,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    color: tokens.colorNeutralForeground2,
  },
  actions: { display: "flex", flexWrap: "wrap", gap: "8px" },
  optional: { color: tokens.colorNeutralForeground3, fontWeight: tokens.fontWeightRegular },
});

function nameOf<T>(record: Readonly<Partial<Record<FieldName, T>>>, name: string): T | undefined {
  return Object.entries(record).find(([key]) => key === name)?.[1];
}

/** Every field as typed; text left out where a field was left empty. */
function readForm(form: HTMLFormElement): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value.trim() !== "") fields[name] = value.trim();
  }
  for (const input of form.querySelectorAll<HTMLInputElement>("input[type=password]")) {
    input.value = "";
  }
  return fields;
}

function AskedField(props: {
  readonly connection: Connection;
  readonly asked: Asked;
  readonly bad: boolean;
}) {
  const { connection, asked, bad } = props;
  const styles = useStyles();
  const { messages } = useWords();
  const { shops } = messages;
  const label = nameOf(shops.field, asked.name) ?? asked.name;
  const where = nameOf(shops.fieldWhere[connection.channel], asked.name);
  const secret = asked.kind === "secret";
  return (
    <Field
      label={
        <>
          {label}
          {!asked.required && asked.kind !== "choice" && (
            <span className={styles.optional}> ({shops.fieldOptional})</span>
          )}
        </>
      }
      {...(where === undefined ? {} : { hint: where })}
      {...(bad ? { validationState: "error" as const, validationMessage: shops.fieldBad } : {})}
    >
      {asked.kind === "choice" ? (
        <Select name={asked.name} defaultValue={asked.choices[0] ?? ""}>
          {asked.choices.map((choice) => (
            <option key={choice} value={choice}>
              {shops.fieldChoice[choice] ?? choice}
            </option>
          ))}
        </Select>
      ) : (
        <PlainInput
          name={asked.name}
          type={secret ? "password" : "text"}
          autoComplete={secret ? "new-password" : "off"}
          spellCheck={false}
        />
      )}
    </Field>
  );
}

export function ConnectForm(props: {
  readonly connection: Connection;
  readonly session: Session;
  readonly onStep: (step: ConnectStep) => void;
  readonly onClose: () => void;
}) {
  const { connection, session, onStep, onClose } = props;
  const styles = useStyles();
  const { messages } = useWords();
  const { shops } = messages;
  const [empty, setEmpty] = useState<string | null>(null);
  const connect = useCommand<ConnectStep, ShopRefusal, [Record<string, string>]>(async (fields) => {
    const step = await session.shops.connect(connection.channel, fields);
    if (step.ok) onStep(step.value);
    return step;
  });
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const missing = connection.fields.find(({ name, required }) => {
      const field = form.elements.namedItem(name);
      return required && field instanceof HTMLInputElement && field.value.trim() === "";
    });
    setEmpty(missing?.name ?? null);
    // Nothing is wiped while something is still to be filled in.
    if (missing === undefined) connect.run(readForm(form));
  };
  const { refusal } = connect;
  const bad = empty ?? (refusal?.code === "bad_field" ? refusal.field : null);
  return (
    <form className={styles.form} onSubmit={submit} autoComplete="off" noValidate>
      <p className={styles.text}>{shops.before[connection.channel]}</p>
      {connection.fields.map((asked) => (
        <AskedField
          key={asked.name}
          connection={connection}
          asked={asked}
          bad={bad === asked.name}
        />
      ))}
      <p className={styles.text}>{shops.secretsNote}</p>
      <ShopRefusalNote refusal={refusal} />
      <div className={styles.actions}>
        <Button
          type="submit"
          appearance="primary"
          icon={connect.pending ? <Spinner size="tiny" aria-hidden="true" /> : null}
          disabledFocusable={connect.pending}
        >
          {connect.pending ? shops.connecting : shops.connectAction}
        </Button>
        <Button type="button" onClick={onClose}>
          {shops.connectClose}
        </Button>
      </div>
    </form>
  );
}
