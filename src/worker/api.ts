/**
 * What crosses the worker's boundary: plain data and a page of calls. Types only.
 * Expected refusals come back as values; nothing here throws across the wire.
 */
import type { ProxyMarked } from "comlink";
import type { BookId, ChannelId, Sku } from "../base/ids";
import type { Result } from "../base/result";
import type { ListingWarning, Refusal } from "../channels/channel";
import type {
  ImportPage,
  ImportSummary,
  Mapping,
  OpenedExport,
  Progress,
  Recognised,
} from "../channels/exports/import";
import type { FileRefusalCode, LeftOut, RowRefusal } from "../channels/exports/refusals";
import type { ChannelConnection } from "../channels/http/connect-contract";
import type { Review } from "../stock/review";
import type { Activity } from "../sync/activity";
import type { AlertActs } from "../stock/acts";
import type { AskView } from "../sync/ask-view";
import type { ChannelView } from "../sync/channel-view";
import type { DriftView } from "../sync/drift";
import type { GapView } from "../sync/gaps";
import type { LatencyView } from "../sync/latency";
import type { PlanRefusal, PlanRow, PlanStanding } from "../stock/plan-rows";
import type { Timeline } from "../stock/timeline";
import type { SkuView, StreamView } from "../sync/view";
import type { CommandRefusal as Refused } from "./command-refusal";
import type { SetConstants } from "../stock/constants";
import type { EngineCalls } from "./engine-api";
import type { HandCalls } from "./hand-api";

export type SkuState = SkuView;
export type ChannelState = ChannelView;
export type StreamState = StreamView;

/** One line of the pane's log: a code of `locale` and its parameters. */
export type ActivityLine = Activity;

/** The stream that a rehearsal would play: shown before it starts. */
export interface NextStream {
  readonly sku: Sku;
  readonly creator: string;
  readonly followers: number;
  readonly planned: number;
}

export interface EngineState {
  readonly book: BookId;
  /** "starting" until the ledger is read; "follower": another window leads, this one shows. */
  readonly role: "starting" | "leader" | "follower" | "stopped";
  /**
   * Why `role` is "stopped": a BookFaultCode, which locale has words for; null otherwise. A full disk
   * and a window with older code pass by themselves, the others need a person.
   */
  readonly fault: { readonly code: string; readonly detail: string } | null;
  readonly companion: { readonly ok: boolean; readonly lostAt: number | null };
  /** Entries that the journal has not confirmed yet. */
  readonly journalBacklog: number;
  readonly entries: number;
  readonly skus: readonly SkuState[];
  readonly channels: readonly ChannelState[];
  /** What an alert asks the seller, with a countdown; the one that ends first comes first. */
  readonly asks: readonly AskView[];
  /** How alerts act in streams that say nothing themselves; null: as their policy does. */
  readonly acts: AlertActs | null;
  /** Channels that the seller holds at 0 by hand. */
  readonly held: readonly ChannelId[];
  /** Constants of the method that differ from the seed's. */
  readonly constants: SetConstants;
  /** Numbers of channels that nobody can explain, the oldest first. */
  readonly drifts: readonly DriftView[];
  /** Nobody watched, and not everything was read again since: nothing is sellable. */
  readonly gap: GapView | null;
  /** The latency test that runs, or the last one of this worker. */
  readonly latency: LatencyView | null;
  /** What could be rehearsed; null where there is no rehearsal. */
  readonly next: NextStream | null;
  readonly stream: StreamState | null;
  readonly review: Review | null;
  /** Newest first, at most 50. */
  readonly activity: readonly ActivityLine[];
  /** Every channel with the state of its connection; null: the companion has not told yet. */
  readonly connections: readonly Connection[] | null;
  /** What takes long and is under way: reading a shop's listings, or a file. */
  readonly work: Work | null;
}

/** What changed since the last one sent. Absent = unchanged; `skus` holds only rows that changed. */
export type EngineDelta = Partial<Omit<EngineState, "skus">> & {
  readonly skus?: readonly SkuState[];
  /** Rows not sent are as old as the channels they are listed on: their `asOf` follows from these. */
  readonly aged?: true;
};

export type CommandRefusal = Refused;

export type Connection = ChannelConnection;

/** Two books (architecture.md 2): the newest rehearsal, or the shops that are connected. */
export type BookChoice = "rehearsal" | "live";

export type Work =
  | { readonly kind: "listings"; readonly channel: ChannelId; readonly found: number }
  | { readonly kind: "file"; readonly stage: Progress["stage"]; readonly done: number };

export type ShopRefusal =
  | CommandRefusal
  /** One of the fields is missing or has the wrong form. */
  | { readonly code: "bad_field"; readonly field: string }
  | { readonly code: "no_consent" | "code_refused" | "keys_refused" | "set_by_file" }
  | { readonly code: "channel_unreachable" | "nothing_connected" | "reading_gone" }
  /** The channel itself refused; `kind` has words in locale. */
  | { readonly code: "channel"; readonly kind: Refusal["kind"]; readonly detail: string };

/** `openUrl`: the channel's consent page, for the seller's own browser; null: nothing left to do. */
export interface ConnectStep {
  readonly state: Connection["state"];
  readonly openUrl: string | null;
}

/** What the live test found. */
export interface ShopTest {
  /** "" where the channel does not tell it. */
  readonly shopName: string;
  /** Rights that the product needs and the seller did not give, as the channel names them. */
  readonly missing: readonly string[];
  /** Listings on the first page; `more`: there are others. */
  readonly listings: number;
  readonly more: boolean;
}

export interface ShopListing {
  readonly channel: ChannelId;
  readonly listingId: string;
  /** What the channel shows, units; null: it did not say. */
  readonly shown: number | null;
  readonly onSale: boolean;
  readonly warnings: readonly ListingWarning[];
}

export interface ShopSku {
  readonly sku: Sku;
  readonly title: string;
  readonly listings: readonly ShopListing[];
  /** The smallest number that its listings show, never the sum; null: none shows one. */
  readonly suggested: number | null;
  /** True: the live book has it already, and its count stays as it is. */
  readonly isKnown: boolean;
}

export interface ShopBundle {
  readonly sku: Sku;
  readonly title: string;
  readonly listings: readonly ShopListing[];
  readonly parts: readonly { readonly sku: Sku; readonly units: number }[];
}

/** A listing that is left alone, and why. */
export interface UnmappedListing {
  readonly channel: ChannelId;
  readonly listingId: string;
  readonly title: string;
  readonly reason: "no_sku" | "sku_too_long" | "not_tracked" | "no_location" | "parts_unknown";
}

/** What the connected shops list, before anything is booked. */
export interface ShopReading {
  readonly skus: readonly ShopSku[];
  readonly bundles: readonly ShopBundle[];
  readonly unmapped: readonly UnmappedListing[];
  /** Shipped by the platform: not the seller's stock. */
  readonly byPlatform: number;
  /** Channels that could not be read whole. */
  readonly failed: readonly {
    readonly channel: ChannelId;
    readonly kind: Refusal["kind"];
    readonly detail: string;
  }[];
}

export interface ShopCalls {
  connect(
    channel: ChannelId,
    fields: Readonly<Record<string, string>>,
  ): Promise<Result<ConnectStep, ShopRefusal>>;
  /** What the consent page gave: its whole address or the code in it. */
  pasteCode(channel: ChannelId, pasted: string): Promise<Result<ConnectStep, ShopRefusal>>;
  disconnect(channel: ChannelId): Promise<Result<null, ShopRefusal>>;
  /** Asks the channel itself, with the live shop's keys; changes nothing. */
  test(channel: ChannelId): Promise<Result<ShopTest, ShopRefusal>>;
  readShops(): Promise<Result<ShopReading, ShopRefusal>>;
  /**
   * Maps the listings of the last reading and books the first counts, then opens the live book.
   * Units by SKU; a new SKU without a count is left alone.
   */
  takeShops(counts: Readonly<Record<string, number>>): Promise<Result<null, ShopRefusal>>;
  openBook(choice: BookChoice): Promise<Result<null, CommandRefusal>>;
}

export type ImportMapping = Mapping;
export type ImportRow = RowRefusal | LeftOut;

export type ImportRefusal =
  | CommandRefusal
  | { readonly code: "file"; readonly reason: FileRefusalCode; readonly detail: string }
  /** Imports go to the live book, and another one is open. */
  | { readonly code: "not_live" }
  /** Stock moved since the preview: look again. */
  | { readonly code: "plan_is_stale" }
  | { readonly code: "no_plan" };

export type ImportSource =
  | {
      readonly kind: "file";
      readonly bytes: Blob;
      /** The file's own date, ms: its numbers are from then. */
      readonly madeAt: number;
    }
  | { readonly kind: "text"; readonly text: string };

/** What the file was taken for. */
export interface ImportOpened {
  readonly recognised: Recognised;
  readonly source: OpenedExport["source"];
}

export interface ImportPreview {
  readonly summary: ImportSummary;
  /** The first rows of each list. */
  readonly page: ImportPage;
}

export interface ImportCalls {
  /** Reads a file as far as telling what it is. */
  open(source: ImportSource): Promise<Result<ImportOpened, ImportRefusal>>;
  /** `zone`: IANA name of the shop's time zone. */
  preview(mapping: Mapping, zone: string): Promise<Result<ImportPreview, ImportRefusal>>;
  /** More rows of the preview: of each list `count` from `from` on. */
  page(from: number, count: number): Promise<ImportPage | null>;
  /** Books the preview, all of it or nothing. */
  apply(): Promise<Result<null, ImportRefusal>>;
  /** Ends whatever of this is under way and forgets the file. */
  cancel(): Promise<null>;
}

/** One SKU of a proof. */
export interface ProofOrderLine {
  readonly sku: string;
  /** The stream whose reservation counts; null = what is free alone. */
  readonly streamId: string | null;
  /** Sales expected of the stream, units; null = not to be said. */
  readonly expected: number | null;
  /** What the creator asks for, units: usually 3 x expected (requirement 19). */
  readonly requirement: number;
}

export interface ProofOrder {
  /** The creator's language: the sheet is written in it. */
  readonly locale: "en" | "zh-CN";
  /** As the creator knows the seller; by this name the checking page remembers her key. */
  readonly seller: string;
  readonly creator: string;
  /** ms; at most 31 days ahead. */
  readonly validUntil: number;
  /** 1 to 200. */
  readonly lines: readonly ProofOrderLine[];
}

export interface MadeProof {
  /** An .xlsx file. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** A name to save it under, with its ending. */
  readonly name: string;
  /** Of the key that sealed it, to be read out in a call: 24 digits in six groups. */
  readonly fingerprint: string;
}

export type ProofRefusal =
  | CommandRefusal
  | { readonly code: "no_sku"; readonly sku: string }
  /** A channel that lists one of the SKUs was not read for ten minutes, or not yet. */
  | { readonly code: "stale"; readonly channel: ChannelId }
  /** The keychain does not open the key; a new one would look like another seller. */
  | { readonly code: "key_locked" }
  /** One of the fields is not as it must be; detail names it. */
  | { readonly code: "bad_proof"; readonly detail: string };

export interface ProofCalls {
  /** Of the open book's key, which is made on first use. A rehearsal's is another than the live one. */
  fingerprint(): Promise<Result<string, ProofRefusal>>;
  /** A signed workbook of what the open book says now. */
  make(order: ProofOrder): Promise<Result<MadeProof, ProofRefusal>>;
}

/** How a row of the plan sheet was left. */
export interface ReservedRow {
  readonly standing: PlanStanding;
  /** Null: all that the row asks for is booked. */
  readonly refusal: PlanRefusal | null;
}

/** What the sheets of the workbook ask of the open book. */
export interface SheetDeskCalls {
  look(rows: readonly PlanRow[]): Promise<readonly PlanStanding[]>;
  /** Rows in this order; each is booked or refused by itself. */
  reserve(rows: readonly PlanRow[]): Promise<Result<readonly ReservedRow[], CommandRefusal>>;
  /** Null while it cannot be told: the stream has not started, or the book is being written. */
  timeline(streamId: string): Promise<Timeline | null>;
}

export interface WorkerApi {
  /** Starts the engine. Called once; answers when the ledger is read. */
  start(options: {
    origin: string;
    token: string;
    book: BookChoice;
  }): Promise<Result<EngineState, CommandRefusal>>;
  /** Deltas from now on, at most ten a second. */
  subscribe(listener: (delta: EngineDelta) => void): Promise<EngineState>;
  /** `planned` units from the workbook, or null: the engine works the plan out itself. */
  startRehearsal(options: {
    speed: number;
    planned: number | null;
  }): Promise<Result<null, CommandRefusal>>;
  stopRehearsal(): Promise<Result<null, CommandRefusal>>;
  /** Gives what is left of the ended stream's reservation back to the free pool. */
  releaseReservation(): Promise<Result<{ units: number }, CommandRefusal>>;
  /** Units sold on each of the last 30 complete days, oldest first; null = unknown SKU. */
  dailySales(sku: string): Promise<readonly number[] | null>;
  readonly shops: ShopCalls & ProxyMarked;
  readonly imports: ImportCalls & ProxyMarked;
  readonly engine: EngineCalls & ProxyMarked;
  readonly hand: HandCalls & ProxyMarked;
  readonly proofs: ProofCalls & ProxyMarked;
  readonly sheets: SheetDeskCalls & ProxyMarked;
}
