/** The data folder and what identifies this install. */
import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { replaceFile } from "./disk";

/** Throws when the folder cannot be made. */
export async function prepareHome(home: string): Promise<void> {
  await mkdir(home, { recursive: true, mode: 0o700 });
}

/**
 * The install's token: made once, kept for the owner's eyes, the same after every restart, so that
 * a page that is open keeps working.
 */
export async function readToken(home: string): Promise<string> {
  const path = join(home, "token");
  try {
    const kept = (await readFile(path, "utf8")).trim();
    if (/^[A-Za-z0-9_-]{43}$/.test(kept)) {
      await chmod(path, 0o600);
      return kept;
    }
  } catch {
    // Absent or unreadable: made anew below; if it cannot be written either, that is the fault.
  }
  const token = randomBytes(32).toString("base64url");
  await replaceFile(path, `${token}\n`);
  return token;
}

export async function writePid(home: string, pid: number): Promise<() => Promise<void>> {
  const path = join(home, "companion.pid");
  await replaceFile(path, `${pid}\n`);
  return () => rm(path, { force: true });
}
