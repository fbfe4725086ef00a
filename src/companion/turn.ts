/**
 * Steps that may wait until this turn of the event loop has read all there was to read. What goes out
 * then goes out in one burst: the program at the other end is woken once and is still awake for the
 * rest, and waking it is what a small write on one machine costs most. Alone, a step waits for
 * nothing: the turn ends at once.
 */
let waiting: (() => void)[] = [];

export function atTurnsEnd(step: () => void): void {
  waiting.push(step);
  if (waiting.length === 1) setImmediate(run);
}

/** A step must not throw: those behind it would be lost. */
function run(): void {
  const steps = waiting;
  waiting = [];
  for (const step of steps) step();
}
