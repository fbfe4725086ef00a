/** The words of the sheets, by language. */
import { enSheets } from "./en-sheets";
import type { LocaleId } from "./formats";
import type { SheetMessages } from "./sheet-messages";
import { zhCnSheets } from "./zh-cn-sheets";

const catalogues: Readonly<Record<LocaleId, SheetMessages>> = { en: enSheets, "zh-CN": zhCnSheets };

export function sheetMessagesOf(locale: LocaleId): SheetMessages {
  return catalogues[locale];
}
