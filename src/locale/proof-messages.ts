/**
 * The words of a stock proof: on its sheet, on the page that checks it, and in the terminal. Apart from
 * the pane's words, since the page is one file that travels alone; `proof-locale.ts` picks the
 * language.
 */

/** The verdicts on a file, the worst first. */
export type ProofVerdictName =
  "refused" | "not_a_proof" | "changed" | "rehearsal" | "other_key" | "early" | "expired" | "true";

/** In what way a sheet differs from what was signed. */
export type ProofDifferenceName =
  "changed" | "added" | "missing" | "formula" | "disguised" | "hidden" | "sheet" | "extra" | "seal";

/** Why a file is not looked into at all. */
export type ProofRefusalName = "too_large" | "unsafe" | "broken" | "old_excel" | "not_a_workbook";

export interface ProofColumns {
  readonly sku: string;
  readonly onHand: string;
  readonly reserved: string;
  readonly available: string;
  readonly expected: string;
  readonly requirement: string;
  readonly missing: string;
}

/** What stands on the sheet. Every word of it is signed. */
export interface ProofSheetWords {
  /** The name of the tab, at most 31 characters. */
  readonly tab: string;
  readonly title: string;
  readonly subtitle: string;
  readonly rehearsal: string;
  readonly seller: string;
  readonly creator: string;
  readonly stream: string;
  readonly notDated: string;
  readonly asOf: string;
  readonly validUntil: string;
  readonly fingerprint: string;
  readonly book: string;
  readonly columns: ProofColumns;
  readonly notSaid: string;
  readonly waysOut: string;
  readonly provesTitle: string;
  readonly proves: readonly string[];
  readonly provesNotTitle: string;
  readonly provesNot: readonly string[];
  readonly checkTitle: string;
  readonly check: readonly string[];
  readonly sealTitle: string;
}

export interface ProofCheckWords {
  readonly title: string;
  readonly intro: string;
  readonly drop: string;
  readonly choose: string;
  readonly another: string;
  readonly working: string;
  readonly privacy: string;
  readonly language: string;
  /** The language by its own name. */
  readonly ownName: string;
  /** Between two sentences. */
  readonly between: string;
  /** BCP 47, for numbers. */
  readonly numbers: string;
  readonly verdict: Readonly<Record<ProofVerdictName, string>>;
  /** What the verdict means and what to do now. */
  readonly advice: Readonly<Record<ProofVerdictName, string>>;
  readonly refusal: Readonly<Record<ProofRefusalName, string>>;
  readonly expiredFor: (duration: string) => string;
  readonly validFor: (duration: string) => string;
  readonly differencesTitle: string;
  readonly difference: Readonly<Record<ProofDifferenceName, (where: string) => string>>;
  readonly nowSays: (text: string) => string;
  readonly moreDifferences: (n: number) => string;
  readonly noMap: string;
  readonly figuresTitle: string;
  readonly figuresHint: string;
  readonly keyTitle: string;
  readonly keyFirst: string;
  readonly keyKnown: (since: string) => string;
  readonly keyCompared: (since: string) => string;
  readonly keyOther: (since: string) => string;
  readonly keyBefore: string;
  readonly keyHere: string;
  readonly compare: string;
  readonly trustOther: string;
  readonly notRemembered: string;
  readonly noCrypto: string;
  readonly limitsTitle: string;
  readonly limits: readonly string[];
}

export interface ProofTerminalWords {
  readonly usage: string;
  readonly noFile: (name: string) => string;
  readonly notFile: (name: string) => string;
  readonly badKey: string;
  readonly file: string;
  readonly keyHint: string;
  readonly keySame: string;
}

export interface ProofMessages {
  readonly sheet: ProofSheetWords;
  readonly check: ProofCheckWords;
  readonly terminal: ProofTerminalWords;
  /** A stretch of time in the two largest units; `ms` below 0 counts as 0. */
  readonly duration: (ms: number) => string;
  /** A day as a person writes it. */
  readonly day: (at: number) => string;
}
