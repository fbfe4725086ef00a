/** The page's end of the worker: starts it, keeps the newest state, passes calls on. */
import { proxy, wrap, type Remote } from "comlink";
import type { Result } from "../base/result";
import type {
  BookChoice,
  CommandRefusal,
  EngineDelta,
  EngineState,
  ImportCalls,
  ProofCalls,
  SheetDeskCalls,
  ShopCalls,
  WorkerApi,
} from "./api";
import { merge } from "./delta";
import type { EngineCalls } from "./engine-api";
import type { HandCalls } from "./hand-api";

const RETRY_MS = 1000;

export interface WorkerClient {
  /** Null until the worker has opened its book. */
  state(): EngineState | null;
  subscribe(listener: () => void): () => void;
  readonly api: Remote<WorkerApi>;
  readonly shops: ShopCalls;
  readonly imports: ImportCalls;
  readonly engine: EngineCalls;
  readonly hand: HandCalls;
  readonly proofs: ProofCalls;
  readonly sheets: SheetDeskCalls;
}

export function connectWorker(options: {
  readonly origin: string;
  readonly token: string;
  /** The book to open first. */
  readonly book: BookChoice;
  /** Asked again until it starts; null = it did. */
  readonly onRefused: (refusal: CommandRefusal | null) => void;
  readonly sleep: (ms: number) => Promise<void>;
}): WorkerClient {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { name: "streamstock" });
  const api = wrap<WorkerApi>(worker);
  const listeners = new Set<() => void>();
  let state: EngineState | null = null;

  function show(next: EngineState): void {
    state = next;
    for (const listener of listeners) listener();
  }

  function take(delta: EngineDelta): void {
    if (state !== null) show(merge(state, delta));
  }

  async function open(): Promise<void> {
    for (;;) {
      const started: Result<EngineState, CommandRefusal> = await api.start({
        origin: options.origin,
        token: options.token,
        book: options.book,
      });
      options.onRefused(started.ok ? null : started.error);
      if (started.ok) break;
      await options.sleep(RETRY_MS);
    }
    show(await api.subscribe(proxy(take)));
  }
  void open();

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    api,
    shops: api.shops,
    imports: api.imports,
    engine: api.engine,
    hand: api.hand,
    proofs: api.proofs,
    sheets: api.sheets,
  };
}
