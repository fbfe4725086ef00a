/** The product as a person starts it: `npm start`, on a free port, with a data folder of its own. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const project = resolve(__dirname, "..", "..");
/** A cold build is part of it. */
const START_WITHIN_MS = 180_000;

export interface Product {
  /** Ends with "/workbench/". */
  readonly url: string;
  readonly origin: string;
  readonly home: string;
  /** What it has printed so far. */
  output(): string;
  companionPid(): number;
  /** Kills the companion alone, without a chance to tidy up. It is started again by itself. */
  killCompanion(): void;
  stop(): Promise<void>;
}

export interface ProductOptions {
  readonly env?: Record<string, string>;
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}

export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const home = mkdtempSync(join(tmpdir(), "streamstock-product-"));
  const child = spawn(process.execPath, [join(project, "src", "companion", "start.mjs")], {
    cwd: project,
    env: {
      ...process.env,
      PORT: String(await freePort()),
      STREAMSTOCK_HOME: home,
      STREAMSTOCK_OPEN: "0",
      ...options.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  const stop = async () => {
    child.kill("SIGTERM");
    await gone;
    rmSync(home, { recursive: true, force: true });
  };
  const url = await new Promise<string>((done, fail) => {
    const late = setTimeout(
      () => fail(new Error(`StreamStock did not start in time:\n${output}`)),
      START_WITHIN_MS,
    );
    const look = () => {
      const found = /StreamStock is running: (\S+)/.exec(output)?.[1];
      if (found === undefined) return;
      clearTimeout(late);
      done(found);
    };
    child.stdout.on("data", look);
    child.once("exit", (code) => {
      clearTimeout(late);
      fail(new Error(`StreamStock ended with code ${String(code)}:\n${output}`));
    });
  }).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const companionPid = () => Number(readFileSync(join(home, "companion.pid"), "utf8"));
  return {
    url,
    origin: new URL(url).origin,
    home,
    output: () => output,
    companionPid,
    killCompanion: () => process.kill(companionPid(), "SIGKILL"),
    stop,
  };
}
