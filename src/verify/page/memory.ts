/** What the page keeps in this browser: the sellers' keys, and the language that was chosen. */
import type { LocaleId } from "../../locale/formats";
import { readKnownKeys, type KnownKeys } from "../../proof/known-keys";

const KEYS = "streamstock-proof-keys";
const LANGUAGE = "streamstock-proof-language";

/** A private window, or a page opened from a file, may have no storage at all. */
function storage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

function write(name: string, value: string): boolean {
  try {
    const kept = storage();
    kept?.setItem(name, value);
    return kept?.getItem(name) === value;
  } catch {
    return false;
  }
}

export function loadKeys(): KnownKeys {
  return readKnownKeys(storage()?.getItem(KEYS) ?? null);
}

/** False: this browser does not keep it. */
export function saveKeys(keys: KnownKeys): boolean {
  return write(KEYS, JSON.stringify(keys));
}

export function loadLanguage(): LocaleId {
  const chosen = storage()?.getItem(LANGUAGE);
  if (chosen === "en" || chosen === "zh-CN") return chosen;
  return /^zh\b/i.test(navigator.language) ? "zh-CN" : "en";
}

export function saveLanguage(language: LocaleId): void {
  write(LANGUAGE, language);
}
