/** The lazy chunk's entry: puts the pane on the page. */
import { createRoot } from "react-dom/client";
import type { Session } from "../runtime/session";
import { App } from "./App";
import type { PaneEnvironment } from "./environment";
import { fetchScreens } from "./screens";

const SCREENS_AFTER_MS = 1500;

export function mountPane(root: HTMLElement, session: Session, environment: PaneEnvironment): void {
  // The first paint before everything else.
  setTimeout(() => void fetchScreens(), SCREENS_AFTER_MS);
  createRoot(root).render(<App session={session} environment={environment} />);
}
