/**
 * `npm start`: builds what is needed, starts the rehearsal's sandbox and the companion, keeps both
 * running, opens the workbench. Plain JavaScript without a build, for every platform Node runs on.
 */
import { fork, spawn } from "node:child_process";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import { join } from "node:path";
import process from "node:process";
import { outdated, root } from "./build-products.mjs";
import { defaultHome } from "./default-home.cjs";

const RESTART_AFTER_MS = 1000;
/** A program that never came up is given up after so many tries. */
const FAILURES_MAX = 3;
const READY_WITHIN_MS = 30_000;
const END_WITHIN_MS = 4000;
/** The companion's own exit codes for "cannot start like this": see main.ts. */
const HOPELESS = new Set([2, 3]);

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const children = new Set();
let ending = false;

function fail(message) {
  if (message) console.error(message);
  void end(1);
}

/** Children leave when the line to them is cut; that works on Windows too, where signals do not. */
async function end(code) {
  if (ending) return;
  ending = true;
  const left = [...children];
  for (const child of left) if (child.connected) child.disconnect();
  const gone = left.map((child) => new Promise((done) => child.once("exit", done)));
  await Promise.race([Promise.all(gone), pause(END_WITHIN_MS)]);
  for (const child of children) child.kill("SIGKILL");
  process.exit(code);
}

function readPort() {
  const text = process.env.PORT?.trim() || "3000";
  const port = Number(text);
  return Number.isInteger(port) && port >= 0 && port <= 65535 ? port : null;
}

/** The port that was opened, or the error's code. 0 opens any. */
function tryPort(host, port) {
  return new Promise((done) => {
    const server = net.createServer();
    server.once("error", (error) => done({ code: error.code }));
    server.listen({ host, port, ipv6Only: host === "::1" }, () => {
      const opened = server.address().port;
      server.close(() => done({ port: opened }));
    });
  });
}

async function isTaken(port) {
  const codes = [await tryPort("127.0.0.1", port), await tryPort("::1", port)];
  return codes.some(({ code }) => code === "EADDRINUSE");
}

function buildTogether(names) {
  return new Promise((done) => {
    const program = join(root, "src", "companion", "build-products.mjs");
    const child = fork(program, names, { cwd: root });
    children.add(child);
    child.once("exit", (code) => {
      children.delete(child);
      done(code === 0);
    });
  });
}

async function buildWhatIsNeeded() {
  const names = outdated();
  if (names.length === 0) return true;
  console.log(`Building ${names.join(", ")} (once; later starts are quick) ...`);
  const groups = [["addin"], ["workbench", "companion", "sandbox", "verifyPage"]]
    .map((group) => group.filter((name) => names.includes(name)))
    .filter((group) => group.length > 0);
  const built = await Promise.all(groups.map(buildTogether));
  return built.every(Boolean);
}

/** Runs a program for as long as this one runs. `onReady` gets each start's first message. */
function keepRunning(name, env, onReady) {
  let everReady = false;
  let failures = 0;
  const startOnce = () => {
    if (ending) return;
    const child = fork(join(root, "build", `${name}.cjs`), [], {
      cwd: root,
      env,
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    children.add(child);
    child.once("message", (message) => {
      everReady = true;
      onReady(message);
    });
    child.once("exit", (code) => {
      children.delete(child);
      if (ending) return;
      if (HOPELESS.has(code) && !everReady) return fail("");
      failures += 1;
      if (!everReady && failures >= FAILURES_MAX) return fail(`The ${name} does not start.`);
      console.error(`The ${name} has stopped; starting it again.`);
      setTimeout(startOnce, RESTART_AFTER_MS);
    });
  };
  startOnce();
}

function answers(url) {
  return new Promise((done) => {
    const { get } = url.startsWith("https:") ? https : http;
    // Whether the certificate is trusted is the browser's question, not this one's.
    const request = get(url, { timeout: 1000, rejectUnauthorized: false }, (answer) => {
      answer.resume();
      done(true);
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => done(false));
  });
}

async function waitFor(url) {
  for (const until = Date.now() + READY_WITHIN_MS; Date.now() < until && !ending;) {
    if (await answers(url)) return true;
    await pause(50);
  }
  return false;
}

function openBrowser(url) {
  if (process.env.STREAMSTOCK_OPEN === "0" || process.env.CI) return;
  const [command, args] =
    process.platform === "win32"
      ? ["rundll32", ["url.dll,FileProtocolHandler", url]]
      : [process.platform === "darwin" ? "open" : "xdg-open", [url]];
  // Without a browser to open the address above is enough.
  const opener = spawn(command, args, { stdio: "ignore", detached: true });
  opener.on("error", () => {});
  opener.unref();
}

async function main() {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void end(0));
  process.on("disconnect", () => void end(0));
  const port = readPort();
  if (port === null) return fail("PORT must be a whole number from 0 to 65535.");
  const taken = `Port ${port} is in use by another program. Choose another one, for example PORT=${port + 1}.`;
  if (port !== 0 && (await isTaken(port))) return fail(taken);
  if (!(await buildWhatIsNeeded())) return fail("The build failed; see above.");
  if (ending) return;

  const sandboxPort = (await tryPort("127.0.0.1", 0)).port;
  const sandbox = `http://127.0.0.1:${sandboxPort}`;
  const home = process.env.STREAMSTOCK_HOME?.trim() || defaultHome(process.env, process.platform);
  const shared = { ...process.env, STREAMSTOCK_HOME: home };
  keepRunning("sandbox", { ...shared, SANDBOX_PORT: String(sandboxPort) }, () => {});
  const env = { ...shared, STREAMSTOCK_SANDBOX: sandbox };
  let announced = false;
  keepRunning("companion", env, (message) => {
    if (announced) return;
    announced = true;
    // An open page knows the address: a second start must have the same.
    env.PORT = String(message.port);
    void announce(message.port, sandbox);
  });
}

async function announce(port, sandbox) {
  const scheme = process.env.STREAMSTOCK_TLS_CERT?.trim() ? "https" : "http";
  const up = await Promise.all([
    waitFor(`${scheme}://127.0.0.1:${port}/workbench/`),
    waitFor(`${sandbox}/rehearsal`),
  ]);
  if (ending) return;
  if (!up[0]) return fail("The companion does not answer.");
  if (!up[1]) console.error("The rehearsal does not answer yet; the workbench opens without it.");
  const url = `${scheme}://localhost:${port}/workbench/`;
  console.log(`StreamStock is running: ${url}`);
  console.log("Stop it with Ctrl+C.");
  openBrowser(url);
}

await main();
