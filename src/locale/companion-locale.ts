/** The companion's words in one of the languages. */
import { companionEn } from "./companion-en";
import type { CompanionMessages } from "./companion-messages";
import { companionZhCn } from "./companion-zh-cn";
import type { LocaleId } from "./formats";

const catalogues: Readonly<Record<LocaleId, CompanionMessages>> = {
  en: companionEn,
  "zh-CN": companionZhCn,
};

export function companionMessagesOf(locale: LocaleId): CompanionMessages {
  return catalogues[locale];
}

/** The language for a BCP 47 tag, by the rule of the pane: all Chinese gets Simplified Chinese. */
export function companionLocaleFor(tag: string): LocaleId {
  return /^zh\b/i.test(tag) ? "zh-CN" : "en";
}
