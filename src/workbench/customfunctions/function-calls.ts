/**
 * The host's side of the custom-functions protocol (workbench.md 3): which calls are open, which
 * cells hang on each, what the add-in answered last. Knows no grid: cells are named by texts, and
 * the formula engine asks for values while it calculates and is told which cells to calculate anew.
 *
 * The same function with the same arguments is one call, shared by all its cells.
 */
import { type CallResult, readResult } from "./call-result";
import type { FunctionFacts } from "./metadata";

/** "sheetId|row|column" */
export type CellKey = string;

export type CallState = CallResult | { readonly kind: "busy" };

interface Call {
  readonly key: string;
  readonly facts: FunctionFacts;
  readonly values: readonly unknown[];
  readonly address: string | null;
  readonly parameterAddresses: readonly string[] | null;
  readonly cells: Set<CellKey>;
  /** null while it is not with the add-in: not yet sent, or answered for good. */
  invocation: number | null;
  state: CallState;
}

export interface CallRequest {
  readonly facts: FunctionFacts;
  readonly values: readonly unknown[];
  readonly address: string | null;
  readonly parameterAddresses: readonly string[] | null;
}

const flag = { cancelable: 1, streaming: 2 } as const;
const message = { category: 1, invoke: 1000, cancel: 1001 } as const;

export interface CallPorts {
  /** Sends entries of a richApiMessage event to the add-in's page. */
  send(entries: readonly unknown[]): void;
  /** These cells have new values to show. */
  changed(cells: ReadonlySet<CellKey>): void;
  /** Runs something soon, together with what else comes by then. */
  soon(action: () => void): void;
}

export class FunctionCalls {
  readonly #ports: CallPorts;
  readonly #calls = new Map<string, Call>();
  readonly #byInvocation = new Map<number, Call>();
  readonly #usedBy = new Map<CellKey, Set<string>>();
  /** Cells that asked for a value in the calculation under way, and what they asked. */
  readonly #asking = new Map<CellKey, Set<string>>();
  readonly #unsent = new Set<Call>();
  readonly #cancelled: number[] = [];
  #flushing = false;
  #ready = false;
  #lastInvocation = 0;

  constructor(ports: CallPorts) {
    this.#ports = ports;
  }

  /** A page connected: what the one before it was doing is gone. Cells keep their last values. */
  reset(): void {
    this.#ready = false;
    this.#byInvocation.clear();
    this.#unsent.clear();
    this.#cancelled.length = 0;
    for (const call of this.#calls.values()) call.invocation = null;
  }

  /** The runtime in the page takes calls from now on. */
  start(): void {
    this.#ready = true;
    for (const call of this.#calls.values()) this.#unsent.add(call);
    this.#flushSoon();
  }

  get pending(): boolean {
    return [...this.#calls.values()].some((call) => call.state.kind === "busy");
  }

  /** The value of a call for a cell under calculation; the first question opens the call. */
  value(cell: CellKey, request: CallRequest): CallState {
    const key = JSON.stringify([
      request.facts.id,
      request.values,
      request.address,
      request.parameterAddresses,
    ]);
    const asked = this.#asking.get(cell) ?? new Set();
    this.#asking.set(cell, asked.add(key));
    let call = this.#calls.get(key);
    if (call === undefined) {
      call = { key, ...request, cells: new Set(), invocation: null, state: { kind: "busy" } };
      this.#calls.set(key, call);
      this.#unsent.add(call);
      this.#flushSoon();
    }
    call.cells.add(cell);
    return call.state;
  }

  /** What a function said of the error that stands in the cell; null = nothing. */
  messageOf(cell: CellKey): string | null {
    for (const key of this.#usedBy.get(cell) ?? []) {
      const state = this.#calls.get(key)?.state;
      const value = state?.kind === "scalar" ? state.value : null;
      if (typeof value === "object" && value?.message !== undefined) return value.message;
    }
    return null;
  }

  /** The formula of a cell was entered anew: what was answered once is asked again. */
  reentered(cell: CellKey): void {
    for (const key of this.#usedBy.get(cell) ?? []) {
      const call = this.#calls.get(key);
      if (call === undefined || call.facts.options.stream || call.invocation !== null) continue;
      this.#unsent.add(call);
      this.#flushSoon();
    }
  }

  /**
   * A calculation is done: calls that no cell needs any more are dropped.
   * @param calculated the cells that it went through
   * @param lives whether a cell still holds a formula with a function of the add-in's
   */
  calculated(calculated: Iterable<CellKey>, lives: (cell: CellKey) => boolean): void {
    for (const cell of calculated) {
      if (!this.#asking.has(cell) && this.#usedBy.has(cell)) this.#asking.set(cell, new Set());
    }
    for (const cell of this.#usedBy.keys()) {
      if (!this.#asking.has(cell) && !lives(cell)) this.#asking.set(cell, new Set());
    }
    for (const [cell, keys] of this.#asking) {
      for (const key of this.#usedBy.get(cell) ?? []) if (!keys.has(key)) this.#release(cell, key);
      if (keys.size === 0) this.#usedBy.delete(cell);
      else this.#usedBy.set(cell, keys);
    }
    this.#asking.clear();
  }

  /** Results as SetInvocationArrayResults brings them: [id, ok, value, code if not ok, ...]. */
  results(entries: readonly unknown[]): void {
    const changed = new Set<CellKey>();
    for (const entry of entries) {
      if (!Array.isArray(entry)) continue;
      const [id, ok, value, code] = entry as unknown[];
      const call = typeof id === "number" ? this.#byInvocation.get(id) : undefined;
      if (call === undefined) continue;
      const state = readResult(ok === true, value, code);
      if (!call.facts.options.stream) this.#close(call);
      if (JSON.stringify(state) === JSON.stringify(call.state)) continue;
      call.state = state;
      for (const cell of call.cells) changed.add(cell);
    }
    if (changed.size > 0) this.#ports.changed(changed);
  }

  #close(call: Call): void {
    if (call.invocation !== null) this.#byInvocation.delete(call.invocation);
    call.invocation = null;
  }

  #release(cell: CellKey, key: string): void {
    const call = this.#calls.get(key);
    if (call === undefined) return;
    call.cells.delete(cell);
    if (call.cells.size > 0) return;
    this.#calls.delete(key);
    this.#unsent.delete(call);
    const { stream, cancelable } = call.facts.options;
    if (call.invocation !== null && (stream || cancelable)) this.#cancelled.push(call.invocation);
    this.#close(call);
    this.#flushSoon();
  }

  #flushSoon(): void {
    if (this.#flushing || !this.#ready) return;
    this.#flushing = true;
    this.#ports.soon(() => {
      this.#flushing = false;
      this.#flush();
    });
  }

  #flush(): void {
    if (!this.#ready) return;
    const entries = [
      ...this.#cancelled.map((id) => this.#entry(message.cancel, { invocationId: id })),
      ...[...this.#unsent].map((call) => this.#entry(message.invoke, this.#invocation(call))),
    ];
    this.#cancelled.length = 0;
    this.#unsent.clear();
    if (entries.length > 0) this.#ports.send(entries);
  }

  #entry(type: number, content: unknown): unknown {
    return [message.category, type, "", JSON.stringify(content), 0, false];
  }

  #invocation(call: Call): readonly unknown[] {
    this.#close(call);
    this.#lastInvocation += 1;
    call.invocation = this.#lastInvocation;
    this.#byInvocation.set(call.invocation, call);
    const { stream, cancelable } = call.facts.options;
    const flags = (cancelable || stream ? flag.cancelable : 0) | (stream ? flag.streaming : 0);
    const parts = [call.invocation, call.facts.id, call.values, call.address, flags];
    return call.parameterAddresses === null ? parts : [...parts, call.parameterAddresses];
  }
}
