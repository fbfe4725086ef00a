/** Files that must be whole or absent: written beside, synced, renamed over. */
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** True for the errors of a file system that has no room left (or too little for this user). */
export function isDiskFull(error: unknown): boolean {
  const code = errorCode(error);
  return code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG";
}

/** The system's short name of a failure ("ENOENT"); never a path or a value. */
export function errorCode(error: unknown): string {
  if (typeof error !== "object" || error === null) return "unknown";
  if ("code" in error && typeof error.code === "string") return error.code;
  return "name" in error && typeof error.name === "string" ? error.name : "unknown";
}

/** Makes a new name in a folder durable. Windows cannot open a folder, and needs no such call. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Readable by the owner only. Throws on a failing disk; the old file is whole then. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const beside = `${path}.new`;
  try {
    const handle = await open(beside, "w", 0o600);
    try {
      await handle.writeFile(text, "utf8");
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}
