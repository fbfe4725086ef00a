/**
 * The one place where the sandbox changes: it holds the run, plays what is due before anyone looks,
 * and sees to it that shoppers come on time and that the state is saved.
 */
import { randomBytes } from "node:crypto";
import type { Clock } from "../base/clock";
import { advance, newRun, nextDue, SEED_DEFAULT } from "./rehearsal";
import type { Remembered, Run, Venue } from "./state";
import type { Store } from "./store";

/** Answers to idempotent mutations that are kept; older ones are forgotten first. */
const REMEMBERED_MAX = 1000;

/** What may be asked of a new run; the rest is as always. */
export interface RunWish {
  readonly seed?: number | undefined;
  /** TikTok's time to pay, stream minutes. */
  readonly unpaidMinutes?: number | undefined;
}

export interface Stage {
  /** The clock of the channels. */
  now(): number;
  /** The run as of now. */
  run(): Run;
  change(next: Run): void;
  /** Strikes the set and builds a fresh one. */
  renew(wish: RunWish): Run;
  recall(key: string): Remembered | undefined;
  remember(answer: Remembered): void;
  close(): void;
}

/** Timers may be late or early by a little; the run itself is exact. */
const SHORTEST_WAIT_MS = 5;
const LONGEST_WAIT_MS = 60_000;

/** `venues`: the channels that a new run lists its stock on, the live one first. */
export function openStage(clock: Clock, store: Store, venues: readonly Venue[]): Stage {
  const saved = store.load();
  let run = saved?.run ?? freshRun(0, {});
  let remembered: readonly Remembered[] = saved?.remembered ?? [];
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  function freshRun(after: number, { seed = SEED_DEFAULT, unpaidMinutes }: RunWish): Run {
    // Five random bytes: a run's name must not come twice on one machine, nothing more.
    const name = randomBytes(5).toString("hex");
    return newRun({ run: name, after, seed, now: clock.now(), venues, unpaidMinutes });
  }

  function settle(next: Run): Run {
    if (next !== run) {
      run = next;
      store.save({ version: 2, run, remembered: [...remembered] });
    }
    wait();
    return run;
  }

  function wait(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    const due = nextDue(run);
    if (closed || due === Infinity) return;
    const ms = Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, due - clock.now()));
    timer = setTimeout(() => void settle(advance(run, clock.now())), ms);
    timer.unref();
  }

  const stage: Stage = {
    now: () => clock.now(),
    run: () => settle(advance(run, clock.now())),
    change: (next) => void settle(next),
    renew: (wish) => {
      remembered = [];
      return settle(freshRun(run.serial, wish));
    },
    recall: (key) => remembered.find((answer) => answer.key === key),
    remember: (answer) => {
      remembered = [...remembered.slice(1 - REMEMBERED_MAX), answer];
      store.save({ version: 2, run, remembered: [...remembered] });
    },
    close: () => {
      closed = true;
      if (timer) clearTimeout(timer);
      store.flush();
    },
  };
  store.save({ version: 2, run, remembered: [...remembered] });
  settle(advance(run, clock.now()));
  return stage;
}
