/** The page that checks a stock proof: a file in, a verdict out. Nothing leaves it. */
import { systemClock } from "../../base/clock";
import type { LocaleId } from "../../locale/formats";
import { proofMessagesOf } from "../../locale/proof-locale";
import type { ProofMessages } from "../../locale/proof-messages";
import { checkProof } from "../../proof/check-proof";
import { keyOf, rememberKey, type KnownKeys } from "../../proof/known-keys";
import { proofLimits } from "../../proof/xlsx/package";
import { button, element } from "./dom";
import { loadKeys, loadLanguage, saveKeys, saveLanguage } from "./memory";
import { verdictView, type Shown } from "./verdict-view";

const languages: readonly (readonly [LocaleId, string])[] = [
  ["en", proofMessagesOf("en").check.ownName],
  ["zh-CN", proofMessagesOf("zh-CN").check.ownName],
];

const root = document.getElementById("page") ?? document.body;
let language = loadLanguage();
let shown: Shown | null = null;
let note = "";
/** Files are judged one after the other; the last one asked for is shown. */
let asked = 0;

function words(): ProofMessages {
  return proofMessagesOf(language);
}

function head(): HTMLElement {
  const { check } = words();
  const choices = languages.map(([id, name]) => {
    const choice = button(name, () => {
      language = id;
      saveLanguage(id);
      draw();
    });
    choice.setAttribute("aria-pressed", String(id === language));
    choice.lang = id;
    return choice;
  });
  return element(
    "header",
    {},
    element("h1", {}, check.title),
    element("div", { class: "languages", role: "group", "aria-label": check.language }, ...choices),
  );
}

function drop(): HTMLElement {
  const { check } = words();
  const input = element("input", { type: "file", accept: ".xlsx" });
  input.addEventListener("change", () => {
    const [file] = input.files ?? [];
    if (file !== undefined) void judge(file);
  });
  const texts =
    shown === null
      ? [element("strong", {}, check.drop), element("span", { class: "fake-button" }, check.choose)]
      : [element("span", { class: "fake-button" }, check.another)];
  return element("label", { class: shown === null ? "drop" : "drop small" }, ...texts, input);
}

function draw(): void {
  const said = words();
  document.documentElement.lang = language;
  document.title = `${said.check.title} · StreamStock`;
  const result = element("div", { class: "result", role: "status" });
  if (shown !== null) result.append(...verdictView(shown, said, { compared }));
  if (note !== "") result.append(element("p", {}, note));
  const { check } = said;
  const parts: HTMLElement[] = [head()];
  if (shown === null) parts.push(element("p", {}, check.intro));
  parts.push(...(shown === null ? [drop(), result] : [result, drop()]));
  parts.push(element("p", { class: "quiet" }, check.privacy));
  root.replaceChildren(...parts);
}

async function judge(file: File): Promise<void> {
  const turn = (asked += 1);
  shown = null;
  note = words().check.working;
  draw();
  // Not there on a page that came over plain http from another machine.
  const { subtle } = globalThis.crypto as Partial<Crypto>;
  if (subtle === undefined) {
    note = words().check.noCrypto;
    draw();
    return;
  }
  // No more is read than decides that it is too large; a folder that was dropped reads as nothing.
  const start = file.slice(0, proofLimits.packedMax + 1);
  const bytes = new Uint8Array(await start.arrayBuffer().catch(() => new ArrayBuffer(0)));
  const now = systemClock.now();
  const keys = loadKeys();
  const known = (seller: string) => {
    const key = keyOf(keys, seller);
    return key === null ? [] : [key.fingerprint];
  };
  const verdict = await checkProof(bytes, { crypto: subtle, now, known });
  if (turn !== asked) return;
  const before = "statement" in verdict ? keyOf(keys, verdict.statement.seller) : null;
  const isNew = (verdict.kind === "true" || verdict.kind === "expired") && before === null;
  const kept = isNew
    ? rememberKey(keys, {
        seller: verdict.statement.seller,
        fingerprint: verdict.fingerprint,
        since: now,
        compared: null,
      })
    : keys;
  shown = { verdict, fileName: file.name, checkedAt: now, before, isKept: saveKeys(kept) };
  note = "";
  draw();
}

/** The key of the file on show is the seller's from now on. */
function compared(): void {
  if (shown === null || !("statement" in shown.verdict)) return;
  const { statement, fingerprint } = shown.verdict;
  const now = systemClock.now();
  const keys: KnownKeys = loadKeys();
  const before = keyOf(keys, statement.seller);
  const since = before?.fingerprint === fingerprint ? before.since : now;
  const key = { seller: statement.seller, fingerprint, since, compared: now };
  const isKept = saveKeys(rememberKey(keys, key));
  const isExpired = now > statement.validUntil;
  const kind =
    shown.verdict.kind === "other_key" ? (isExpired ? "expired" : "true") : shown.verdict.kind;
  shown = { ...shown, verdict: { ...shown.verdict, kind }, before: key, isKept, checkedAt: now };
  draw();
}

function listen(): void {
  const over = (isOver: boolean) => {
    document.querySelector(".drop")?.classList.toggle("over", isOver);
  };
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    over(true);
  });
  document.addEventListener("dragleave", () => over(false));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    const [file] = event.dataTransfer?.files ?? [];
    if (file !== undefined) void judge(file);
  });
}

listen();
draw();
