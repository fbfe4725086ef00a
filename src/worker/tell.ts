/** Books the seller's word by whoever leads, and acknowledges it only once the journal has it too. */
import { err, ok, type Result } from "../base/result";
import type { Projection } from "../stock/projection";
import type { Book } from "../sync/bookkeeper";
import type { Engine } from "../sync/engine";
import { refusedBy } from "./command-refusal";
import type { CommandRefusal } from "./command-refusal";
import type { OpenBook } from "./open-book";

export interface Led {
  readonly book: OpenBook;
  readonly engine: Engine;
}

export function leaderOf(book: OpenBook | null): Result<Led, CommandRefusal> {
  const engine = book?.engine ?? null;
  if (book?.role !== "leader" || engine === null) return err({ code: "not_leader" });
  return ok({ book, engine });
}

/** `plan` adds what is to be booked, or answers why nothing is; then nothing may have been added. */
export async function tell<E>(
  open: OpenBook | null,
  plan: (engine: Engine, projection: Projection, add: Book) => E | null,
): Promise<Result<null, E | CommandRefusal>> {
  const led = leaderOf(open);
  if (!led.ok) return led;
  const { book, engine } = led.value;
  const outcome: { refusal: E | null } = { refusal: null };
  const booked = await book.bookkeeper.transact((projection, add) => {
    outcome.refusal = plan(engine, projection, add);
  });
  if (outcome.refusal !== null) return err(outcome.refusal);
  if (!booked.ok) return err({ code: "storage", detail: booked.error.detail });
  const kept = await book.flush();
  return kept.ok ? ok(null) : refusedBy(kept.error);
}
