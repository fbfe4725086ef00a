import { fork, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from "@jest/globals";
import webpack from "webpack";
import { channelIds } from "../../src/base/ids";
import { openStage } from "../../src/sandbox/stage";
import { fileStore } from "../../src/sandbox/store";
import { START, type Json } from "./stand";

const folder = mkdtempSync(join(tmpdir(), "sandbox-"));
const running = new Set<ChildProcess>();
let script = "";

/** The process as it ships, built from the sources as they stand. */
beforeAll(async () => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const configs = require(resolve(__dirname, "../../webpack.config.js")) as webpack.Configuration[];
  const config = configs.find((candidate) => candidate.name === "sandbox");
  const output = { path: join(folder, "build"), filename: "sandbox.cjs" };
  await new Promise<void>((done, fail) => {
    webpack(
      { ...config, output, cache: false, mode: "development", devtool: false },
      (error, stats) => {
        if (error || stats?.hasErrors()) fail(error ?? new Error(stats?.toString()));
        else done();
      },
    );
  });
  script = join(output.path, "sandbox.cjs");
}, 60_000);

afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
  running.clear();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function begin(home: string): Promise<{ child: ChildProcess; origin: string }> {
  const child = fork(script, { env: { ...process.env, STREAMSTOCK_HOME: home }, silent: true });
  running.add(child);
  const message = await new Promise<{ type: string; port: number }>((done, fail) => {
    child.once("message", (value) => done(value as { type: string; port: number }));
    child.once("exit", (code) => fail(new Error(`exit ${code}`)));
  });
  expect(message.type).toBe("listening");
  return { child, origin: `http://127.0.0.1:${message.port}` };
}

const get = async (url: string): Promise<Json> => (await fetch(url)).json();
const post = (url: string, body: object) =>
  fetch(url, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
const wish = { channel: "tiktok", sku: "OR-82484", units: 3, paid: true };

describe("the sandbox's process", () => {
  test("comes back after a kill with the same shop, run and keys", async () => {
    const home = join(folder, "killed");
    const one = await begin(home);
    const state = await get(`${one.origin}/rehearsal`);
    await post(`${one.origin}/rehearsal/order`, wish);
    await post(`${one.origin}/rehearsal/order`, { ...wish, channel: "shopify", units: 2 });
    const truth = await get(`${one.origin}/rehearsal/truth`);
    const keys = readFileSync(join(home, "rehearsal-credentials.json"), "utf8");
    expect(statSync(join(home, "rehearsal-credentials.json")).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, "sandbox.json")).mode & 0o777).toBe(0o600);
    // It writes at most once a second; what it was told longer ago than that must survive.
    await new Promise((done) => setTimeout(done, 1200));
    one.child.kill("SIGKILL");
    await new Promise((done) => one.child.once("exit", done));

    const two = await begin(home);
    expect((await get(`${two.origin}/rehearsal`)).run).toBe(state.run);
    expect(await get(`${two.origin}/rehearsal/truth`)).toEqual(truth);
    expect(readFileSync(join(home, "rehearsal-credentials.json"), "utf8")).toBe(keys);
  }, 30_000);

  test("writes what it knows and ends when its parent lets go of it", async () => {
    const home = join(folder, "let-go");
    const one = await begin(home);
    await post(`${one.origin}/rehearsal/order`, wish);
    const ended = new Promise((done) => one.child.once("exit", done));
    one.child.disconnect();
    expect(await ended).toBe(0);
    const saved = JSON.parse(readFileSync(join(home, "sandbox.json"), "utf8"));
    expect(saved.run.shop.orders).toHaveLength(1);
  }, 30_000);

  test("answers on the loopback address only", async () => {
    const { origin } = await begin(join(folder, "loopback"));
    await expect(fetch(origin.replace("127.0.0.1", "127.0.0.2"))).rejects.toThrow();
    expect((await fetch(`${origin}/rehearsal`)).status).toBe(200);
  }, 30_000);
});

describe("the saved state", () => {
  test("brings back the same orders under the same ids when the last second was lost", () => {
    const file = join(folder, "lost-second.json");
    let now = START;
    const store = fileStore(file);
    const first = openStage({ now: () => now }, store, channelIds);
    const run = first.run();
    first.change({ ...run, phase: "running", speed: 60, startedAt: now, endsAt: now + 180_000 });
    store.flush();
    now += 60_000;
    const lost = first.run().shop.orders.map((order) => [order.seq, order.venue, order.lines]);
    expect(lost.length).toBeGreaterThan(30);
    // Never flushed again: the process is gone.
    const second = openStage({ now: () => now }, fileStore(file), channelIds);
    const found = second.run();
    expect(found.serial).toBe(run.serial);
    expect(found.shop.orders.map((order) => [order.seq, order.venue, order.lines])).toEqual(lost);
    second.close();
    first.close();
  });

  test("that cannot be read is put aside for a fresh shop", () => {
    const noise = jest.spyOn(console, "error").mockImplementation(() => undefined);
    const file = join(folder, "broken.json");
    writeFileSync(file, "{ not json");
    const stage = openStage({ now: () => START }, fileStore(file), channelIds);
    expect(stage.run().phase).toBe("idle");
    stage.close();
    expect(readFileSync(`${file}.unreadable`, "utf8")).toBe("{ not json");
    expect(JSON.parse(readFileSync(file, "utf8")).version).toBe(2);
    expect(noise).toHaveBeenCalled();
    noise.mockRestore();
  });
});
