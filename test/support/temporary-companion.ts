/** A real companion inside the test's process, on a free port, with a data folder of its own. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import type { Clock } from "../../src/base/clock";
import type { Notifier } from "../../src/companion/alarm/notifier";
import type { Keychain } from "../../src/companion/vault/keychain";
import { startCompanion, type RunningCompanion } from "../../src/companion/companion";
import { readSettings } from "../../src/companion/settings";
import { readFileSync } from "node:fs";

const project = resolve(__dirname, "..", "..");

export const canaries = {
  appSecret: "canary-tiktok-app-secret-7f1d",
  accessToken: "canary-tiktok-access-token-19ac",
  refreshToken: "canary-tiktok-refresh-token-5b02",
  clientSecret: "canary-shopify-client-secret-e4c8",
  shopifyToken: "canary-shopify-access-token-77b0",
  amazonSecret: "canary-amazon-client-secret-0d31",
  amazonRefresh: "canary-amazon-refresh-token-91fe",
  amazonToken: "canary-amazon-access-token-c52a",
  ebaySecret: "canary-ebay-client-secret-3ab6",
  ebayRefresh: "canary-ebay-refresh-token-6e07",
};

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;

  readonly json: any;
}

export interface TemporaryCompanion {
  readonly home: string;
  readonly root: string;
  readonly port: number;
  readonly token: string;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Takes the lease of the book; the headers that show its fencing token. */
  lead(book: string, holder?: string): Promise<Record<string, string>>;
  /** Ends this companion and starts another with the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface Options {
  readonly env?: Record<string, string>;
  readonly clock?: Clock;
  readonly monotonic?: Clock;
  readonly upstreamTimeoutMs?: number;
  readonly files?: Record<string, string>;
  readonly keychain?: Keychain;
  readonly notifier?: Notifier;
  readonly silentAfterMs?: number;
  readonly leaseTtlMs?: number;
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "streamstock-test-"));
}

function makeRoot(files: Record<string, string>): string {
  const root = temporaryFolder();
  mkdirSync(join(root, "node_modules", "@microsoft"), { recursive: true });
  symlinkSync(
    join(project, "node_modules", "@microsoft", "office-js"),
    join(root, "node_modules", "@microsoft", "office-js"),
    "junction",
  );
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

export async function temporaryCompanion(options: Options = {}): Promise<TemporaryCompanion> {
  const home = options.env?.["STREAMSTOCK_HOME"] ?? temporaryFolder();
  const root = makeRoot(options.files ?? {});
  const settings = readSettings(
    { PORT: "0", ...options.env, STREAMSTOCK_HOME: home },
    process.platform,
  );
  if (!settings.ok) throw new Error(settings.error);
  const start = async (port: number): Promise<RunningCompanion> => {
    const started = await startCompanion({
      settings: { ...settings.value, port },
      root,
      version: "0.0.0-test",
      clock: options.clock ?? { now: () => Date.now() },
      monotonic: options.monotonic ?? { now: () => performance.now() },
      upstreamTimeoutMs: options.upstreamTimeoutMs ?? 2000,
      notifier: options.notifier ?? { show: () => Promise.resolve(false) },
      ...(options.keychain === undefined ? {} : { keychain: options.keychain }),
      ...(options.silentAfterMs === undefined ? {} : { silentAfterMs: options.silentAfterMs }),
      ...(options.leaseTtlMs === undefined ? {} : { leaseTtlMs: options.leaseTtlMs }),
    });
    if (!started.ok) throw new Error(started.error.message);
    return started.value;
  };
  let running = await start(0);
  const token = readFileSync(join(home, "token"), "utf8").trim();
  const { port } = running;
  const call = async (method: string, path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      redirect: "manual",
      ...init,
    });
    const text = await response.text();
    let json: unknown = null;
    try {
      json = JSON.parse(text);
    } catch {
      // Pages and files are not JSON.
    }
    return { status: response.status, headers: response.headers, text, json };
  };
  const self: TemporaryCompanion = {
    home,
    root,
    port,
    token,
    get: (path, headers = {}) =>
      call("GET", path, { headers: { "x-streamstock-token": token, ...headers } }),
    post: (path, body, headers = {}) =>
      call("POST", path, {
        headers: {
          "x-streamstock-token": token,
          "content-type": "application/json",
          ...headers,
        },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    lead: async (book, holder = "test") => {
      const answer = await self.post(`/api/lease/${book}`, { action: "acquire", holder });
      if (!answer.json.granted) throw new Error(`No lease: ${answer.status} ${answer.text}`);
      return { "x-streamstock-fence": String(answer.json.fence) };
    },
    restart: async () => {
      await running.close();
      running = await start(port);
    },
    stop: async () => {
      await running.close();
      rmSync(root, { recursive: true, force: true });
      if (options.env?.["STREAMSTOCK_HOME"] === undefined) {
        rmSync(home, { recursive: true, force: true });
      }
    },
  };
  return self;
}

/** Bytes over a bare socket: `fetch` mends what an attacker would leave broken. */
export function rawRequest(
  port: number,
  bytes: string,
): Promise<{ status: number; head: string; body: string }> {
  return new Promise((done, fail) => {
    const socket = connect(port, "127.0.0.1");
    let text = "";
    socket.setTimeout(5000, () => socket.destroy(new Error("no answer")));
    socket.on("data", (chunk) => (text += chunk.toString("latin1")));
    socket.on("error", fail);
    socket.on("close", () => {
      const [head = "", ...rest] = text.split("\r\n\r\n");
      done({
        status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0),
        head,
        body: rest.join("\r\n\r\n"),
      });
    });
    socket.on("connect", () => socket.write(bytes, "latin1"));
  });
}
