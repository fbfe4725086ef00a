/**
 * The engine's newest state, drawn a few times a second at most: in a busy stream it changes with every
 * order on every channel, and drawing each of those changes takes the thread that Excel calculates on.
 */
import { useCallback, useSyncExternalStore } from "react";
import type { Session } from "../runtime/session";
import type { EngineState } from "../worker/api";

/** The first of several changes is shown at once, those that follow together, `everyMs` later. */
function paced(everyMs: number, show: () => void) {
  let rest: ReturnType<typeof setTimeout> | null = null;
  let isBehind = false;
  const draw = () => {
    isBehind = false;
    show();
    if (everyMs > 0) rest = setTimeout(rested, everyMs);
  };
  const rested = () => {
    rest = null;
    if (isBehind) draw();
  };
  return {
    changed: () => {
      if (rest === null) draw();
      else isBehind = true;
    },
    stop: () => {
      if (rest !== null) clearTimeout(rest);
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
