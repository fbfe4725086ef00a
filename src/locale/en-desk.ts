/** English for planning, the run-book, proofs, stock, settings and health. */
import type { DeskMessages } from "./desk-messages";
import { formatsOf, plural } from "./formats";

const { number, duration } = formatsOf("en");
const moment = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });
const units = (n: number) => `${number(n)} ${plural(n, "unit", "units")}`;

export const enDesk: DeskMessages = {
  moment: (at) => moment.format(at),
  loading: "One moment…",

  runBookTitle: "When stock ends",
  runBookSoldOut: "Sold out. Go through these steps now.",
  runBookLow: "Nearly sold out. Get ready.",
  runBookDone: (done, of) => `${number(done)} of ${number(of)} done`,
  runBookStep: {
    told_creator: { title: "Tell the creator", next: "At once: this item is finished." },
    switched: { title: "Switch to another item", next: "These have the most left to sell:" },
    said_it: { title: "Say it on stream", next: "Copy the sentence for the creator:" },
    asked_supplier: {
      title: "Ask the supplier",
      next: "Can units be here within 2 hours? The timer starts when you tick this.",
    },
    wait_list: {
      title: "Note who waits",
      next: "Write down who asked, and message them when it is back.",
    },
    stopped_ads: {
      title: "Pause the ads",
      next: "Ads for an item that is sold out go on costing money for hours.",
    },
  },
  runBookNothingElse: "No other SKU has units to sell on this channel.",
  runBookLeft: (sku, n) => `${sku}: ${units(n)}`,
  runBookCopy: { en: "Copy in English", "zh-CN": "Copy in Chinese" },
  runBookCopied: "Copied.",
  runBookCopyFailed: "This browser does not let it be copied. Select the sentence and copy it.",
  runBookTimer: (ms) => `${duration(ms)} left for the supplier`,
  runBookTimerOver: "The 2 hours are over. No answer means no restock today: say so on stream.",
  runBookAt: (at) => `done ${moment.format(at)}`,

  streamsTitle: "Streams",
  streamsNone: "No stream yet. Plan the first one below.",
  streamsAgain: "Look again",
  streamPhase: { preparing: "Planned", running: "On air", settling: "Last orders", ended: "Over" },
  streamPlanned: (planned, reserved, shortBy) =>
    `${number(planned)} planned, ${number(reserved)} reserved${shortBy > 0 ? `, ${number(shortBy)} short` : ""}`,
  streamSold: (sold, planned) => `${number(sold)} sold of ${number(planned)} planned`,
  streamChange: "Change",
  formTitle: "Plan a stream",
  formChange: "Change this stream",
  formNeedsLive:
    "A rehearsal is open, and it brings its own stream. Streams with a date belong to your live book.",
  formGoLive: "Go to Channels",
  formCreator: "Creator",
  formFollowers: "Followers",
  formSku: "SKU",
  formStart: "Starts (this computer's time)",
  formMinutes: "Length in minutes",
  formChannel: "Streams on",
  formPolicy: "How stock is shared",
  formPlanned: "Units to reserve",
  formSave: "Plan and reserve",
  formSaving: "Saving…",
  formSaved: {
    title: "Planned",
    next: "It reserves itself 5 days before the start, starts by itself, and gives back what is left a day after the end.",
  },
  formNew: "Plan another one",
  formRequired: "This is needed.",
  forecastTitle: "Forecast",
  forecastNone: "Choose a SKU and the creator's followers: the forecast follows.",
  forecastTake: (n) => `Plan ${units(n)}`,
  forecastSpread: (p50, p90) =>
    `Half of such streams stay under ${number(p50)}, nine of ten under ${number(p90)}.`,
  forecastAsk: (n) => `Creators usually ask for 3×: ${units(n)}.`,
  pastTitle: (creator) => `Last streams of ${creator}`,
  pastNone: "No stream of this creator in the book: first time, so no data.",
  sheetsTitle: "In the workbook",
  sheetsHow: "The same streams, live numbers and review as sheets. Made only when you ask.",
  sheetTrouble: {
    protected: "The sheet is protected. Take the protection off, then try again.",
    cell_edit: "A cell is being edited. Press Enter in the sheet, then try again.",
    no_sku_column: "The SKU column is gone from the Live table. Undo that, or make the sheet anew.",
    failed: "Excel did not take it. Try again.",
    no_rows: "There is no filled row on the Streams sheet. Open it and fill one in.",
  },
  sheetRow: (sku, n, missing) =>
    missing > 0
      ? `${sku}: ${units(n)} reserved, ${number(missing)} missing`
      : `${sku}: ${units(n)} reserved`,
  sheetRepaired: (n) =>
    n === 0
      ? "No formula needed repair."
      : `${number(n)} ${plural(n, "formula", "formulas")} repaired.`,

  proofTitle: "Proof for a creator",
  proofHow: "A signed sheet that says what is there and reserved. Every changed digit is noticed.",
  proofSeller: "Your shop's name, as the creator knows it",
  proofExpected: "Sales expected",
  proofRequirement: (n) => `Asked for: ${units(n)} (3×)`,
  proofDays: "Valid for days (1–31)",
  proofLanguage: "The creator's language",
  proofMake: "Make the proof",
  proofMaking: "Signing…",
  proofMade: {
    title: "The proof is saved",
    next: "Send the creator the file and the checking page. Read the fingerprint out in a call.",
  },
  proofPage: "Save the checking page",
  proofFingerprint: "Fingerprint of your key",
  proofFingerprintHow: "It is always the same for this book. On the creator's page it must match.",
  proofRefusal: {
    no_sku: (sku) => `${sku} is not in the open book. Choose another SKU.`,
    stale: (channel) =>
      `${channel} was not read for 10 minutes, so nothing can be promised. Test it under Channels.`,
    key_locked: () => "The keychain of this computer is locked. Unlock it, then try again.",
    bad_proof: (detail) =>
      `One field is not as it must be. Correct it and try again. ${detail}`.trim(),
  },
  proofNothing: "There is no SKU to prove yet. Rehearse a stream or open your live book.",

  timelineTitle: "Minute by minute",
  timelineSummary: (sold, left) => `${units(sold)} sold, ${number(left)} left at the end.`,
  timelineSold: "Sold",
  timelineStock: "Stock left",
  suggestionsTitle: "For the next stream",

  stockSearch: "Search SKU or title",
  stockCount: (shown, all) =>
    shown === all ? `${number(all)} SKUs` : `${number(shown)} of ${number(all)} SKUs`,
  stockNothing: (text) => `Nothing matches “${text}”.`,
  stockFree: "Free",
  stockClear: "Show all",
  stockListLabel: "SKUs, with on hand, committed, reserved and free units",

  houseTitle: "Health",
  houseBook: "Open book",
  houseEntries: "Entries in the ledger",
  houseJournal: "Safe copy",
  houseJournalOk: "complete",
  houseJournalBehind: (n) => `${number(n)} waiting; leave the pane open`,
  houseJournalDown: "companion not answering: start it again",
  houseLease: "This window",
  houseRole: {
    starting: "is opening the book",
    leader: "syncs; keep it open during streams",
    follower: "shows what another window syncs",
    stopped: "stopped; see the message above",
  },
  houseStorage: "Storage",
  houseStorageUsed: (megabytes, share) => `${number(megabytes)} MB, ${share} of what is allowed`,
  houseStorageUnknown: "the browser does not tell",
  houseKept: (kept) =>
    kept ? "protected from clean-up" : "may be cleaned up by the browser; the safe copy stays",
  houseSheets: "Live sheet",
  houseSheetsOk: "level, or not made",
  houseLog: "Save the log",
  houseLogHow: "A text file with what is shown here, for whoever helps you. No keys, no buyers.",
};
