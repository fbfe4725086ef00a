import { afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { execFileSync, fork, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { temporaryFolder } from "../support/temporary-companion";

const project = resolve(__dirname, "..", "..");
const children: ChildProcess[] = [];
let home: string;

beforeAll(() => {
  const builder = join(project, "src", "companion", "build-products.mjs");
  execFileSync(process.execPath, [builder, "companion"], { cwd: project, stdio: "ignore" });
}, 120_000);

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(home, { recursive: true, force: true });
});

interface Started {
  readonly child: ChildProcess;
  readonly port: number;
  readonly log: () => string;
}

/** The built program; resolves when it listens or has ended. */
async function start(env: Record<string, string> = {}): Promise<Started> {
  let log = "";
  const child = fork(join(project, "build", "companion.cjs"), [], {
    env: { ...process.env, PORT: "0", STREAMSTOCK_HOME: home, ...env },
    silent: true,
  });
  children.push(child);
  child.stderr?.on("data", (chunk: Buffer) => (log += chunk.toString()));
  child.stdout?.on("data", (chunk: Buffer) => (log += chunk.toString()));
  const port = await Promise.race([
    once(child, "message").then(([message]) => (message as { port: number }).port),
    once(child, "close").then(() => 0),
  ]);
  return { child, port, log: () => log };
}

const token = () => readFileSync(join(home, "token"), "utf8").trim();

async function post(port: number, path: string, body: unknown, fence = 0) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: "POST",
    headers: {
      "x-streamstock-token": token(),
      "x-streamstock-fence": String(fence),
      "content-type": "application/json",
    },
    body: JSON.stringify(body),
  });
  return (await response.json()) as { fence: number; headSeq: number };
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode;
}

describe("the companion as a program", () => {
  test("starts quickly, says where it is, and ends cleanly when asked", async () => {
    home = temporaryFolder();
    const began = Date.now();
    const { child, port, log } = await start();
    expect(Date.now() - began).toBeLessThan(4000);
    expect(Number(readFileSync(join(home, "companion.pid"), "utf8"))).toBe(child.pid);
    if (process.platform !== "win32") {
      expect(statSync(join(home, "token")).mode & 0o077).toBe(0);
    }
    expect((await post(port, "/api/lease/live", { action: "acquire", holder: "a" })).fence).toBe(1);
    child.kill("SIGTERM");
    expect(await ended(child)).toBe(process.platform === "win32" ? null : 0);
    if (process.platform !== "win32") expect(existsSync(join(home, "companion.pid"))).toBe(false);
    expect(log()).toBe("");
  });

  test("ends cleanly on Ctrl+C too, and answers what was asked before", async () => {
    if (process.platform === "win32") return;
    home = temporaryFolder();
    const { child, port, log } = await start();
    const lease = await post(port, "/api/lease/live", { action: "acquire", holder: "a" });
    const records = Array.from({ length: 200 }, (_, at) => ({ seq: at + 1, json: "{}" }));
    const answer = post(port, "/api/journal/live/append", { records }, lease.fence);
    setTimeout(() => child.kill("SIGINT"), 5);
    child.kill("SIGINT");
    expect(await ended(child)).toBe(0);
    // Either it was answered, and then it is on disk, or it was never taken.
    const told = await answer.catch(() => null);
    const again = await start();
    const page = await fetch(`http://127.0.0.1:${again.port}/api/journal/live`, {
      headers: { "x-streamstock-token": token() },
    });
    const { headSeq } = (await page.json()) as { headSeq: number };
    expect(headSeq).toBe(told?.headSeq ?? headSeq);
    expect(log()).toBe("");
  });

  test("is one process, and listens within a second of its own work", async () => {
    home = temporaryFolder();
    const { child } = await start();
    if (process.platform !== "linux") return;
    const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, "utf8");
    expect(children.trim()).toBe("");
    // The time that it worked, not the time that passed: the machine may be busy with others.
    const stat = readFileSync(`/proc/${child.pid}/stat`, "utf8").split(" ");
    const workedMs = (Number(stat[13]) + Number(stat[14])) * 10;
    expect(workedMs).toBeLessThan(1000);
  });

  test("ends when the program that started it is gone", async () => {
    home = temporaryFolder();
    const { child } = await start();
    child.disconnect();
    expect(await ended(child)).toBe(0);
  });

  test("ends when that program was killed without a word", async () => {
    home = temporaryFolder();
    // A parent that forks the companion as the start script does, tells its id, and waits.
    const script = `const {fork}=require("node:child_process");
      const child=fork(process.argv[1],[],{stdio:["ignore","ignore","inherit","ipc"]});
      child.on("message",()=>process.send(child.pid));setInterval(()=>{},1000);`;
    const parent = spawn(
      process.execPath,
      ["-e", script, join(project, "build", "companion.cjs")],
      {
        env: { ...process.env, PORT: "0", STREAMSTOCK_HOME: home },
        stdio: ["ignore", "ignore", "inherit", "ipc"],
      },
    );
    children.push(parent);
    const [pid] = (await once(parent, "message")) as [number];
    parent.kill("SIGKILL");
    const isAlive = () => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    for (let tries = 0; tries < 200 && isAlive(); tries += 1) {
      await new Promise((done) => setTimeout(done, 50));
    }
    expect(isAlive()).toBe(false);
    expect(existsSync(join(home, "companion.pid"))).toBe(false);
  });

  test("refuses wrong settings with code 2, a sentence, and nothing of their values", async () => {
    home = temporaryFolder();
    mkdirSync(home, { recursive: true });
    const broken = join(home, "broken.json");
    writeFileSync(broken, '{"tiktok": canary-in-broken-file');
    const wrong: Record<string, string>[] = [
      { STREAMSTOCK_UPSTREAM_TIKTOK: "http://canary.evil.com" },
      { STREAMSTOCK_UPSTREAM_EBAY_AUTH: "https://127.0.0.1@canary.evil.com" },
      { STREAMSTOCK_SANDBOX: "http://canary:80" },
      { PORT: "canary" },
      { STREAMSTOCK_CREDENTIALS: broken },
      { STREAMSTOCK_CREDENTIALS: join(home, "nowhere.json") },
    ];
    for (const env of wrong) {
      const { child, log } = await start(env);
      expect(await ended(child)).toBe(2);
      expect(log()).toContain(Object.keys(env)[0]);
      expect(log()).not.toContain("canary");
      expect(log().trim().split("\n")).toHaveLength(1);
    }
  });

  test("refuses a port or a data folder that is in use, with code 3", async () => {
    home = temporaryFolder();
    const first = await start();
    const sameHome = await start();
    expect(await ended(sameHome.child)).toBe(3);
    expect(sameHome.log()).toContain("already running");
    const other = temporaryFolder();
    const samePort = await start({ STREAMSTOCK_HOME: other, PORT: String(first.port) });
    expect(await ended(samePort.child)).toBe(3);
    expect(samePort.log()).toMatch(/Port \d+ is in use/);
    rmSync(other, { recursive: true, force: true });
    first.child.kill("SIGKILL");
    await ended(first.child);
    expect((await start()).port).toBeGreaterThan(0);
  });

  test("killed without warning, again and again, it loses nothing that it acknowledged", async () => {
    home = temporaryFolder();
    let acknowledged = 0;
    for (let round = 0; round < 8; round += 1) {
      const { child, port } = await start();
      const lease = await post(port, "/api/lease/live", { action: "acquire", holder: "writer" });
      const read = await fetch(`http://127.0.0.1:${port}/api/journal/live?after=0&limit=5000`, {
        headers: { "x-streamstock-token": token() },
      });
      const page = (await read.json()) as { headSeq: number; records: { seq: number }[] };
      expect(page.headSeq).toBeGreaterThanOrEqual(acknowledged);
      expect(page.records.map(({ seq }) => seq)).toEqual(
        Array.from({ length: page.headSeq }, (_, index) => index + 1),
      );
      acknowledged = page.headSeq;
      setTimeout(() => child.kill("SIGKILL"), 20 + round * 13);
      try {
        for (;;) {
          const records = Array.from({ length: 5 }, (_, index) => ({
            seq: acknowledged + 1 + index,
            json: JSON.stringify({ round, text: "x".repeat(2000) }),
          }));
          const answer = await post(port, "/api/journal/live/append", { records }, lease.fence);
          acknowledged = answer.headSeq;
        }
      } catch {
        await ended(child);
      }
    }
    expect(acknowledged).toBeGreaterThan(8);
    const last = await start();
    const lease = await post(last.port, "/api/lease/live", { action: "acquire", holder: "writer" });
    const records = [{ seq: acknowledged + 1, json: "{}" }];
    const answer = await post(last.port, "/api/journal/live/append", { records }, lease.fence);
    expect(answer.headSeq).toBeGreaterThan(acknowledged);
  }, 60_000);

  /** A limit on the size of files is a full disk that a test may have: EFBIG instead of ENOSPC. */
  (process.platform === "linux" ? test : test.skip)(
    "on a full disk answers disk_full, stays alive, and loses nothing that it acknowledged",
    async () => {
      home = temporaryFolder();
      const program = join(project, "build", "companion.cjs");
      const limited = `trap '' XFSZ; ulimit -f 200; exec ${JSON.stringify(process.execPath)} "$0"`;
      const child = spawn("bash", ["-c", limited, program], {
        env: { ...process.env, PORT: "0", STREAMSTOCK_HOME: home },
        stdio: ["ignore", "pipe", "pipe", "ipc"],
      });
      children.push(child);
      const [{ port }] = (await once(child, "message")) as [{ port: number }];
      const lease = await post(port, "/api/lease/live", { action: "acquire", holder: "a" });
      const send = async (seq: number) => {
        const json = JSON.stringify({ text: "x".repeat(40_000) });
        const response = await fetch(`http://127.0.0.1:${port}/api/journal/live/append`, {
          method: "POST",
          headers: {
            "x-streamstock-token": token(),
            "x-streamstock-fence": String(lease.fence),
            "content-type": "application/json",
          },
          body: JSON.stringify({ records: [{ seq, json }] }),
        });
        return { status: response.status, text: await response.text() };
      };
      let kept = 0;
      let answer = await send(1);
      while (answer.status === 200) {
        kept += 1;
        answer = await send(kept + 1);
      }
      expect(kept).toBeGreaterThan(1);
      expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([507, "disk_full"]);
      for (let n = 0; n < 5; n += 1) expect((await send(kept + 1)).status).toBe(507);
      const page = await fetch(`http://127.0.0.1:${port}/api/journal/live`, {
        headers: { "x-streamstock-token": token() },
      });
      expect(((await page.json()) as { headSeq: number }).headSeq).toBe(kept);
      expect(child.exitCode).toBeNull();
      child.disconnect();
      await ended(child);
      const roomy = await start();
      const renewed = await post(roomy.port, "/api/lease/live", { action: "acquire", holder: "a" });
      const records = [{ seq: kept + 1, json: "{}" }];
      const more = await post(roomy.port, "/api/journal/live/append", { records }, renewed.fence);
      expect(more.headSeq).toBe(kept + 1);
    },
  );
});
