/** The book's streams, asked for when the screen opens, when one starts or ends, and on demand. */
import { useCallback, useEffect, useState } from "react";
import type { Session } from "../../runtime/session";
import type { EngineState, StreamState } from "../../worker/api";

export interface KnownStreams {
  /** Null until told. */
  readonly streams: readonly StreamState[] | null;
  readonly reload: () => void;
}

export function useStreams(session: Session, state: EngineState): KnownStreams {
  const [streams, setStreams] = useState<readonly StreamState[] | null>(null);
  const [round, setRound] = useState(0);
  const sign = `${state.book} ${state.role} ${state.stream?.id ?? ""} ${state.stream?.phase ?? ""}`;
  useEffect(() => {
    let isWanted = true;
    void session.engine
      .streams()
      // The worker is gone or busy: an empty list, and the way to ask again.
      .catch(() => [])
      .then((told) => {
        if (isWanted) setStreams(told);
      });
    return () => {
      isWanted = false;
    };
  }, [session, sign, round]);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  // The one that is on moves with every order: its newest numbers are in the state.
  const { stream: newest } = state;
  const level = streams?.map((each) => (newest?.id === each.id ? newest : each)) ?? null;
  return { streams: level, reload };
}
