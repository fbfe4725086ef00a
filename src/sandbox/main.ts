/**
 * The sandbox as a process of its own.
 *
 *   STREAMSTOCK_HOME  folder for sandbox.json and rehearsal-credentials.json (required)
 *   SANDBOX_PORT      port on 127.0.0.1; 0 or absent: any free one
 *
 * Says where it listens, on stdout and over the IPC channel when there is one, and ends with the
 * process that started it.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../base/clock";
import { fileKeyring } from "./credentials";
import { listen, openSandbox } from "./server";
import { fileStore } from "./store";

async function main(): Promise<void> {
  const home = process.env["STREAMSTOCK_HOME"] ?? "";
  const port = Number(process.env["SANDBOX_PORT"] ?? "0");
  if (home === "" || !Number.isInteger(port) || port < 0 || port > 65_535) {
    console.error("sandbox: STREAMSTOCK_HOME must name a folder, SANDBOX_PORT a port or 0");
    process.exitCode = 2;
    return;
  }
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const keyring = fileKeyring(join(home, "rehearsal-credentials.json"), systemClock.now());
  const store = fileStore(join(home, "sandbox.json"));
  const sandbox = openSandbox({ clock: systemClock, store, keyring });
  const listening = await listen(sandbox, port);

  const end = () => {
    sandbox.stage.close();
    process.exit(0);
  };
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
  process.once("disconnect", end);
  process.send?.({ type: "listening", port: listening.port });
  process.stdout.write(`sandbox listening on http://127.0.0.1:${listening.port}\n`);
}

main().catch((error: unknown) => {
  console.error("sandbox:", error);
  process.exit(1);
});
