/**
 * Notices that a stream is on and nobody runs it: the pane was closed, Excel crashed, the computer put
 * its web view to sleep. The sign is the book's lease, which a living leader renews every two seconds.
 * Kept on disk, since the companion itself may be started again in the middle of a stream.
 */
import { readFile } from "node:fs/promises";
import * as v from "valibot";
import type { BookId } from "../../base/ids";
import { isBookId } from "../../base/ids";
import type { Clock } from "../../base/clock";
import { errorCode, replaceFile } from "../disk";
import type { Leases } from "../lease";
import type { LocaleId } from "../../locale/formats";
import type { Alarm } from "./alarm";

const LOOK_EVERY_MS = 1000;
/** After the lease has run out; a reload of the pane or another window is back sooner. */
const SILENT_AFTER_MS = 10_000;
/** A stream that nobody ended does not go on for ever. */
const WATCH_FOR_MS = 12 * 3_600_000;

const fileSchema = v.array(
  v.object({
    book: v.pipe(v.string(), v.check(isBookId)),
    locale: v.picklist(["en", "zh-CN"]),
    /** By the wall clock. */
    until: v.number(),
  }),
);

interface Watch {
  readonly locale: LocaleId;
  readonly until: number;
  /** Monotonic: since when nobody leads; null while somebody does. */
  since: number | null;
  told: boolean;
}

export interface SilenceOptions {
  readonly path: string;
  readonly leases: Leases;
  readonly alarm: Alarm;
  readonly monotonic: Clock;
  readonly wallClock: Clock;
  readonly silentAfterMs?: number;
}

export class SilenceWatch {
  readonly #options: SilenceOptions;
  readonly #watches = new Map<BookId, Watch>();
  #timer: NodeJS.Timeout | null = null;

  constructor(options: SilenceOptions) {
    this.#options = options;
  }

  /** Takes up what was watched before a restart. */
  async start(): Promise<void> {
    try {
      const kept = v.safeParse(fileSchema, JSON.parse(await readFile(this.#options.path, "utf8")));
      for (const { book, locale, until } of kept.success ? kept.output : []) {
        if (isBookId(book)) this.#watches.set(book, { locale, until, since: null, told: false });
      }
    } catch {
      // Nothing was watched.
    }
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  async set(book: BookId, on: boolean, locale: LocaleId): Promise<void> {
    if (on) {
      const until = this.#options.wallClock.now() + WATCH_FOR_MS;
      this.#watches.set(book, { locale, until, since: null, told: false });
    } else if (!this.#watches.delete(book)) return;
    await this.#keep();
  }

  /** Public for a test that does not wait. */
  async look(): Promise<void> {
    const { leases, monotonic, wallClock, alarm } = this.#options;
    const silentAfterMs = this.#options.silentAfterMs ?? SILENT_AFTER_MS;
    for (const [book, watch] of this.#watches) {
      if (wallClock.now() >= watch.until) {
        this.#watches.delete(book);
        continue;
      }
      if (await leases.isLed(book)) {
        watch.since = null;
        watch.told = false;
        continue;
      }
      watch.since ??= monotonic.now();
      if (watch.told || monotonic.now() - watch.since < silentAfterMs) continue;
      watch.told = true;
      await alarm.silent(book, watch.locale);
    }
  }

  async #keep(): Promise<void> {
    const list = [...this.#watches].map(([book, { locale, until }]) => ({ book, locale, until }));
    try {
      await replaceFile(this.#options.path, `${JSON.stringify(list)}\n`);
    } catch (error) {
      // It is watched all the same, until the companion is started again.
      console.error(`alarm: the watch could not be kept (${errorCode(error)})`);
    }
  }
}
