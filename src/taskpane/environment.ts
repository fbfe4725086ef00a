/** All that the pane takes from the page it lives in, so that a test can give it another. */
import type { Clock } from "../base/clock";
import type { LocaleId } from "../locale/formats";

/** The part of `Office.context.officeTheme` that is read; older hosts leave parts of it out. */
export interface HostTheme {
  readonly isDarkTheme?: boolean;
  /** "#RRGGBB". */
  readonly bodyBackgroundColor?: string;
}

export interface LanguageStore {
  /** Null: the seller never chose, or the browser keeps nothing. */
  read(): LocaleId | null;
  write(locale: LocaleId): void;
}

/** Texts by name, on this computer alone. */
export interface LocalStore {
  read(name: string): string | null;
  /** null forgets it. */
  write(name: string, text: string | null): void;
}

export interface PaneEnvironment {
  readonly clock: Clock;
  /** What Excel speaks, a BCP 47 tag; undefined outside Office. */
  readonly displayLanguage: string | undefined;
  readonly languageStore: LanguageStore;
  /** Numbers that change more often are drawn so often at most; ms. */
  readonly drawEveryMs: number;
  readonly store: LocalStore;
  /** Sounds for an alert; `urgent`: red, or oversold. */
  readonly chime: (urgent: boolean) => void;
  /** Asked again whenever the pane is looked at: Excel sends no event when its theme changes. */
  readonly hostTheme: () => HostTheme | undefined;
  readonly darkQuery: Pick<MediaQueryList, "matches" | "addEventListener" | "removeEventListener">;
}
