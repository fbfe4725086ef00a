/**
 * `npm run excel [-- --undo | --dry-run | --yes]`: reads the facts, shows the plan, asks, carries it
 * out. The start of the companion and of Excel is left to `excel.mjs`, which started this.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { companionMessagesOf } from "../../locale/companion-locale";
import type { CompanionMessages } from "../../locale/companion-messages";
import type { LocaleId } from "../../locale/formats";
import { isUsable, makeCertificate, thumbprint, type Certificate } from "./certificate";
import {
  excelFiles,
  planExcel,
  planUndo,
  type ExcelFacts,
  type PlannedCommand,
  type Step,
  type StepId,
} from "./plan";
import { runPlan, startProgram } from "./run-plan";
import { parseStarter } from "./starter";
import { starterWorkbook } from "./starter-workbook";

export interface ExcelOptions {
  readonly args: readonly string[];
  readonly platform: NodeJS.Platform;
  /** The project's folder: manifest and starter workbook lie there. */
  readonly root: string;
  readonly home: string;
  readonly port: number;
  readonly locale: LocaleId;
  readonly now: number;
  readonly say: (line: string) => void;
  /** Null: nobody is there to be asked. */
  readonly ask: ((question: string) => Promise<string>) | null;
  readonly start?: (command: PlannedCommand) => Promise<boolean>;
  readonly userHome?: string;
}

/** What the caller does next. */
export type ExcelEnd =
  | {
      readonly kind: "open";
      readonly cert: string;
      readonly key: string;
      readonly open: PlannedCommand;
    }
  | { readonly kind: "done" }
  | { readonly kind: "failed" };

export async function runExcel(options: ExcelOptions): Promise<ExcelEnd> {
  const { args, say } = options;
  const words = companionMessagesOf(options.locale);
  if (options.port === 0) {
    say(words.excelPortNeeded);
    return { kind: "failed" };
  }
  const facts = readFacts(options);
  const undo = args.includes("--undo");
  const steps = undo ? planUndo(facts, words) : planExcel(facts, words);
  if (steps === null) {
    say(words.excelNone);
    return { kind: "failed" };
  }
  if (args.includes("--dry-run") || steps.some(({ asked }) => asked)) tell(steps, undo, words, say);
  if (args.includes("--dry-run")) return { kind: "done" };
  if (!(await agreed(steps, options, words))) {
    say(words.excelDeclined);
    return { kind: "failed" };
  }
  const contents = contentsFor(options, facts);
  const failed = await runPlan(steps, { contents, start: options.start ?? startProgram });
  if (failed !== null) {
    say(words.excelStepFailed(failed.says));
    return { kind: "failed" };
  }
  if (undo) {
    say(words.excelUndone);
    return { kind: "done" };
  }
  const files = excelFiles(facts);
  const cert = readFileSync(files.cert, "utf8");
  writeFileSync(files.done, `${JSON.stringify({ thumbprint: thumbprint(cert) })}\n`);
  say(words.excelDone);
  const open = steps.find(({ id }) => id === "open")?.commands[0];
  if (open === undefined) return { kind: "done" };
  return { kind: "open", cert: files.cert, key: files.key, open };
}

function readFacts({ platform, root, home, now, userHome }: ExcelOptions): ExcelFacts {
  const files = excelFiles({ platform, home });
  const kept: Certificate = { cert: read(files.cert), key: read(files.key) };
  const print = kept.cert === "" ? null : printOf(kept.cert);
  return {
    platform,
    userHome: userHome ?? homedir(),
    home,
    addinId: readAddin(root).id,
    thumbprint: print,
    usable: isUsable(kept, now),
    done: print !== null && read(files.done).includes(print),
  };
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function printOf(cert: string): string | null {
  try {
    return thumbprint(cert);
  } catch {
    return null;
  }
}

/** Our own manifest, held to its form by its own tests. */
function readAddin(root: string): {
  readonly id: string;
  readonly version: string;
  readonly text: string;
} {
  const text = readFileSync(join(root, "manifest.xml"), "utf8");
  const part = (name: string) => new RegExp(`<${name}>([^<]+)</${name}>`).exec(text)?.[1] ?? "";
  return { id: part("Id"), version: part("Version"), text };
}

function contentsFor({ root, port, now, locale }: ExcelOptions, facts: ExcelFacts) {
  const files = excelFiles(facts);
  const made = makeCertificate(now);
  const addin = readAddin(root);
  const manifest = addin.text.replaceAll("https://localhost:3000/", `https://localhost:${port}/`);
  const starter = locale === "zh-CN" ? "starter-workbook.zh-CN.json" : "starter-workbook.json";
  return (id: StepId, path: string): string | Buffer => {
    if (id === "make_certificate") return path === files.key ? made.key : made.cert;
    if (id === "write_workbook") {
      const text = readFileSync(join(root, "assets", starter), "utf8");
      return starterWorkbook(parseStarter(text), addin);
    }
    return manifest;
  };
}

function tell(
  steps: readonly Step[],
  undo: boolean,
  words: CompanionMessages,
  say: (line: string) => void,
): void {
  say(undo ? words.excelUndoPlan : words.excelPlan);
  steps.forEach(({ says, files, commands }, at) => {
    say(`  ${at + 1}. ${says}`);
    for (const path of files) say(`       ${path}`);
    for (const { program, args } of commands) say(`       ${[program, ...args].join(" ")}`);
  });
}

async function agreed(
  steps: readonly Step[],
  { args, ask }: ExcelOptions,
  words: CompanionMessages,
): Promise<boolean> {
  if (args.includes("--yes") || !steps.some(({ asked }) => asked)) return true;
  return ask !== null && /^\s*(y|yes)\s*$/i.test(await ask(words.excelAsk));
}

/** On a terminal; elsewhere nobody can be asked, and nothing is done unasked. */
export function terminalAsk(): ((question: string) => Promise<string>) | null {
  if (!process.stdin.isTTY) return null;
  return async (question) => {
    const line = createInterface({ input: process.stdin, output: process.stdout });
    try {
      return await line.question(question);
    } finally {
      line.close();
    }
  };
}
