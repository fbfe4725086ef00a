/**
 * What the relay costs, with every check on: a channel's server, the companion and a client, three
 * programs, asked directly and through the relay turn about in one run. Fails on no figure.
 */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { execFileSync, fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { addToReport, rounded, type Figure } from "./report";

const ADDED_MS = 0.5;
const RATE = 0.25;

const project = resolve(__dirname, "..", "..");
const quick = process.env["STREAMSTOCK_BENCH_QUICK"] === "1";
const figures: Figure[] = [];
const children: ChildProcess[] = [];
const home = mkdtempSync(join(tmpdir(), "streamstock-bench-"));

beforeAll(() => {
  const builder = join(project, "src", "companion", "build-products.mjs");
  execFileSync(process.execPath, [builder, "companion"], { cwd: project, stdio: "ignore" });
}, 120_000);
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(home, { recursive: true, force: true });
  addToReport(figures);
});

async function program(path: string, env: Record<string, string> = {}): Promise<number> {
  const child = fork(join(project, path), [], { env: { ...process.env, ...env }, silent: true });
  children.push(child);
  const [message] = (await once(child, "message")) as [{ port: number }];
  return message.port;
}

async function takeLease(port: number, token: string): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/lease/rehearsal-bench`, {
    method: "POST",
    headers: { "x-streamstock-token": token, "content-type": "application/json" },
    body: JSON.stringify({ action: "acquire", holder: "bench" }),
  });
  return String(((await answer.json()) as { fence: number }).fence);
}

/** Keys of the form that a rehearsal has; the token holds for longer than the benchmark lasts. */
const keys = {
  tiktok: {
    appKey: "k",
    appSecret: "s",
    accessToken: "t",
    refreshToken: "r",
    accessTokenExpiresAt: 4_000_000_000,
    shopCipher: "c",
  },
};

test("the relay against a direct call", async () => {
  const upstream = await program("test/bench/fixtures/relay-upstream.mjs");
  writeFileSync(join(home, "rehearsal-credentials.json"), JSON.stringify(keys));
  const companion = await program("build/companion.cjs", {
    PORT: "0",
    STREAMSTOCK_HOME: home,
    STREAMSTOCK_SANDBOX: `http://127.0.0.1:${upstream}`,
  });
  const token = readFileSync(join(home, "token"), "utf8").trim();
  const fence = await takeLease(companion, token);
  const work = { upstream, companion, token, fence, rounds: quick ? 5 : 15, calls: 500 };
  const client = join(project, "test", "bench", "fixtures", "relay-client.mjs");
  const told = execFileSync(process.execPath, [client, JSON.stringify(work)], { encoding: "utf8" });
  const { directMs, relayedMs, directRate, relayedRate } = JSON.parse(told);
  const added = relayedMs - directMs;
  figures.push({
    name: "time that the relay adds to a call",
    value: rounded(added),
    unit: "ms",
    goal: `<= ${ADDED_MS}`,
    met: added <= ADDED_MS,
    from: { directMs: rounded(directMs), relayedMs: rounded(relayedMs) },
  });
  const rate = relayedRate / directRate;
  figures.push({
    name: "calls a second through the relay",
    value: rounded(rate),
    unit: "times direct",
    goal: `>= ${RATE}`,
    met: rate >= RATE,
    from: { directRate: Math.round(directRate), relayedRate: Math.round(relayedRate) },
  });
  expect(relayedRate).toBeGreaterThan(0);
}, 300_000);
