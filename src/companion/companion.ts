/** Puts the companion together from its settings; clocks and the project's folder come in. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../base/clock";
import { err, ok, type Result } from "../base/result";
import { createApi } from "./api";
import { errorCode } from "./disk";
import { prepareHome, readToken, writePid } from "./home";
import { lockHome } from "./home-lock";
import { FileJournal } from "./journal/file-journal";
import { Leases } from "./lease";
import { CredentialsFile } from "./relay/credentials-file";
import { KeptCredentials } from "./relay/kept-credentials";
import { Relay } from "./relay/relay";
import { Transport } from "./relay/transport";
import { createSite } from "./serve/site";
import { listen } from "./server";
import type { Settings } from "./settings";

const UPSTREAM_TIMEOUT_MS = 15_000;

export interface CompanionOptions {
  readonly settings: Settings;
  /** The project's folder. */
  readonly root: string;
  readonly version: string;
  /** The wall clock: signatures and tokens. */
  readonly clock: Clock;
  /** Does not jump: leases. */
  readonly monotonic: Clock;
  readonly leaseTtlMs?: number;
  readonly upstreamTimeoutMs?: number;
}

export interface RunningCompanion {
  readonly port: number;
  close(): Promise<void>;
}

/** Why it does not start: `settings` cannot get better by trying again. Sentences for the terminal. */
export interface StartFault {
  readonly kind: "settings" | "home" | "busy";
  readonly message: string;
}

export async function startCompanion(
  options: CompanionOptions,
): Promise<Result<RunningCompanion, StartFault>> {
  const { settings } = options;
  const live =
    settings.credentialsFile === null ? null : new CredentialsFile(settings.credentialsFile);
  const checked = (await live?.check()) ?? ok(null);
  if (!checked.ok) {
    return err({ kind: "settings", message: `STREAMSTOCK_CREDENTIALS: ${checked.error}` });
  }
  try {
    await prepareHome(settings.home);
  } catch (error) {
    const message = `The data folder cannot be used (${errorCode(error)}): ${settings.home}`;
    return err({ kind: "home", message });
  }
  const unlock = await lockHome(settings.home);
  if (unlock === null) {
    const message = `StreamStock is already running with this data folder: ${settings.home}`;
    return err({ kind: "busy", message });
  }
  const started = await startLocked(options, live);
  if (!started.ok) {
    await unlock();
    return started;
  }
  return ok({
    port: started.value.port,
    close: async () => {
      await started.value.close();
      await unlock();
    },
  });
}

async function readTls(
  files: Settings["tls"],
): Promise<Result<{ cert: string; key: string } | null, StartFault>> {
  if (files === null) return ok(null);
  try {
    const [cert, key] = await Promise.all([
      readFile(files.certFile, "utf8"),
      readFile(files.keyFile, "utf8"),
    ]);
    return ok({ cert, key });
  } catch (error) {
    const message = `STREAMSTOCK_TLS_CERT or STREAMSTOCK_TLS_KEY cannot be read (${errorCode(error)})`;
    return err({ kind: "settings", message });
  }
}

async function startLocked(
  options: CompanionOptions,
  live: CredentialsFile | null,
): Promise<Result<RunningCompanion, StartFault>> {
  const { settings, root } = options;
  const { home, sandbox } = settings;
  let token: string;
  try {
    token = await readToken(home);
  } catch (error) {
    const message = `The data folder cannot be written (${errorCode(error)}): ${home}`;
    return err({ kind: "home", message });
  }
  const tls = await readTls(settings.tls);
  if (!tls.ok) return tls;
  const transport = new Transport({ timeoutMs: options.upstreamTimeoutMs ?? UPSTREAM_TIMEOUT_MS });
  const journal = new FileJournal({ folder: join(home, "journal") });
  const leases = new Leases({
    folder: join(home, "leases"),
    clock: options.monotonic,
    wallClock: options.clock,
    ...(options.leaseTtlMs === undefined ? {} : { ttlMs: options.leaseTtlMs }),
  });
  const rehearsalFile = new CredentialsFile(join(home, "rehearsal-credentials.json"));
  const relay = new Relay({
    transport,
    clock: options.clock,
    kept: new KeptCredentials(join(home, "tokens")),
    live,
    redirects: settings.redirects,
    rehearsal: sandbox === null ? null : { credentials: rehearsalFile, origin: sandbox },
  });
  const api = createApi({ version: options.version, journal, leases, relay, transport, sandbox });
  const server = await listen({
    port: settings.port,
    token,
    tls: tls.value,
    api: (request, call) => api.fetch(request, call),
    site: createSite({ root, token }),
  });
  if (!server.ok) {
    transport.close();
    return err({ kind: "busy", message: server.error });
  }
  const forgetPid = await writePid(home, process.pid);
  return ok({
    port: server.value.port,
    close: async () => {
      await server.value.close();
      await journal.close();
      transport.close();
      await forgetPid();
    },
  });
}
