/** The program behind `npm run verify`. Ends with 0: true, 1: not to be relied on, 2: cannot be checked. */
import { readFile, stat } from "node:fs/promises";
import { systemClock } from "../base/clock";
import { companionLocaleFor } from "../locale/companion-locale";
import { proofMessagesOf } from "../locale/proof-locale";
import type { ProofMessages } from "../locale/proof-messages";
import { checkProof, type Verdict } from "../proof/check-proof";
import { proofLimits } from "../proof/xlsx/package";
import { exitCodeOf, readArguments, verdictJson, verdictText } from "./terminal";

const EXIT_UNCHECKED = 2;

function wordsHere(): ProofMessages {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  const told = [LC_ALL, LC_MESSAGES, LANG].find((tag) => tag !== undefined && tag !== "");
  const tag = told ?? Intl.DateTimeFormat().resolvedOptions().locale;
  return proofMessagesOf(companionLocaleFor(tag.replace(/[_.].*/, "")));
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = EXIT_UNCHECKED;
}

/** The bytes, or the sentence why there are none. */
async function readProof(file: string, words: ProofMessages): Promise<Uint8Array | string> {
  const facts = await stat(file).catch(() => null);
  if (facts === null) return words.terminal.noFile(file);
  if (!facts.isFile()) return words.terminal.notFile(file);
  // Refused anyway, so it is not read first.
  if (facts.size > proofLimits.packedMax) return words.check.refusal.too_large;
  return readFile(file).catch(() => words.terminal.notFile(file));
}

async function main(): Promise<void> {
  const words = wordsHere();
  const { terminal } = words;
  const asked = readArguments(process.argv.slice(2));
  if (asked === "usage" || asked === "key") {
    fail(asked === "usage" ? terminal.usage : terminal.badKey);
    return;
  }
  const bytes = await readProof(asked.file, words);
  if (typeof bytes === "string") {
    fail(bytes);
    return;
  }
  const { key } = asked;
  const verdict: Verdict = await checkProof(bytes, {
    crypto: globalThis.crypto.subtle,
    now: systemClock.now(),
    known: key === null ? [] : [key],
  });
  process.stdout.write(asked.json ? verdictJson(verdict) : verdictText(verdict, words, key));
  process.exitCode = exitCodeOf(verdict);
}

void main();
