/**
 * `npm run excel`: builds the companion if needed, lets it set Excel up (`excel/excel.ts`), then starts
 * everything over https and opens the starter workbook. Run again, it asks nothing and just starts.
 */
import { fork, spawn } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { outdated, root } from "./build-products.mjs";

function runProgram(path, args, env = process.env) {
  return new Promise((done) => {
    const child = fork(path, args, { cwd: root, env, stdio: "inherit" });
    let told = null;
    child.on("message", (message) => (told = message));
    child.once("exit", (code) => done({ code, told }));
  });
}

function openWhenUp({ program, args }) {
  const opener = spawn(program, args, { stdio: "ignore", detached: true });
  opener.on("error", (error) => console.error(`${program}: ${error.code}`));
  opener.unref();
}

/** The companion, the rehearsal and https: `npm start` under another name. */
function startAll({ cert, key, open }) {
  const child = spawn(process.execPath, [join(root, "src", "companion", "start.mjs")], {
    cwd: root,
    env: {
      ...process.env,
      STREAMSTOCK_TLS_CERT: cert,
      STREAMSTOCK_TLS_KEY: key,
      STREAMSTOCK_OPEN: "0",
    },
    stdio: ["inherit", "pipe", "inherit"],
  });
  let opened = false;
  child.stdout.on("data", (chunk) => {
    process.stdout.write(chunk);
    if (opened || !String(chunk).includes("https://")) return;
    opened = true;
    openWhenUp(open);
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, () => child.kill(signal));
  child.once("exit", (code) => process.exit(code ?? 1));
}

const builder = join(root, "src", "companion", "build-products.mjs");
if (outdated().includes("companion")) {
  const built = await runProgram(builder, ["companion"]);
  if (built.code !== 0) process.exit(1);
}
const program = join(root, "build", "companion.cjs");
const { code, told } = await runProgram(program, ["excel", ...process.argv.slice(2)]);
if (told?.open) startAll(told);
else process.exitCode = code ?? 1;
