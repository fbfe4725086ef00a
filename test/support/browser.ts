/**
 * A real browser for the tests: Chrome, Edge or Chromium of this machine, or on Linux one that comes
 * with an npm package. `CHROME_PATH` overrides.
 */
import { execFileSync, spawn } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { chromium, type Browser, type BrowserContext } from "playwright-core";

interface FoundBrowser {
  readonly executablePath: string;
  /** What it needs besides this process's environment. */
  readonly env: Readonly<Record<string, string>>;
}

const project = resolve(__dirname, "..", "..");

function isProgram(path: string): boolean {
  try {
    accessSync(path, process.platform === "win32" ? constants.F_OK : constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function usualPlaces(): readonly string[] {
  if (process.platform === "win32") {
    const folders = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].flatMap(
      (name) => process.env[name] ?? [],
    );
    const programs = [
      ["Google", "Chrome", "Application", "chrome.exe"],
      ["Microsoft", "Edge", "Application", "msedge.exe"],
      ["Chromium", "Application", "chrome.exe"],
    ];
    return programs.flatMap((parts) => folders.map((folder) => join(folder, ...parts)));
  }
  if (process.platform === "darwin") {
    const names = ["Google Chrome", "Microsoft Edge", "Chromium"];
    const folders = ["/Applications", join(process.env["HOME"] ?? "", "Applications")];
    return names.flatMap((name) =>
      folders.map((folder) => join(folder, `${name}.app`, "Contents", "MacOS", name)),
    );
  }
  const names = [
    ...["google-chrome-stable", "google-chrome", "chromium", "chromium-browser"],
    ...["microsoft-edge-stable", "microsoft-edge"],
  ];
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** Runs on any Linux for x64: what the system lacks comes along. */
function packagedBrowser(): FoundBrowser | null {
  if (process.platform !== "linux" || process.arch !== "x64") return null;
  const folder = join(project, "node_modules", ".cache", "chromium-for-tests");
  const executablePath = join(folder, "chromium");
  if (!existsSync(executablePath)) {
    execFileSync(process.execPath, [require.resolve("./unpack-chromium.mjs"), folder], {
      cwd: project,
      stdio: "inherit",
    });
  }
  return { executablePath, env: missingParts(folder, executablePath) };
}

function missingParts(folder: string, executablePath: string): Record<string, string> {
  const env: Record<string, string> = {};
  try {
    execFileSync(executablePath, ["--version"], { stdio: "ignore" });
  } catch {
    env["LD_LIBRARY_PATH"] = join(folder, "al2023", "lib");
  }
  if (!existsSync("/etc/fonts/fonts.conf")) env["FONTCONFIG_PATH"] = join(folder, "fonts");
  return env;
}

function findBrowser(): FoundBrowser {
  const given = process.env["CHROME_PATH"];
  if (given !== undefined && given !== "") {
    if (isProgram(given)) return { executablePath: given, env: {} };
    throw new Error(`CHROME_PATH names no program: ${given}`);
  }
  const installed = usualPlaces().find(isProgram);
  if (installed !== undefined) return { executablePath: installed, env: {} };
  const packaged = packagedBrowser();
  if (packaged !== null) return packaged;
  throw new Error(
    "The browser tests need Google Chrome, Microsoft Edge or Chromium. Install one of them, " +
      "or name its program in CHROME_PATH.",
  );
}

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = findBrowser();
  return chromium.launch({
    executablePath,
    env: { ...process.env, ...env } as Record<string, string>,
    args: FLAGS,
  });
}

/** A browser that keeps its storage on disk, in the folder given; tabs of `launchBrowser` do not. */
export function launchOnDisk(profile: string): Promise<BrowserContext> {
  const { executablePath, env } = findBrowser();
  return chromium.launchPersistentContext(profile, {
    executablePath,
    env: { ...process.env, ...env } as Record<string, string>,
    args: FLAGS,
  });
}

export interface MortalBrowser {
  /** Ends it as a power switch would, with all its processes. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Stops all its processes where they are, and lets them go on. Not on Windows. */
  freeze(): void;
  thaw(): void;
}

/** A browser on a profile of its own, that opens `url` and can be killed in the middle. */
export function launchMortal(profile: string, url: string): MortalBrowser {
  const { executablePath, env } = findBrowser();
  const child = spawn(
    executablePath,
    [...FLAGS, "--headless=new", "--no-default-browser-check", `--user-data-dir=${profile}`, url],
    { env: { ...process.env, ...env }, stdio: "ignore", detached: process.platform !== "win32" },
  );
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  const signal = (name: "SIGSTOP" | "SIGCONT") => {
    if (child.pid === undefined) throw new Error("The browser did not start");
    process.kill(-child.pid, name);
  };
  return {
    freeze: () => signal("SIGSTOP"),
    thaw: () => signal("SIGCONT"),
    kill: async () => {
      if (child.pid === undefined) throw new Error("The browser did not start");
      // On Windows the browser's own children end with it.
      if (process.platform === "win32") child.kill("SIGKILL");
      else process.kill(-child.pid, "SIGKILL");
      await gone;
    },
  };
}
