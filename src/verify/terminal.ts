/** `npm run verify`: what is asked, and what is said of a verdict. Pure; `main.ts` reads and prints. */
import type { ProofMessages } from "../locale/proof-messages";
import type { Difference, Verdict } from "../proof/check-proof";
import { missingUnits, type ProofStatement } from "../proof/statement";
import { writeTime } from "../proof/times";
import { refusalName } from "./refusal-name";

export interface VerifyArguments {
  readonly file: string;
  /** As fingerprints are written; null = any key will do. */
  readonly key: string | null;
  readonly json: boolean;
}

const FINGERPRINT_DIGITS = 24;

/** "key": that is no fingerprint; "usage": anything else. */
export function readArguments(args: readonly string[]): VerifyArguments | "usage" | "key" {
  const files: string[] = [];
  let key: string | null = null;
  let json = false;
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? "";
    if (word === "--json") json = true;
    else if (word === "--key") {
      at += 1;
      const digits = (args[at] ?? "").replace(/[\s-]/g, "");
      if (!/^\d+$/.test(digits) || digits.length !== FINGERPRINT_DIGITS) return "key";
      key = digits.replace(/\d{4}(?=\d)/g, "$& ");
    } else if (word.startsWith("-")) return "usage";
    else files.push(word);
  }
  const [file, second] = files;
  return file === undefined || second !== undefined ? "usage" : { file, key, json };
}

/** 0 = true; 1 = not to be relied on; 2 = cannot be checked. */
export function exitCodeOf({ kind }: Verdict): 0 | 1 | 2 {
  if (kind === "true") return 0;
  return kind === "refused" || kind === "not_a_proof" ? 2 : 1;
}

/** Characters that would steer the terminal are no part of any name. */
const harmless = (text: string) => text.replace(/[\u0000-\u001f\u007f-\u009f]/g, "?");

function differenceLine({ kind, where, now }: Difference, words: ProofMessages): string {
  const said = now === null ? "" : ` ${words.check.nowSays(harmless(now).slice(0, 100))}`;
  return `  - ${words.check.difference[kind](harmless(where))}${said}`;
}

function figures(statement: ProofStatement, { sheet }: ProofMessages): string[] {
  const fact = (label: string, value: string) => `  ${label}: ${value}`;
  const time = (at: number) => writeTime(at, 0);
  const { columns } = sheet;
  return [
    fact(sheet.seller, statement.seller),
    fact(sheet.creator, statement.creator),
    fact(sheet.asOf, time(statement.asOf)),
    fact(sheet.validUntil, time(statement.validUntil)),
    fact(sheet.book, `${statement.book} #${statement.seq} ${statement.head}`),
    ...statement.lines.map((line) =>
      [
        `  ${line.sku}`,
        `${columns.onHand} ${line.onHand}`,
        `${columns.reserved} ${line.reserved}`,
        `${columns.available} ${line.available}`,
        `${columns.requirement} ${line.requirement}`,
        `${columns.missing} ${missingUnits(line)}`,
      ].join(" · "),
    ),
  ];
}

const DIFFERENCES_SHOWN = 20;

function changedLines(differences: readonly Difference[], words: ProofMessages): string[] {
  const { check } = words;
  const rest = differences.length - DIFFERENCES_SHOWN;
  return [
    `${check.differencesTitle}:`,
    ...differences.slice(0, DIFFERENCES_SHOWN).map((one) => differenceLine(one, words)),
    ...(differences.length === 0 ? [`  - ${check.noMap}`] : []),
    ...(rest > 0 ? [`  ${check.moreDifferences(rest)}`] : []),
  ];
}

/** What a person reads. */
export function verdictText(verdict: Verdict, words: ProofMessages, key: string | null): string {
  const { check, terminal } = words;
  const lines = [`${check.verdict[verdict.kind].toUpperCase()}. ${check.advice[verdict.kind]}`];
  if (verdict.kind === "refused") lines.push(check.refusal[refusalName(verdict.refusal)]);
  else if (verdict.kind === "changed") lines.push(...changedLines(verdict.differences, words));
  else if (verdict.kind !== "not_a_proof") {
    lines.push("", ...figures(verdict.statement, words), "");
    lines.push(`${check.keyTitle}: ${verdict.fingerprint}`);
    lines.push(key === verdict.fingerprint ? terminal.keySame : terminal.keyHint);
  }
  return `${lines.join("\n")}\n`;
}

/** What a program reads. */
export function verdictJson(verdict: Verdict): string {
  const { kind, ...rest } = verdict;
  return `${JSON.stringify({ verdict: kind, ...rest })}\n`;
}
