/** A stream with a date: who sells what when, and how many units are set aside. */
import { Button, Field, Input, makeStyles, Select, Spinner } from "@fluentui/react-components";
import { useState } from "react";
import { channelIds, isChannelId } from "../../base/ids";
import type { PlanFieldName } from "../../locale/pane-messages";
import type { Session } from "../../runtime/session";
import type { SkuState } from "../../worker/api";
import type { EngineRefusal, StreamOrder } from "../../worker/engine-api";
import { useCommand } from "../command";
import { Banner } from "../frame/Banner";
import { EngineNote } from "../frame/EngineNote";
import { Panel } from "../frame/Panel";
import { useWords } from "../words";
import { orderOf, type PlanDraft } from "./plan-draft";

const policies = ["escrow", "buffer", "seed"] as const;

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "10px" },
  pair: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr) minmax(0, 1fr)",
    gap: "10px",
    alignItems: "start",
  },
  input: { width: "100%", minWidth: 0 },
  actions: { display: "flex", flexWrap: "wrap", gap: "8px" },
});

function TextField(props: {
  readonly name: PlanFieldName;
  readonly label: string;
  readonly value: string;
  readonly wrong: PlanFieldName | null;
  readonly type?: "text" | "datetime-local";
  readonly numeric?: boolean;
  readonly onChange: (value: string) => void;
}) {
  const { name, label, value, wrong, type = "text", numeric = false, onChange } = props;
  const styles = useStyles();
  const { pane, desk } = useWords();
  const say = value.trim() === "" ? desk.formRequired : pane.planField[name];
  return (
    <Field label={label} {...(wrong === name && { validationMessage: say })}>
      <Input
        className={styles.input}
        input={{ className: styles.input }}
        type={type}
        {...(numeric && { inputMode: "numeric" as const })}
        value={value}
        onChange={(_event, data) => onChange(data.value)}
      />
    </Field>
  );
}

function Selects(props: {
  readonly draft: PlanDraft;
  readonly skus: readonly SkuState[];
  readonly onDraft: (draft: PlanDraft) => void;
}) {
  const { draft, skus, onDraft } = props;
  const styles = useStyles();
  const { messages, pane, desk } = useWords();
  return (
    <>
      <Field label={desk.formSku}>
        <Select
          value={draft.sku}
          disabled={draft.id !== null}
          onChange={(_event, { value }) => onDraft({ ...draft, sku: value })}
        >
          {skus.map(({ sku }) => (
            <option key={sku}>{sku}</option>
          ))}
        </Select>
      </Field>
      <div className={styles.pair}>
        <Field label={desk.formChannel}>
          <Select
            className={styles.input}
            value={draft.channel}
            onChange={(_event, { value }) => {
              if (isChannelId(value)) onDraft({ ...draft, channel: value });
            }}
          >
            {channelIds.map((channel) => (
              <option key={channel} value={channel}>
                {messages.channel[channel]}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={desk.formPolicy}>
          <Select
            className={styles.input}
            value={draft.policy}
            onChange={(_event, { value }) => {
              const policy = policies.find((each) => each === value);
              if (policy !== undefined) onDraft({ ...draft, policy });
            }}
          >
            {policies.map((policy) => (
              <option key={policy} value={policy}>
                {pane.policyName[policy]}
              </option>
            ))}
          </Select>
        </Field>
      </div>
    </>
  );
}

function wrongField(refusal: EngineRefusal | null): PlanFieldName | null {
  if (refusal?.code !== "bad_plan") return null;
  const names: readonly PlanFieldName[] = [
    "planned",
    "startsAt",
    "minutes",
    "followers",
    "creator",
  ];
  return names.find((name) => name === refusal.field) ?? null;
}

export function PlanForm(props: {
  readonly draft: PlanDraft;
  readonly skus: readonly SkuState[];
  readonly session: Session;
  readonly onDraft: (draft: PlanDraft) => void;
  readonly onNew: () => void;
  readonly onPlanned: () => void;
}) {
  const { draft, skus, session, onDraft, onNew, onPlanned } = props;
  const styles = useStyles();
  const { pane, desk } = useWords();
  const [missing, setMissing] = useState<PlanFieldName | null>(null);
  const save = useCommand<{ id: string }, EngineRefusal, [StreamOrder]>(async (order) => {
    const told = await session.engine.planStream(order);
    if (told.ok) onPlanned();
    return told;
  });
  const wrong = missing ?? wrongField(save.refusal);
  const field = (name: PlanFieldName, label: string, key: keyof PlanDraft, more = {}) => (
    <TextField
      name={name}
      label={label}
      value={draft[key] ?? ""}
      wrong={wrong}
      onChange={(value) => onDraft({ ...draft, [key]: value })}
      {...more}
    />
  );
  return (
    <Panel title={draft.id === null ? desk.formTitle : desk.formChange}>
      <div className={styles.form}>
        {field("creator", desk.formCreator, "creator")}
        {field("followers", desk.formFollowers, "followers", { numeric: true })}
        <Selects draft={draft} skus={skus} onDraft={onDraft} />
        <p>{pane.policyWhat[draft.policy]}</p>
        {field("startsAt", desk.formStart, "starts", { type: "datetime-local" })}
        <div className={styles.pair}>
          {field("minutes", desk.formMinutes, "minutes", { numeric: true })}
          {field("planned", desk.formPlanned, "planned", { numeric: true })}
        </div>
        <EngineNote refusal={save.refusal} />
        {save.done !== null && (
          <Banner intent="success" title={desk.formSaved.title} text={desk.formSaved.next} />
        )}
        <div className={styles.actions}>
          <Button
            appearance="primary"
            icon={save.pending ? <Spinner size="tiny" aria-hidden="true" /> : null}
            disabledFocusable={save.pending}
            onClick={() => {
              const order = orderOf(draft);
              setMissing(typeof order === "string" ? order : null);
              if (typeof order !== "string") save.run(order);
            }}
          >
            {save.pending ? desk.formSaving : desk.formSave}
          </Button>
          {draft.id !== null && <Button onClick={onNew}>{desk.formNew}</Button>}
        </div>
      </div>
    </Panel>
  );
}
