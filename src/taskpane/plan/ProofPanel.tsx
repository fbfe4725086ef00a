/** A signed workbook for a creator, saved as a file, and the fingerprint to read out. */
import {
  Button,
  Field,
  Input,
  makeStyles,
  Select,
  Spinner,
  tokens,
} from "@fluentui/react-components";
import { Certificate20Regular } from "@fluentui/react-icons";
import { useState } from "react";
import { languageNames } from "../../locale/locale";
import type { LocaleId } from "../../locale/formats";
import type { Session } from "../../runtime/session";
import type { EngineState, MadeProof, ProofOrder, ProofRefusal } from "../../worker/api";
import { useCommand } from "../command";
import { Banner } from "../frame/Banner";
import { Panel } from "../frame/Panel";
import { saveFile } from "../frame/save-file";
import { useNow } from "../now";
import { useWords, type Words } from "../words";
import { wholeNumber } from "./plan-draft";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const DAY_MS = 24 * 60 * 60_000;
const DAYS_MAX = 31;
/** Requirement 19. */
const CREATOR_TIMES = 3;

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "10px" },
  how: { margin: 0, color: tokens.colorNeutralForeground2 },
  pair: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr) minmax(0, 1fr)",
    gap: "10px",
    alignItems: "start",
  },
  narrow: { minWidth: 0, width: "100%" },
  print: {
    margin: 0,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    overflowWrap: "anywhere",
  },
});

function sentenceOf(refusal: ProofRefusal, { messages, desk }: Words): string {
  switch (refusal.code) {
    case "no_sku":
      return desk.proofRefusal.no_sku(refusal.sku);
    case "stale":
      return desk.proofRefusal.stale(messages.channel[refusal.channel]);
    case "key_locked":
      return desk.proofRefusal.key_locked("");
    case "bad_proof":
      return desk.proofRefusal.bad_proof(refusal.detail);
    default:
      return messages.refusal[refusal.code]("detail" in refusal ? refusal.detail : "");
  }
}

interface Draft {
  readonly seller: string;
  readonly creator: string;
  readonly sku: string;
  readonly expected: string;
  readonly days: string;
  readonly locale: LocaleId;
}

/** Null: something is missing. */
function orderOf(draft: Draft, state: EngineState, now: number): ProofOrder | null {
  const expected = wholeNumber(draft.expected);
  const days = wholeNumber(draft.days);
  if (expected === null || days === null || days < 1 || days > DAYS_MAX) return null;
  const { seller, creator, sku, locale } = draft;
  if (seller.trim() === "" || creator.trim() === "" || sku === "") return null;
  const { stream } = state;
  const counts = stream !== null && stream.phase !== "ended" && stream.sku === sku;
  return {
    locale,
    seller: seller.trim(),
    creator: creator.trim(),
    validUntil: now + days * DAY_MS,
    lines: [
      {
        sku,
        streamId: counts ? stream.id : null,
        expected,
        requirement: expected * CREATOR_TIMES,
      },
    ],
  };
}

function Fingerprint(props: { readonly session: Session; readonly made: MadeProof | null }) {
  const { session, made } = props;
  const styles = useStyles();
  const words = useWords();
  const { desk } = words;
  const ask = useCommand<string, ProofRefusal>(() => session.proofs.fingerprint());
  const print = made?.fingerprint ?? ask.done;
  return (
    <>
      {print === null ? (
        <Button disabledFocusable={ask.pending} onClick={() => ask.run()}>
          {desk.proofFingerprint}
        </Button>
      ) : (
        <div>
          {desk.proofFingerprint}
          <p className={styles.print}>{print}</p>
          {desk.proofFingerprintHow}
        </div>
      )}
      {ask.refusal !== null && <Banner intent="error" text={sentenceOf(ask.refusal, words)} />}
    </>
  );
}

export function ProofPanel(props: { readonly state: EngineState; readonly session: Session }) {
  const { state, session } = props;
  const styles = useStyles();
  const words = useWords();
  const { desk, locale } = words;
  const now = useNow();
  const [draft, setDraft] = useState<Draft>({
    seller: "",
    creator: state.stream?.creator ?? state.next?.creator ?? "",
    sku: state.stream?.sku ?? state.next?.sku ?? state.skus[0]?.sku ?? "",
    expected: "",
    days: "7",
    locale,
  });
  const [missing, setMissing] = useState(false);
  const make = useCommand<MadeProof, ProofRefusal, [ProofOrder]>(async (order) => {
    const made = await session.proofs.make(order);
    if (made.ok) saveFile(new Blob([made.value.bytes], { type: XLSX }), made.value.name);
    return made;
  });
  const sku = state.skus.some((row) => row.sku === draft.sku) ? draft.sku : state.skus[0]?.sku;
  if (sku === undefined) return <Panel title={desk.proofTitle}>{desk.proofNothing}</Panel>;
  const order = orderOf({ ...draft, sku }, state, now);
  const expected = wholeNumber(draft.expected);
  const field = (key: "seller" | "creator" | "expected" | "days", label: string, hint = "") => (
    <Field
      label={label}
      {...(missing && draft[key].trim() === "" && { validationMessage: desk.formRequired })}
      {...(hint !== "" && { hint })}
    >
      <Input
        className={styles.narrow}
        input={{ className: styles.narrow }}
        {...((key === "expected" || key === "days") && { inputMode: "numeric" as const })}
        value={draft[key]}
        onChange={(_event, { value }) => setDraft({ ...draft, [key]: value })}
      />
    </Field>
  );
  return (
    <Panel title={desk.proofTitle}>
      <div className={styles.form}>
        <p className={styles.how}>{desk.proofHow}</p>
        {field("seller", desk.proofSeller)}
        {field("creator", desk.formCreator)}
        <Field label={desk.formSku}>
          <Select value={sku} onChange={(_event, { value }) => setDraft({ ...draft, sku: value })}>
            {state.skus.map((row) => (
              <option key={row.sku}>{row.sku}</option>
            ))}
          </Select>
        </Field>
        <div className={styles.pair}>
          {field(
            "expected",
            desk.proofExpected,
            expected === null ? "" : desk.proofRequirement(expected * CREATOR_TIMES),
          )}
          {field("days", desk.proofDays)}
        </div>
        <Field label={desk.proofLanguage}>
          <Select
            value={draft.locale}
            onChange={(_event, { value }) =>
              setDraft({ ...draft, locale: value === "zh-CN" ? "zh-CN" : "en" })
            }
          >
            {(["en", "zh-CN"] as const).map((each) => (
              <option key={each} value={each}>
                {languageNames[each]}
              </option>
            ))}
          </Select>
        </Field>
        {make.refusal !== null && <Banner intent="error" text={sentenceOf(make.refusal, words)} />}
        <Button
          appearance="primary"
          icon={
            make.pending ? <Spinner size="tiny" aria-hidden="true" /> : <Certificate20Regular />
          }
          disabledFocusable={make.pending}
          onClick={() => {
            setMissing(order === null);
            if (order !== null) make.run(order);
          }}
        >
          {make.pending ? desk.proofMaking : desk.proofMake}
        </Button>
        {make.done !== null && (
          <>
            <Banner intent="success" title={desk.proofMade.title} text={desk.proofMade.next} />
            <a href="/verify.html" download="streamstock-verify.html">
              {desk.proofPage}
            </a>
          </>
        )}
        <Fingerprint session={session} made={make.done} />
      </div>
    </Panel>
  );
}
