/**
 * Files of one folder, found by the path of a request. Nothing outside the folder can be named:
 * the path is decoded once, taken apart, and what it leads to must truly lie inside.
 */
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";

export interface FoundFile {
  readonly bytes: Buffer;
  /** Changes when the file does. */
  readonly tag: string;
}

/** The parts of a percent-encoded path, or null for one that no file of ours can have. */
function pathParts(encoded: string): readonly string[] | null {
  let path: string;
  try {
    path = decodeURIComponent(encoded);
  } catch {
    return null;
  }
  const parts = path.replace(/^\//, "").split("/");
  // Names that a file system reads in its own way: up, hidden, drives, streams, devices.
  const odd = parts.some((part) => part === "" || /^\.|[\0-\x1f\\:*?"<>|]|[. ]$/.test(part));
  return odd ? null : parts;
}

async function readInside(folder: string, parts: readonly string[]): Promise<FoundFile | null> {
  try {
    const root = await realpath(folder);
    const path = await realpath(join(root, ...parts));
    if (!path.startsWith(root + sep)) return null;
    const facts = await stat(path);
    if (!facts.isFile()) return null;
    return {
      bytes: await readFile(path),
      tag: `"${facts.size.toString(36)}-${Math.round(facts.mtimeMs).toString(36)}"`,
    };
  } catch {
    return null;
  }
}

export class Folder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async find(encoded: string): Promise<FoundFile | null> {
    const parts = pathParts(encoded);
    return parts === null ? null : readInside(this.#folder, parts);
  }
}

/**
 * A folder whose files are found in any spelling of upper and lower case: Office.js asks for
 * `AgaveErrorUX/...` and its package has `agaveerrorux/...` (workbench.md 1). Its content does not
 * change while the companion runs.
 */
export class CaselessFolder {
  readonly #folder: string;
  #names: Promise<ReadonlyMap<string, readonly string[]>> | null = null;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async find(encoded: string): Promise<FoundFile | null> {
    const parts = pathParts(encoded.replace(/%5c/gi, "/"));
    if (parts === null) return null;
    this.#names ??= this.#list();
    const actual = (await this.#names).get(parts.join("/").toLowerCase());
    return actual === undefined ? null : readInside(this.#folder, actual);
  }

  async #list(): Promise<ReadonlyMap<string, readonly string[]>> {
    const names = new Map<string, readonly string[]>();
    const walk = async (parts: readonly string[]) => {
      const entries = await readdir(join(this.#folder, ...parts), { withFileTypes: true });
      for (const entry of entries) {
        const inner = [...parts, entry.name];
        if (entry.isDirectory()) await walk(inner);
        else names.set(inner.join("/").toLowerCase(), inner);
      }
    };
    await walk([]);
    return names;
  }
}
