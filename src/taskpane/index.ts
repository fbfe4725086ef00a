/**
 * The pane's door. It is in the first bundle beside the functions, so it stays tiny: React and
 * Fluent UI come in a chunk of their own, after Office is ready.
 */
import { systemClock } from "../base/clock";
import { messagesOf, pickLocale } from "../locale/locale";
import { openSession } from "../runtime/runtime";
import type { HostTheme, PaneEnvironment } from "./environment";
import { playChime } from "./frame/chime";
import { languageStore } from "./language-store";
import { localStore } from "./local-store";

/** Hosts older than the type definitions leave these out. */
/** Nobody reads a number that stands for less. */
const DRAW_EVERY_MS = 250;

interface HostContext {
  readonly displayLanguage?: string;
  readonly officeTheme?: HostTheme;
  readonly partitionKey?: string;
}

function hostContext(): HostContext {
  return Office.context;
}

function environment(): PaneEnvironment {
  return {
    clock: systemClock,
    displayLanguage: hostContext().displayLanguage,
    languageStore: languageStore(() => window.localStorage, hostContext().partitionKey ?? ""),
    drawEveryMs: DRAW_EVERY_MS,
    store: localStore(() => window.localStorage, hostContext().partitionKey ?? ""),
    chime: playChime,
    hostTheme: () => hostContext().officeTheme,
    darkQuery: window.matchMedia("(prefers-color-scheme: dark)"),
  };
}

async function open(): Promise<void> {
  // This script stands in the head, so that the functions are registered first: Office is ready
  // only after the body is there.
  await Office.onReady();
  const root = document.getElementById("root");
  if (root === null) return;
  try {
    const [{ mountPane }, session] = await Promise.all([import("./pane"), openSession()]);
    mountPane(root, session, environment());
  } catch (fault) {
    console.error("The pane could not open.", fault);
    const { title, next } = messagesOf(pickLocale(hostContext().displayLanguage)).paneFailed;
    root.textContent = `${title} ${next}`;
  } finally {
    root.removeAttribute("aria-busy");
  }
}

void open();
