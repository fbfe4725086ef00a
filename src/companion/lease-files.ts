/** What outlives the process of a lease: the highest token ever given, and to whom. */
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import type { Clock } from "../base/clock";
import type { BookId } from "../base/ids";
import { errorCode, replaceFile } from "./disk";

const keptSchema = v.object({
  fence: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** Null once released. */
  holder: v.nullable(v.string()),
});
type KeptLease = v.InferOutput<typeof keptSchema>;

export class LeaseFiles {
  readonly #folder: string;
  readonly #wallClock: Clock;

  constructor(folder: string, wallClock: Clock) {
    this.#folder = folder;
    this.#wallClock = wallClock;
  }

  /** Throws when the disk does not take it. */
  async keep(book: BookId, lease: KeptLease): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await replaceFile(this.#path(book), `${JSON.stringify(lease)}\n`);
  }

  async read(book: BookId): Promise<KeptLease> {
    let text: string;
    try {
      text = await readFile(this.#path(book), "utf8");
    } catch (error) {
      if (errorCode(error) === "ENOENT") return { fence: 0, holder: null };
      throw error;
    }
    try {
      const kept = v.safeParse(keptSchema, JSON.parse(text));
      if (kept.success) return kept.output;
    } catch {
      // Falls through to the floor: a token above every one that was ever given.
    }
    console.error(`lease of ${book}: its file is damaged; counting on from the clock`);
    return { fence: this.#wallClock.now(), holder: null };
  }

  #path(book: BookId): string {
    return join(this.#folder, `${book}.json`);
  }
}
