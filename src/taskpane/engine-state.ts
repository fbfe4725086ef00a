/**
 * The engine's newest state, drawn a few times a second at most: in a busy stream it changes with every
 * order on every channel, and drawing each of those changes takes the thread that Excel calculates on.
 */
import { useCallback, useSyncExternalStore } from "react";
import type { Session } from "../runtime/session";
import type { EngineState } from "../worker/api";

/** The first of several changes is shown at once, the last of them after `everyMs`. */
function paced(everyMs: number, show: () => void) {
  let shownAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const draw = () => {
    timer = null;
    shownAt = performance.now();
    show();
  };
  return {
    changed: () => {
      if (timer !== null) return;
      const wait = shownAt + everyMs - performance.now();
      if (everyMs <= 0 || wait <= 0) draw();
      else timer = setTimeout(draw, wait);
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
    },
  };
}

export function useEngineState(session: Session, everyMs: number): EngineState | null {
  const subscribe = useCallback(
    (listener: () => void) => {
      const pace = paced(everyMs, listener);
      const leave = session.subscribe(pace.changed);
      return () => {
        leave();
        pace.stop();
      };
    },
    [session, everyMs],
  );
  return useSyncExternalStore(subscribe, () => session.state());
}
