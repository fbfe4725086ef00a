/**
 * The one session that functions and pane share: the newest state of the engine, and the calls
 * that change it. Cells never wait on the network: they read from here.
 */
import type {
  CommandRefusal,
  EngineState,
  ImportCalls,
  ProofCalls,
  SheetDeskCalls,
  ShopCalls,
} from "../worker/api";
import type { EngineCalls } from "../worker/engine-api";
import type { HandCalls } from "../worker/hand-api";
import type { LocaleId } from "../locale/formats";
import type { Result } from "../base/result";
import type { SheetCalls } from "./sheets";

export interface Session {
  /** Null until the worker has read its ledger. */
  state(): EngineState | null;
  /** Why there is no state yet, while the engine is asked again; null = nothing is wrong. */
  refusal(): CommandRefusal | null;
  /** Called after every change; returns the way to stop. */
  subscribe(listener: () => void): () => void;
  startRehearsal(speed: number): Promise<Result<null, CommandRefusal>>;
  stopRehearsal(): Promise<Result<null, CommandRefusal>>;
  releaseReservation(): Promise<Result<{ units: number }, CommandRefusal>>;
  /** Connections, and which book is open. */
  readonly shops: ShopCalls;
  /** Files into the live book. */
  readonly imports: ImportCalls;
  /** The seller's word to the engine of the open book. */
  readonly engine: EngineCalls;
  /** What a person does by hand at the stream, to stock and to the method. */
  readonly hand: HandCalls;
  /** Signed workbooks for creators. */
  readonly proofs: ProofCalls;
  /** How a stream that has started went, minute by minute. */
  readonly timeline: SheetDeskCalls["timeline"];
  /** The sheets of the workbook, made on request. */
  readonly sheets: SheetCalls;
  /** Units sold on each of the last complete days, oldest first; null = the SKU is not known. */
  dailySales(sku: string): Promise<readonly number[] | null>;
  /** The language of what is written into the workbook and said by functions. */
  readonly locale: LocaleId;
  setLocale(locale: LocaleId): void;
}
