/** Picks the language of what cells say; the pane's words are in locale.ts. */
import type { LocaleId } from "./formats";
import { functionEn } from "./function-en";
import type { FunctionMessages } from "./function-messages";
import { functionZhCn } from "./function-zh-cn";

const catalogues: Readonly<Record<LocaleId, FunctionMessages>> = {
  en: functionEn,
  "zh-CN": functionZhCn,
};

export function functionMessagesOf(locale: LocaleId): FunctionMessages {
  return catalogues[locale];
}

/** All of them: what a person types is understood in any language. */
export const everyFunctionMessages: readonly FunctionMessages[] = Object.values(catalogues);
