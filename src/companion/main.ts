/** The companion as a program. Exit codes: 0 ended as asked, 2 wrong settings, 3 home or port taken. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { performance } from "node:perf_hooks";
import * as v from "valibot";
import { systemClock } from "../base/clock";
import { startCompanion, type RunningCompanion } from "./companion";
import { companionLocaleFor } from "../locale/companion-locale";
import type { LocaleId } from "../locale/formats";
import { runExcel, terminalAsk } from "./excel/excel";
import { readSettings, type Settings } from "./settings";
import { systemKeychain } from "./vault/keychain";

const EXIT_SETTINGS = 2;
const EXIT_TAKEN = 3;

/** The built program lies in build/, one step below the project. */
const root = resolve(__dirname, "..");

function readVersion(): string {
  const text = readFileSync(resolve(root, "package.json"), "utf8");
  return v.parse(v.object({ version: v.string() }), JSON.parse(text)).version;
}

function endOn(companion: RunningCompanion): void {
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    companion.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error("companion: did not end cleanly", error);
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  process.on("SIGHUP", end);
  // Started by another program that is gone: nobody would ever end this one.
  process.on("disconnect", end);
}

/** Dates and numbers of the person at the machine tell her language. */
function localeHere(): LocaleId {
  return companionLocaleFor(Intl.DateTimeFormat().resolvedOptions().locale);
}

/** `excel ...`: sets Excel up, tells the parent what to open, and ends. */
async function setUpExcel(settings: Settings, args: readonly string[]): Promise<void> {
  const end = await runExcel({
    args,
    platform: process.platform,
    root,
    home: settings.home,
    port: settings.port,
    locale: localeHere(),
    now: systemClock.now(),
    say: (line) => process.stdout.write(`${line}\n`),
    ask: terminalAsk(),
  });
  if (end.kind === "open") process.send?.(end);
  process.exitCode = end.kind === "failed" ? 1 : 0;
  if (process.connected) process.disconnect();
}

async function main(): Promise<void> {
  const settings = readSettings(process.env, process.platform);
  if (!settings.ok) {
    console.error(settings.error);
    process.exitCode = EXIT_SETTINGS;
    if (process.connected) process.disconnect();
    return;
  }
  const [command, ...args] = process.argv.slice(2);
  if (command === "excel") {
    await setUpExcel(settings.value, args);
    return;
  }
  const companion = await startCompanion({
    settings: settings.value,
    root,
    version: readVersion(),
    clock: systemClock,
    monotonic: { now: () => performance.now() },
    // One key for each data folder: two of them would overwrite each other's.
    keychain: systemKeychain(settings.value.home),
  });
  if (!companion.ok) {
    console.error(companion.error.message);
    process.exitCode = companion.error.kind === "settings" ? EXIT_SETTINGS : EXIT_TAKEN;
    if (process.connected) process.disconnect();
    return;
  }
  endOn(companion.value);
  process.send?.({ ready: true, port: companion.value.port });
}

void main();
