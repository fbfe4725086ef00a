/** The pane on a test page, with a clock that the test moves. */
import { beforeAll, jest } from "@jest/globals";
import { act, render } from "@testing-library/react";
import type { LocaleId } from "../../src/locale/formats";
import { App } from "../../src/taskpane/App";
import { fetchScreens } from "../../src/taskpane/screens";
import type { PaneEnvironment } from "../../src/taskpane/environment";
import { NOON_ISH, type PlayedSession } from "./engine-state";

// As in a pane that has been open for a while.
beforeAll(() => fetchScreens());

export interface ShownPane {
  /** Lets `ms` pass, beat by beat. */
  pass(ms: number): void;
  /** Lets answers that are under way arrive. */
  settle(): Promise<void>;
  /** Does something that the pane hears of. */
  tell(change: () => void): void;
  /** The language that the seller chose last, as remembered. */
  readonly remembered: () => LocaleId | null;
  /** What the browser keeps, by name. */
  readonly kept: ReadonlyMap<string, string>;
  /** Every alert that sounded; true: an urgent one. */
  readonly chimes: readonly boolean[];
}

export function showPane(
  session: PlayedSession,
  over: Partial<PaneEnvironment> & { readonly language?: LocaleId } = {},
): ShownPane {
  jest.useFakeTimers();
  let now = NOON_ISH;
  const kept = new Map<string, string>();
  const chimes: boolean[] = [];
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
    drawEveryMs: 0,
    store: {
      read: (name) => kept.get(name) ?? null,
      write(name, text) {
        if (text === null) kept.delete(name);
        else kept.set(name, text);
      },
    },
    chime: (urgent) => chimes.push(urgent),
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
    kept,
    chimes,
  };
}
