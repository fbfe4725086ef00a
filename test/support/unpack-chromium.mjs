/**
 * Unpacks the npm package's Chromium into the folder given as argument. A program of its own, since
 * the package decides by the environment of its process where it unpacks and what.
 */
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import process from "node:process";

const target = process.argv[2];
if (target === undefined) throw new Error("A folder is needed");
const beside = `${target}.${process.pid}`;
mkdirSync(beside, { recursive: true });
process.env.TMPDIR = beside;
// Makes it unpack the few libraries too that a bare machine lacks (nss, expat).
process.env.AWS_EXECUTION_ENV = "AWS_Lambda_nodejs20.x";
const { default: chromium } = await import("@sparticuz/chromium");
await chromium.executablePath();
try {
  renameSync(beside, target);
} catch (error) {
  // Someone else was quicker.
  rmSync(beside, { recursive: true, force: true });
  if (!existsSync(target)) throw error;
}
