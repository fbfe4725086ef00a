/**
 * The sandbox's memory on disk: one JSON file, replaced as a whole, at most once a second while
 * things happen and once more at the end. A process killed in between comes back with the shop of
 * a second ago; the shoppers of that second come again, under the same order ids.
 */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { parse, safeParse } from "valibot";
import { savedSchema, type Saved } from "./state";

export interface Store {
  load(): Saved | null;
  /** Writes at once, or a second after the last time. */
  save(saved: Saved): void;
  /** Writes now what was not yet written. */
  flush(): void;
}

const WRITE_EVERY_MS = 1000;

/** Replaces a file as a whole: a reader sees the old one or the new one. */
export function replaceFile(path: string, text: string, mode = 0o600): void {
  writeFileSync(`${path}.new`, text, { mode, flush: true });
  renameSync(`${path}.new`, path);
}

export function fileStore(path: string): Store {
  let waiting: Saved | null = null;
  let timer: NodeJS.Timeout | null = null;
  let writtenAt = -Infinity;

  const write = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (!waiting) return;
    writtenAt = performance.now();
    try {
      replaceFile(path, JSON.stringify(waiting));
      waiting = null;
    } catch (error) {
      // A full disk must not stop the shoppers; the next change tries again.
      console.error("sandbox: cannot write its state:", error);
    }
  };

  return {
    load: () => readSaved(path),
    save(saved) {
      waiting = saved;
      if (timer) return;
      const wait = writtenAt + WRITE_EVERY_MS - performance.now();
      if (wait <= 0) {
        write();
        return;
      }
      timer = setTimeout(write, wait);
      timer.unref();
    },
    flush: write,
  };
}

function readSaved(path: string): Saved | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return null;
  }
  try {
    const saved = safeParse(savedSchema, JSON.parse(text));
    if (saved.success) return saved.output;
  } catch {
    // Falls through: a file that is no JSON is as useless as one of another version.
  }
  console.error(`sandbox: ${path} is not a saved shop; it is kept beside the new one`);
  renameSync(path, `${path}.unreadable`);
  return null;
}

/** For a sandbox that forgets: nothing is read, nothing written. */
export function noStore(): Store {
  return {
    load: () => null,
    // Checked all the same, so that a state that could not be read back is noticed.
    save: (saved) => void parse(savedSchema, saved),
    flush: () => undefined,
  };
}
