/** Puts the companion together from its settings; clocks and the project's folder come in. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Clock } from "../base/clock";
import { err, ok, type Result } from "../base/result";
import { Alarm } from "./alarm/alarm";
import { systemNotifier, type Notifier } from "./alarm/notifier";
import { SilenceWatch } from "./alarm/silence-watch";
import { createApi } from "./api";
import { Connector } from "./connect/connector";
import { LiveShops } from "./connect/live-shops";
import { errorCode } from "./disk";
import { prepareHome, readToken, writePid } from "./home";
import { lockHome } from "./home-lock";
import { FileJournal } from "./journal/file-journal";
import { Leases } from "./lease";
import { CallOrder } from "./relay/call-order";
import { CredentialsFile } from "./relay/credentials-file";
import { KeptCredentials } from "./relay/kept-credentials";
import { ProofKeys } from "./proof/proof-keys";
import { Rehearsal } from "./rehearsal";
import { Relay } from "./relay/relay";
import { answerRelayCall, relayTarget } from "./relay/relay-call";
import { Transport } from "./relay/transport";
import { createSite } from "./serve/site";
import { listen } from "./server";
import type { Settings } from "./settings";
import { noKeychain, type Keychain } from "./vault/keychain";
import { Vault } from "./vault/vault";

const UPSTREAM_TIMEOUT_MS = 15_000;
/** Shorter than whoever started us waits for our end. */
const SETTLE_WITHIN_MS = 2000;

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
  /** Where the key to the live shops' secrets is kept; none: readable files. */
  readonly keychain?: Keychain;
  readonly notifier?: Notifier;
  readonly silentAfterMs?: number;
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
  const vault = new Vault(join(home, "vault"), options.keychain ?? noKeychain);
  const shops = new LiveShops(vault, live);
  const rehearsalFile = new CredentialsFile(join(home, "rehearsal-credentials.json"));
  const relay = new Relay({
    transport,
    clock: options.clock,
    kept: new KeptCredentials(join(home, "tokens"), vault),
    live: shops,
    redirects: settings.redirects,
    rehearsal: sandbox === null ? null : { credentials: rehearsalFile, origin: sandbox },
  });
  const rehearsal = new Rehearsal(transport, sandbox);
  const connector = new Connector({ relay, shops, transport, clock: options.clock });
  const alarm = new Alarm(options.notifier ?? systemNotifier(process.platform), options.monotonic);
  const silence = new SilenceWatch({
    path: join(home, "watch.json"),
    leases,
    alarm,
    monotonic: options.monotonic,
    wallClock: options.clock,
    ...(options.silentAfterMs === undefined ? {} : { silentAfterMs: options.silentAfterMs }),
  });
  await silence.start();
  const api = createApi({
    version: options.version,
    journal,
    leases,
    relay,
    rehearsal,
    connector,
    alarm,
    silence,
    proofKeys: new ProofKeys(vault),
    clock: options.clock,
  });
  const relayPorts = { relay, leases, rehearsal, order: new CallOrder() };
  const server = await listen({
    port: settings.port,
    token,
    tls: tls.value,
    api: (request, call) => api.fetch(request, call),
    relay: (url, call) => {
      const target = relayTarget(url);
      return target === null ? null : answerRelayCall(relayPorts, target, call);
    },
    site: createSite({ root, token }),
  });
  if (!server.ok) {
    silence.stop();
    transport.close();
    return err({ kind: "busy", message: server.error });
  }
  const forgetPid = await writePid(home, process.pid);
  return ok({
    port: server.value.port,
    close: async () => {
      silence.stop();
      await Promise.all([leases.close(), server.value.close()]);
      await Promise.race([relay.settled(), pause(SETTLE_WITHIN_MS, null, { ref: false })]);
      await journal.close();
      transport.close();
      await forgetPid();
    },
  });
}
