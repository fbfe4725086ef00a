/**
 * Keeps the calls of two leaders apart. A call that was let through under a token may still be on its
 * way to the channel when the lease passes on; what it writes would land on top of what the new
 * leader writes. So the first calls under a new token wait until those under older ones are answered
 * or have run out of time. Leading is not held up by that, calls to this channel alone are.
 */
export class CallOrder {
  /** By place, then by token: the calls that are under way. */
  readonly #open = new Map<string, Map<number, Set<Promise<unknown>>>>();

  /** Runs `call` once nothing of an older token is under way at `place`, a book's channel. */
  async run<T>(place: string, fence: number, call: () => Promise<T>): Promise<T> {
    const older = this.#olderThan(place, fence);
    const turn = older.length === 0 ? call() : Promise.allSettled(older).then(call);
    const forget = this.#remember(place, fence, turn);
    try {
      return await turn;
    } finally {
      forget();
    }
  }

  #olderThan(place: string, fence: number): readonly Promise<unknown>[] {
    const older: Promise<unknown>[] = [];
    for (const [token, calls] of this.#open.get(place) ?? []) {
      if (token < fence) older.push(...calls);
    }
    return older;
  }

  #remember(place: string, fence: number, turn: Promise<unknown>): () => void {
    const tokens = this.#open.get(place) ?? new Map<number, Set<Promise<unknown>>>();
    this.#open.set(place, tokens);
    const calls = tokens.get(fence) ?? new Set();
    tokens.set(fence, calls);
    calls.add(turn);
    return () => {
      calls.delete(turn);
      if (calls.size === 0) tokens.delete(fence);
    };
  }
}
