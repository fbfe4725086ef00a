/** Time is an argument. The only readers of the wall clock are the composition roots. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** Goes on evenly, whatever is done to the machine's clock: only differences of it mean anything. */
export const steadyClock: Clock = {
  now: () => Math.round(performance.timeOrigin + performance.now()),
};
