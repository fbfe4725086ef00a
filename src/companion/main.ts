/** The companion as a program. Exit codes: 0 ended as asked, 2 wrong settings, 3 home or port taken. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { performance } from "node:perf_hooks";
import * as v from "valibot";
import { systemClock } from "../base/clock";
import { startCompanion, type RunningCompanion } from "./companion";
import { readSettings } from "./settings";

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

async function main(): Promise<void> {
  const settings = readSettings(process.env, process.platform);
  if (!settings.ok) {
    console.error(settings.error);
    process.exitCode = EXIT_SETTINGS;
    if (process.connected) process.disconnect();
    return;
  }
  const companion = await startCompanion({
    settings: settings.value,
    root,
    version: readVersion(),
    clock: systemClock,
    monotonic: { now: () => performance.now() },
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
