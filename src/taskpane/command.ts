/** A button's call into the engine: pending while it runs, and the sentence if it is refused. */
import { useState } from "react";
import type { Result } from "../base/result";
import type { CommandRefusal } from "../worker/api";

export interface Command<T, E, A extends readonly unknown[]> {
  readonly pending: boolean;
  readonly refusal: E | CommandRefusal | null;
  /** The last success, until the next run. */
  readonly done: T | null;
  /** What it is called with is passed on and kept nowhere: it may be a secret. */
  readonly run: (...args: A) => void;
  /** Forgets the last outcome. */
  readonly clear: () => void;
}

export function useCommand<T, E = CommandRefusal, A extends readonly unknown[] = []>(
  call: (...args: A) => Promise<Result<T, E>>,
): Command<T, E, A> {
  const [pending, setPending] = useState(false);
  const [outcome, setOutcome] = useState<Result<T, E | CommandRefusal> | null>(null);
  const run = (...args: A) => {
    // A second click while the first is under way is no second wish.
    if (pending) return;
    setPending(true);
    setOutcome(null);
    void call(...args)
      // Only a bug or a dead worker throws; the seller still gets a sentence and her button back.
      .catch((fault: unknown) => {
        const refusal: CommandRefusal = { code: "refused", detail: String(fault) };
        return { ok: false, error: refusal } as const;
      })
      .then((told) => {
        setOutcome(told);
        setPending(false);
      });
  };
  return {
    pending,
    refusal: outcome?.ok === false ? outcome.error : null,
    done: outcome?.ok === true ? outcome.value : null,
    run,
    clear: () => setOutcome(null),
  };
}
