/** One interval for the whole pane: every age and every countdown moves on the same beat. */
import { createContext, useContext, useEffect, useState, type ReactNode } from "react";
import type { Clock } from "../base/clock";

const BEAT_MS = 1000;

const NowContext = createContext(0);

export function NowProvider(props: { readonly clock: Clock; readonly children: ReactNode }) {
  const { clock, children } = props;
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    const beat = setInterval(() => {
      setNow(clock.now());
    }, BEAT_MS);
    return () => {
      clearInterval(beat);
    };
  }, [clock]);
  return <NowContext value={now}>{children}</NowContext>;
}

/** Milliseconds since the epoch, up to a second old. Only components that call it re-render. */
export function useNow(): number {
  return useContext(NowContext);
}
