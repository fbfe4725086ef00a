/**
 * Every word that a person reads, English and Simplified Chinese. This file picks the language;
 * `messages.ts` is the list of what must be said, `formats.ts` writes numbers and times.
 */
import { en } from "./en";
import type { LocaleId } from "./formats";
import type { Messages } from "./messages";
import { zhCn } from "./zh-cn";

/**
 * The language for what Excel says of itself (`Office.context.displayLanguage`, a BCP 47 tag such
 * as "zh-CN", "zh-Hans-HK" or "en-GB"). All Chinese gets Simplified Chinese, the rest English.
 */
export function pickLocale(displayLanguage: string | undefined): LocaleId {
  return /^zh\b/i.test(displayLanguage ?? "") ? "zh-CN" : "en";
}

export function isLocaleId(text: string): text is LocaleId {
  return text === "en" || text === "zh-CN";
}

const catalogues: Readonly<Record<LocaleId, Messages>> = { en, "zh-CN": zhCn };

export function messagesOf(locale: LocaleId): Messages {
  return catalogues[locale];
}

/** Each language by its own name: it is found by that, whatever the pane speaks. */
export const languageNames: Readonly<Record<LocaleId, string>> = { en: "EN", "zh-CN": "中文" };
