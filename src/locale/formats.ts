/**
 * Numbers, times and shares as a person of each language writes them. All by Intl, all pure:
 * the time zone is the computer's, the moment comes in as an argument.
 */
export type LocaleId = "en" | "zh-CN";

export interface Formats {
  /** 12,345; a minus sign for what is below zero. */
  readonly number: (n: number) => string;
  /** A share as per cent with one decimal, halves upward: 0.8888 is 88.9 %. */
  readonly percent: (share: number) => string;
  /** The time of day, 24 hours, with seconds; `at` in ms since the epoch. */
  readonly clock: (at: number) => string;
  /** A stretch of time, at most two units: 45 sec, 3 min, 1 hr 5 min. `ms` below 0 counts as 0. */
  readonly duration: (ms: number) => string;
  /** How long ago, one unit: 3s ago. `ms` below 0 counts as 0. */
  readonly ago: (ms: number) => string;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
/** Up to here seconds alone read better: "90 sec" rather than "1 min 30 sec". */
const SECONDS_ALONE_MAX = 90;

function makeFormats(locale: LocaleId): Formats {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const percent = new Intl.NumberFormat(locale, {
    style: "percent",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const clock = new Intl.DateTimeFormat(locale, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  const relative = new Intl.RelativeTimeFormat(locale, { style: "narrow" });
  const inUnit = (unit: "second" | "minute" | "hour") =>
    // Chinese "short" says 秒钟; its narrow form 秒 is how people write it.
    new Intl.NumberFormat(locale, {
      style: "unit",
      unit,
      unitDisplay: locale === "en" ? "short" : "narrow",
    });
  const seconds = inUnit("second");
  const minutes = inUnit("minute");
  const hours = inUnit("hour");
  const join = (parts: readonly string[]) => parts.join(locale === "en" ? " " : "");

  return {
    number: (n) => number.format(n),
    // Binary fractions put 0.8885 a hair below its half; the nudge lets it round up as on paper.
    percent: (share) => percent.format(Math.round(share * 1000 + 1e-9) / 1000),
    clock: (at) => clock.format(at),
    duration: (ms) => {
      const whole = Math.max(0, Math.round(ms / SECOND_MS));
      if (whole <= SECONDS_ALONE_MAX) return seconds.format(whole);
      const h = Math.floor(whole / 3600);
      const min = Math.floor((whole % 3600) / 60);
      const s = whole % 60;
      if (h > 0) return join([hours.format(h), ...(min > 0 ? [minutes.format(min)] : [])]);
      return join([minutes.format(min), ...(s > 0 ? [seconds.format(s)] : [])]);
    },
    ago: (ms) => {
      const past = Math.max(0, ms);
      if (past < MINUTE_MS) return relative.format(-Math.floor(past / SECOND_MS), "second");
      if (past < HOUR_MS) return relative.format(-Math.floor(past / MINUTE_MS), "minute");
      return relative.format(-Math.floor(past / HOUR_MS), "hour");
    },
  };
}

const made: Readonly<Record<LocaleId, Formats>> = {
  en: makeFormats("en"),
  "zh-CN": makeFormats("zh-CN"),
};

export function formatsOf(locale: LocaleId): Formats {
  return made[locale];
}

const englishPlural = new Intl.PluralRules("en");

/** English knows one and many: plural(1, "unit", "units") is "unit". Chinese needs no such thing. */
export function plural(n: number, one: string, other: string): string {
  return englishPlural.select(n) === "one" ? one : other;
}
