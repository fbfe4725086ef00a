/** A broken assumption is a bug: it stops the step that made it, loudly. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`Assertion failed: ${message}`);
}

/** The end of an exhaustive switch: does not compile while a case is missing. */
export function never(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
