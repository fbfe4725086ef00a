/** What the pane says on its planning screens and in the run-book (messages.ts has the rest). */
import type { Explained } from "./explained";

export type StreamPhaseName = "preparing" | "running" | "settling" | "ended";
/** Steps of the run-book, in order; the ledger keeps these codes. */
export const runBookSteps = [
  "told_creator",
  "switched",
  "said_it",
  "asked_supplier",
  "wait_list",
  "stopped_ads",
] as const;
export type RunBookStep = (typeof runBookSteps)[number];
export type ProofRefusalName = "no_sku" | "stale" | "key_locked" | "bad_proof";

/** Why the sheets did not take a wish; the worker's own refusals are in Messages.refusal. */
export type SheetTroubleName = "protected" | "cell_edit" | "no_sku_column" | "failed" | "no_rows";

export interface DeskMessages {
  readonly moment: (at: number) => string;
  readonly loading: string;

  // Run-book
  readonly runBookTitle: string;
  readonly runBookSoldOut: string;
  readonly runBookLow: string;
  readonly runBookDone: (done: number, of: number) => string;
  readonly runBookStep: Readonly<Record<RunBookStep, Explained>>;
  readonly runBookNothingElse: string;
  readonly runBookLeft: (sku: string, units: number) => string;
  readonly runBookCopy: Readonly<Record<"en" | "zh-CN", string>>;
  readonly runBookCopied: string;
  readonly runBookCopyFailed: string;
  readonly runBookTimer: (ms: number) => string;
  readonly runBookTimerOver: string;
  readonly runBookAt: (at: number) => string;

  // Streams and planning
  readonly streamsTitle: string;
  readonly streamsNone: string;
  readonly streamsAgain: string;
  readonly streamPhase: Readonly<Record<StreamPhaseName, string>>;
  readonly streamPlanned: (planned: number, reserved: number, shortBy: number) => string;
  readonly streamSold: (sold: number, planned: number) => string;
  readonly streamChange: string;
  readonly formTitle: string;
  readonly formChange: string;
  readonly formNeedsLive: string;
  readonly formGoLive: string;
  readonly formCreator: string;
  readonly formFollowers: string;
  readonly formSku: string;
  readonly formStart: string;
  readonly formMinutes: string;
  readonly formChannel: string;
  readonly formPolicy: string;
  readonly formPlanned: string;
  readonly formSave: string;
  readonly formSaving: string;
  readonly formSaved: Explained;
  readonly formNew: string;
  readonly formRequired: string;
  readonly forecastTitle: string;
  readonly forecastNone: string;
  readonly forecastTake: (units: number) => string;
  readonly forecastSpread: (p50: number, p90: number) => string;
  readonly forecastAsk: (units: number) => string;
  readonly pastTitle: (creator: string) => string;
  readonly pastNone: string;
  readonly sheetsTitle: string;
  readonly sheetsHow: string;
  readonly sheetTrouble: Readonly<Record<SheetTroubleName, string>>;
  readonly sheetRow: (sku: string, units: number, missing: number) => string;
  readonly sheetRepaired: (n: number) => string;

  // Proof
  readonly proofTitle: string;
  readonly proofHow: string;
  readonly proofSeller: string;
  readonly proofExpected: string;
  readonly proofRequirement: (units: number) => string;
  readonly proofDays: string;
  readonly proofLanguage: string;
  readonly proofMake: string;
  readonly proofMaking: string;
  readonly proofMade: Explained;
  readonly proofPage: string;
  readonly proofFingerprint: string;
  readonly proofFingerprintHow: string;
  readonly proofRefusal: Readonly<Record<ProofRefusalName, (detail: string) => string>>;
  readonly proofNothing: string;

  // Review
  readonly timelineTitle: string;
  readonly timelineSummary: (sold: number, left: number) => string;
  readonly timelineSold: string;
  readonly timelineStock: string;
  readonly suggestionsTitle: string;

  // Stock
  readonly stockSearch: string;
  readonly stockCount: (shown: number, all: number) => string;
  readonly stockNothing: (text: string) => string;
  readonly stockFree: string;
  readonly stockClear: string;
  readonly stockListLabel: string;

  // Settings and health
  readonly houseTitle: string;
  readonly houseBook: string;
  readonly houseEntries: string;
  readonly houseJournal: string;
  readonly houseJournalOk: string;
  readonly houseJournalBehind: (n: number) => string;
  readonly houseJournalDown: string;
  readonly houseLease: string;
  readonly houseRole: Readonly<Record<"starting" | "leader" | "follower" | "stopped", string>>;
  readonly houseStorage: string;
  readonly houseStorageUsed: (megabytes: number, percent: string) => string;
  readonly houseStorageUnknown: string;
  readonly houseKept: (kept: boolean) => string;
  readonly houseSheets: string;
  readonly houseSheetsOk: string;
  readonly houseLog: string;
  readonly houseLogHow: string;
}
