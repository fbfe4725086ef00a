/** The lazy chunk's entry: puts the pane on the page. */
import { createRoot } from "react-dom/client";
import type { Session } from "../runtime/session";
import { App } from "./App";
import type { PaneEnvironment } from "./environment";

export function mountPane(root: HTMLElement, session: Session, environment: PaneEnvironment): void {
  createRoot(root).render(<App session={session} environment={environment} />);
}
