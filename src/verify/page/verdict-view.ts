/** A verdict as a person sees it: the word first, then what to do, then what it rests on. */
import type { ProofMessages, ProofVerdictName } from "../../locale/proof-messages";
import type { Difference, Verdict } from "../../proof/check-proof";
import type { KnownKey } from "../../proof/known-keys";
import { missingUnits, type ProofLine, type ProofStatement } from "../../proof/statement";
import { writeTime } from "../../proof/times";
import { refusalName } from "../refusal-name";
import { button, drawing, element, list } from "./dom";

export interface Shown {
  readonly verdict: Verdict;
  readonly fileName: string;
  /** ms. */
  readonly checkedAt: number;
  /** What this browser knew of the seller before; null = nothing. */
  readonly before: KnownKey | null;
  /** False: it will not know her next time either. */
  readonly isKept: boolean;
}

export interface Acts {
  /** The person says that she has compared the key of this file. */
  readonly compared: () => void;
}

/** A tick, a clock, a cross, an exclamation mark: never told by colour alone. */
const signs: Readonly<Record<"good" | "clock" | "warn" | "bad", readonly string[]>> = {
  good: ["M24 4a20 20 0 1 0 .01 0Z", "M15 25l7 7 12-15"],
  clock: ["M24 4a20 20 0 1 0 .01 0Z", "M24 13v11l7 6"],
  warn: ["M24 5 45 42H3Z", "M24 19v11", "M24 36v.01"],
  bad: ["M24 4a20 20 0 1 0 .01 0Z", "M16 16l16 16", "M32 16 16 32"],
};

const looks: Readonly<Record<ProofVerdictName, readonly [string, keyof typeof signs]>> = {
  true: ["good", "good"],
  expired: ["warn", "clock"],
  early: ["warn", "clock"],
  rehearsal: ["warn", "warn"],
  not_a_proof: ["warn", "warn"],
  refused: ["bad", "warn"],
  other_key: ["bad", "warn"],
  changed: ["bad", "bad"],
};

const DIFFERENCES_SHOWN = 20;
const NOW_MAX = 120;

function advice({ verdict, checkedAt }: Shown, { check, duration }: ProofMessages): string[] {
  const said = [check.advice[verdict.kind]];
  if (verdict.kind === "refused") said.push(check.refusal[refusalName(verdict.refusal)]);
  if (verdict.kind === "expired") {
    said.push(check.expiredFor(duration(checkedAt - verdict.statement.validUntil)));
  }
  if (verdict.kind === "true") {
    said.push(check.validFor(duration(verdict.statement.validUntil - checkedAt)));
  }
  return said;
}

function banner(shown: Shown, words: ProofMessages): HTMLElement {
  const { kind } = shown.verdict;
  const [color, sign] = looks[kind];
  return element(
    "section",
    { class: `verdict ${color}`, "data-verdict": kind },
    drawing(signs[sign]),
    element("h2", { class: "word" }, words.check.verdict[kind]),
    element("p", { class: "advice" }, advice(shown, words).join(words.check.between)),
    element("p", { class: "file" }, shown.fileName),
  );
}

function differenceText({ kind, where, now }: Difference, { check }: ProofMessages): string {
  const said = check.difference[kind](where);
  if (now === null) return said;
  const text = now.length > NOW_MAX ? `${now.slice(0, NOW_MAX)}…` : now;
  return [said, check.nowSays(text)].join(check.between);
}

function differences(all: readonly Difference[], words: ProofMessages): HTMLElement {
  const { check } = words;
  const told = all.slice(0, DIFFERENCES_SHOWN).map((one) => differenceText(one, words));
  if (told.length === 0) told.push(check.noMap);
  if (all.length > DIFFERENCES_SHOWN) {
    told.push(check.moreDifferences(all.length - DIFFERENCES_SHOWN));
  }
  return element(
    "section",
    { class: "card" },
    element("h2", {}, check.differencesTitle),
    list(told),
  );
}

function keyWords({ verdict, before }: Shown, { check, day }: ProofMessages): string {
  if (before === null) return check.keyFirst;
  if (verdict.kind === "other_key") return check.keyOther(day(before.since));
  return before.compared === null
    ? check.keyKnown(day(before.since))
    : check.keyCompared(day(before.compared));
}

function keyCard(shown: Shown, fingerprint: string, words: ProofMessages, acts: Acts): HTMLElement {
  const { check } = words;
  const { verdict, before } = shown;
  const isOther = verdict.kind === "other_key";
  const digits = (text: string, look: string) => element("p", { class: look }, text);
  const card = element("section", { class: "card stack" }, element("h2", {}, check.keyTitle));
  if (isOther && before !== null) {
    card.append(
      element("p", { class: "quiet" }, check.keyBefore),
      digits(before.fingerprint, "digits"),
    );
    card.append(
      element("p", { class: "quiet" }, check.keyHere),
      digits(fingerprint, "digits other"),
    );
  } else card.append(digits(fingerprint, "digits"));
  // A rehearsal's key is nobody's that one would meet again.
  if (verdict.kind === "rehearsal") return card;
  card.append(element("p", {}, keyWords(shown, words)));
  if (!shown.isKept) card.append(element("p", { class: "quiet" }, check.notRemembered));
  else if (isOther) card.append(button(check.trustOther, acts.compared));
  else if (before?.compared == null) card.append(button(check.compare, acts.compared));
  return card;
}

function facts(statement: ProofStatement, { sheet }: ProofMessages): HTMLElement {
  // In the reader's own zone, written out.
  const time = (at: number) => writeTime(at, -new Date(at).getTimezoneOffset());
  const { streamAt } = statement;
  const pairs: readonly (readonly [string, Node | string])[] = [
    [sheet.seller, statement.seller],
    [sheet.creator, statement.creator],
    [sheet.stream, streamAt === null ? sheet.notDated : time(streamAt)],
    [sheet.asOf, time(statement.asOf)],
    [sheet.validUntil, time(statement.validUntil)],
    [sheet.book, element("code", {}, `${statement.book} #${statement.seq} ${statement.head}`)],
  ];
  return element(
    "dl",
    {},
    ...pairs.flatMap(([label, value]) => [element("dt", {}, label), element("dd", {}, value)]),
  );
}

function figures(statement: ProofStatement, words: ProofMessages): HTMLElement {
  const { columns, notSaid } = words.sheet;
  const number = new Intl.NumberFormat(words.check.numbers);
  // On a small screen every cell names its own column.
  const cell = (name: keyof typeof columns, text: string, look?: string) =>
    element("td", { "data-label": columns[name], class: look }, text);
  const row = (line: ProofLine) => {
    const missing = missingUnits(line);
    const expected = line.expected === null ? notSaid : number.format(line.expected);
    return element(
      "tr",
      {},
      cell("sku", line.sku),
      cell("onHand", number.format(line.onHand)),
      cell("reserved", number.format(line.reserved)),
      cell("available", number.format(line.available)),
      cell("expected", expected, line.expected === null ? "quiet" : undefined),
      cell("requirement", number.format(line.requirement)),
      cell("missing", number.format(missing), missing > 0 ? "short" : undefined),
    );
  };
  const heads = Object.values(columns).map((text: string) => element("th", { scope: "col" }, text));
  const table = element(
    "table",
    {},
    element("thead", {}, element("tr", {}, ...heads)),
    element("tbody", {}, ...statement.lines.map(row)),
  );
  return element(
    "section",
    { class: "card" },
    element("h2", {}, words.check.figuresTitle),
    facts(statement, words),
    element("div", { class: "scroll", tabindex: "0" }, table),
    element("p", { class: "quiet" }, words.check.figuresHint),
  );
}

export function verdictView(
  shown: Shown,
  words: ProofMessages,
  acts: Acts,
): readonly HTMLElement[] {
  const { verdict } = shown;
  const parts = [banner(shown, words)];
  if (verdict.kind === "changed") parts.push(differences(verdict.differences, words));
  if ("statement" in verdict) {
    parts.push(keyCard(shown, verdict.fingerprint, words, acts), figures(verdict.statement, words));
    parts.push(
      element(
        "section",
        { class: "card" },
        element("h2", {}, words.check.limitsTitle),
        list(words.check.limits),
      ),
    );
  }
  return parts;
}
