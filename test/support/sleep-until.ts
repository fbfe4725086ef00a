/**
 * A worker's sleep for a test: once the test is over nothing wakes up any more, since a host has no
 * end of its own.
 */
export function sleepUntil(isOver: () => boolean) {
  return (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((done) => {
      if (signal.aborted) {
        done();
        return;
      }
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", wake);
        if (!isOver()) done();
      };
      const timer = setTimeout(wake, ms);
      timer.unref();
      signal.addEventListener("abort", wake, { once: true });
    });
}
