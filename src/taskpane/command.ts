/** A button's call into the engine: pending while it runs, and the sentence if it is refused. */
import { useState } from "react";
import type { Result } from "../base/result";
import type { CommandRefusal } from "../worker/api";

export interface Command<T> {
  readonly pending: boolean;
  readonly refusal: CommandRefusal | null;
  /** The last success, until the next run. */
  readonly done: T | null;
  readonly run: () => void;
}

export function useCommand<T>(call: () => Promise<Result<T, CommandRefusal>>): Command<T> {
  const [pending, setPending] = useState(false);
  const [outcome, setOutcome] = useState<Result<T, CommandRefusal> | null>(null);
  const run = () => {
    // A second click while the first is under way is no second wish.
    if (pending) return;
    setPending(true);
    setOutcome(null);
    void call()
      // Only a bug or a dead worker throws; the seller still gets a sentence and her button back.
      .catch((fault: unknown) => {
        const refusal: CommandRefusal = { code: "refused", detail: String(fault) };
        return { ok: false, error: refusal } as const;
      })
      .then(setOutcome)
      .finally(() => {
        setPending(false);
      });
  };
  return {
    pending,
    refusal: outcome?.ok === false ? outcome.error : null,
    done: outcome?.ok === true ? outcome.value : null,
    run,
  };
}
