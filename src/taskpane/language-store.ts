/** Remembers the language that the seller chose, where the browser lets us. */
import { isLocaleId } from "../locale/locale";
import type { LanguageStore } from "./environment";

const KEY = "streamstock.language";

/**
 * `partition` is `Office.context.partitionKey`, which Office wants in front of every key where the
 * browser partitions storage; "" elsewhere. Storage may be forbidden altogether: then the choice
 * lasts as long as the pane.
 */
export function languageStore(storage: () => Storage, partition: string): LanguageStore {
  return {
    read() {
      try {
        const text = storage().getItem(partition + KEY) ?? "";
        return isLocaleId(text) ? text : null;
      } catch {
        return null;
      }
    },
    write(locale) {
      try {
        storage().setItem(partition + KEY, locale);
      } catch {
        // Nothing is lost but the memory of a choice.
      }
    },
  };
}
