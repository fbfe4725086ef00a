/** `npm run excel` from question to undo, on a played Windows and a played Mac in a folder of the test. */
import { afterEach, describe, expect, test } from "@jest/globals";
import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { runExcel, type ExcelOptions } from "../../../src/companion/excel/excel";
import type { PlannedCommand } from "../../../src/companion/excel/plan";
import { temporaryFolder } from "../../support/temporary-companion";

const root = resolve(__dirname, "..", "..", "..");
const folders: string[] = [];
afterEach(() => {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
});

function stage(platform: NodeJS.Platform, more: Partial<ExcelOptions> = {}) {
  const userHome = temporaryFolder();
  folders.push(userHome);
  const said: string[] = [];
  const started: PlannedCommand[] = [];
  const questions: string[] = [];
  const home = join(userHome, "data");
  const options: ExcelOptions = {
    args: [],
    platform,
    root,
    home,
    userHome,
    port: 3000,
    locale: "en",
    now: Date.now(),
    say: (line) => said.push(line),
    ask: (question) => (questions.push(question), Promise.resolve("y")),
    start: (command) => (started.push(command), Promise.resolve(true)),
    ...more,
  };
  return { options, said, started, questions, home, userHome };
}

const wef = "Library/Containers/com.microsoft.Excel/Data/Documents/wef";
const filesOf = (path: string) =>
  existsSync(path)
    ? readdirSync(path, { recursive: true }).filter((name) =>
        statSync(join(path, String(name))).isFile(),
      )
    : [];

describe("set up", () => {
  test("asks once, does every step in order, and hands on what to open", async () => {
    const { options, started, questions, home, userHome } = stage("darwin");
    const end = await runExcel(options);
    if (end.kind !== "open") throw new Error(end.kind);
    expect(questions).toHaveLength(1);
    expect(started.map(({ program, args }) => [program, args[0]])).toEqual([
      ["security", "add-trusted-cert"],
    ]);
    expect(end.open.program).toBe("open");
    expect(readFileSync(end.cert, "utf8")).toContain("BEGIN CERTIFICATE");
    expect(statSync(end.key).mode & 0o077).toBe(0);
    const [registered = ""] = readdirSync(join(userHome, wef));
    const manifest = readFileSync(join(userHome, wef, registered), "utf8");
    expect(registered).toContain(/<Id>([^<]+)</.exec(manifest)?.[1]);
    expect(existsSync(join(home, "excel", "StreamStock.xlsx"))).toBe(true);
  });

  test("a second time asks nothing and trusts nothing anew", async () => {
    const { options, started, questions } = stage("darwin");
    await runExcel(options);
    const before = started.length;
    expect((await runExcel(options)).kind).toBe("open");
    expect(questions).toHaveLength(1);
    expect(started).toHaveLength(before);
  });

  test("changes nothing when the answer is no, or nobody is there to give one", async () => {
    for (const ask of [() => Promise.resolve("n"), () => Promise.resolve(""), null]) {
      const { options, started, home, userHome } = stage("darwin", { ask });
      expect((await runExcel(options)).kind).toBe("failed");
      expect([started, filesOf(home), filesOf(join(userHome, "Library"))]).toEqual([[], [], []]);
    }
  });

  test("only tells the plan with --dry-run", async () => {
    const { options, said, started, questions, home } = stage("darwin", { args: ["--dry-run"] });
    expect((await runExcel(options)).kind).toBe("done");
    expect(said.join("\n")).toContain("security add-trusted-cert");
    expect([started, questions, filesOf(home)]).toEqual([[], [], []]);
  });

  test("stops where a step fails, says which, and is taken up there again", async () => {
    let trusted = false;
    const { options, said, home, userHome } = stage("darwin", {
      start: () => Promise.resolve(trusted),
    });
    expect((await runExcel(options)).kind).toBe("failed");
    expect(said.at(-1)).toContain("trust that certificate");
    expect(existsSync(join(userHome, wef))).toBe(false);
    const cert = readFileSync(join(home, "excel", "localhost.crt"), "utf8");
    trusted = true;
    expect((await runExcel(options)).kind).toBe("open");
    expect(readFileSync(join(home, "excel", "localhost.crt"), "utf8")).toBe(cert);
  });

  test("for another port writes a manifest of that port", async () => {
    const { options, home } = stage("darwin", { port: 4321 });
    await runExcel(options);
    const manifest = readFileSync(join(home, "excel", "manifest.xml"), "utf8");
    expect(manifest).toContain("https://localhost:4321/taskpane.html");
    expect(manifest).not.toContain("localhost:3000");
    expect((await runExcel({ ...options, port: 0 })).kind).toBe("failed");
  });
});

describe("undo", () => {
  test("leaves no file of it behind, and the stock's data as it was", async () => {
    const { options, started, home, userHome } = stage("darwin");
    await runExcel(options);
    mkdirSync(join(home, "journal"), { recursive: true });
    writeFileSync(join(home, "journal", "a.jsonl"), "x");
    expect((await runExcel({ ...options, args: ["--undo"] })).kind).toBe("done");
    expect(filesOf(home)).toEqual([join("journal", "a.jsonl")]);
    expect(filesOf(join(userHome, "Library"))).toEqual([]);
    expect(started.slice(1).map(({ args }) => args[0])).toEqual([
      "remove-trusted-cert",
      "delete-certificate",
    ]);
  });

  test("goes on when something is gone already, and works when nothing was ever set up", async () => {
    const failing = stage("darwin", { start: () => Promise.resolve(false), args: ["--undo"] });
    expect((await runExcel(failing.options)).kind).toBe("done");
    const { options } = stage("darwin");
    await runExcel(options);
    const undo = { ...options, args: ["--undo"], start: () => Promise.resolve(false) };
    expect((await runExcel(undo)).kind).toBe("done");
  });
});

test("on a system without Excel the words say what to use instead, in both languages", async () => {
  for (const [locale, word] of [
    ["en", "workbench"],
    ["zh-CN", "演练台"],
  ] as const) {
    const { options, said } = stage("linux", { locale });
    expect((await runExcel(options)).kind).toBe("failed");
    expect(said.join()).toContain(word);
  }
});

test("the program itself, as npm starts it, says so here", () => {
  const builder = join(root, "src", "companion", "build-products.mjs");
  execFileSync(process.execPath, [builder, "companion"], { cwd: root, stdio: "ignore" });
  const home = temporaryFolder();
  folders.push(home);
  const run = spawnSync(process.execPath, [join(root, "src/companion/excel.mjs"), "--dry-run"], {
    env: { ...process.env, STREAMSTOCK_HOME: home },
    encoding: "utf8",
  });
  const hasExcel = process.platform === "win32" || process.platform === "darwin";
  expect(run.status).toBe(hasExcel ? 0 : 1);
  expect(run.stdout).toMatch(hasExcel ? /localhost\.crt/ : /workbench|演练台/);
  expect(filesOf(home)).toEqual([]);
});
