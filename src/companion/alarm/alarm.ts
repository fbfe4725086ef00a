/** Alerts for the person at the machine: finds the words, and does not repeat itself. */
import type { Clock } from "../../base/clock";
import type { AlarmRequest } from "../../channels/http/alarm-contract";
import { companionMessagesOf } from "../../locale/companion-locale";
import type { LocaleId } from "../../locale/formats";
import type { Notification } from "./notification";
import type { Notifier } from "./notifier";

/** The same alarm again only after so long, */
const AGAIN_AFTER_MS = 5 * 60_000;
/** and never more than so many of any kind in a minute: who is shouted at stops listening. */
const PER_MINUTE_MAX = 6;

export class Alarm {
  readonly #notifier: Notifier;
  /** Monotonic. */
  readonly #clock: Clock;
  readonly #shownAt = new Map<string, number>();

  constructor(notifier: Notifier, clock: Clock) {
    this.#notifier = notifier;
    this.#clock = clock;
  }

  raise(book: string, request: AlarmRequest): Promise<boolean> {
    const { locale, ...what } = request;
    // How many are left changes with every sale; the level is what is new.
    const { kind } = what;
    const about = kind === "channel" ? what.channel : what.sku;
    const key = JSON.stringify([book, kind, kind === "level" ? what.level : "", about]);
    return this.#show(key, wordsOf(locale, request));
  }

  silent(book: string, locale: LocaleId): Promise<boolean> {
    const words = companionMessagesOf(locale);
    return this.#show(JSON.stringify([book, "silent"]), {
      title: words.silentTitle,
      body: words.silentBody,
    });
  }

  async #show(key: string, notification: Notification): Promise<boolean> {
    const now = this.#clock.now();
    for (const [shown, at] of this.#shownAt) {
      if (now - at >= AGAIN_AFTER_MS) this.#shownAt.delete(shown);
    }
    if (this.#shownAt.has(key)) return false;
    const lately = [...this.#shownAt.values()].filter((at) => now - at < 60_000).length;
    if (lately >= PER_MINUTE_MAX) return false;
    this.#shownAt.set(key, now);
    return this.#notifier.show(notification);
  }
}

function wordsOf(locale: LocaleId, request: AlarmRequest): Notification {
  const words = companionMessagesOf(locale);
  switch (request.kind) {
    case "level":
      return {
        title: words.levelTitle[request.level](request.sku),
        body: words.levelBody[request.level](request.left),
      };
    case "oversold":
      return {
        title: words.oversoldTitle(request.sku),
        body: words.oversoldBody(request.units),
      };
    case "channel":
      return { title: words.channelTitle(request.channel), body: words.channelBody };
  }
}
