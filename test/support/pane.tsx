/** The pane on a test page, with a clock that the test moves. */
import { jest } from "@jest/globals";
import { act, render } from "@testing-library/react";
import type { LocaleId } from "../../src/locale/formats";
import { App } from "../../src/taskpane/App";
import type { PaneEnvironment } from "../../src/taskpane/environment";
import { NOON_ISH, type PlayedSession } from "./engine-state";

export interface ShownPane {
  /** Lets `ms` pass, beat by beat. */
  pass(ms: number): void;
  /** Lets answers that are under way arrive. */
  settle(): Promise<void>;
  /** Does something that the pane hears of. */
  tell(change: () => void): void;
  /** The language that the seller chose last, as remembered. */
  readonly remembered: () => LocaleId | null;
}

export function showPane(
  session: PlayedSession,
  over: Partial<PaneEnvironment> & { readonly language?: LocaleId } = {},
): ShownPane {
  jest.useFakeTimers();
  let now = NOON_ISH;
  let remembered: LocaleId | null = over.language ?? null;
  const environment: PaneEnvironment = {
    clock: { now: () => now },
    displayLanguage: "en-US",
    languageStore: {
      read: () => remembered,
      write(locale) {
        remembered = locale;
      },
    },
    hostTheme: () => undefined,
    darkQuery: { matches: false, addEventListener() {}, removeEventListener() {} },
    ...over,
  };
  render(<App session={session} environment={environment} />);
  return {
    pass(ms) {
      for (let passed = 0; passed < ms; passed += 1000) {
        now += 1000;
        act(() => jest.advanceTimersByTime(1000));
      }
    },
    settle: () => act(async () => {}),
    tell: (change) => act(change),
    remembered: () => remembered,
  };
}
