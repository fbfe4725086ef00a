/** The stock proof in English. */
import { plural } from "./formats";
import type { ProofMessages } from "./proof-messages";

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;

function duration(ms: number): string {
  const minutes = Math.floor(Math.max(0, ms) / MINUTE_MS);
  const days = Math.floor(minutes / DAY_MINUTES);
  const hours = Math.floor((minutes % DAY_MINUTES) / HOUR_MINUTES);
  const counted = (n: number, one: string) => `${n} ${plural(n, one, `${one}s`)}`;
  if (days > 0) return hours > 0 ? `${counted(days, "day")} ${hours} hr` : counted(days, "day");
  if (hours > 0) return `${hours} hr ${minutes % HOUR_MINUTES} min`;
  return minutes > 0 ? `${minutes} min` : "less than a minute";
}

const day = new Intl.DateTimeFormat("en", { dateStyle: "long" });

export const enProof: ProofMessages = {
  duration,
  day: (at) => day.format(at),
  sheet: {
    tab: "Stock proof",
    title: "Stock proof",
    subtitle:
      "What the seller's stock book said at the time below, sealed so that no digit can be changed unseen.",
    rehearsal: "REHEARSAL: practice figures, not real stock. This proves nothing about goods.",
    seller: "Seller",
    creator: "For",
    stream: "Stream",
    notDated: "no date yet",
    asOf: "As of",
    validUntil: "Valid until",
    fingerprint: "Key fingerprint",
    book: "Stock book",
    columns: {
      sku: "SKU",
      onHand: "On hand",
      reserved: "Reserved for this stream",
      available: "This stream can sell",
      expected: "Expected sales",
      requirement: "You require",
      missing: "Missing",
    },
    notSaid: "not said",
    waysOut:
      "Where units are missing there are two ways: a smaller promise on stream, or new terms for the commission.",
    provesTitle: "What this proves",
    proves: [
      "The seller's stock book said exactly these numbers at the time above, and nothing here was changed since.",
      "It was sealed with the key of the fingerprint above. Read it out to each other in a call once: every later proof with the same fingerprint is from the same seller.",
      "The number and hash of the stock book fix all its entries up to then. The seller cannot rewrite them later without it being seen.",
      "On hand counts what is in the warehouse. Goods on their way are not counted.",
    ],
    provesNotTitle: "What it does not prove",
    provesNot: [
      "That the boxes exist. It repeats the seller's own book; ask for a photo or a count if you need one.",
      'That the stock is still there now. After "Valid until", ask for a new proof.',
      'That more stays for you than is reserved. "This stream can sell" includes free units, and other channels may sell those first.',
    ],
    checkTitle: "How to check it",
    check: [
      "Open the page streamstock-verify.html in a browser and drop this file in. It needs no account and no internet.",
      "You may look at and save this file in Excel, WPS or LibreOffice. Change nothing in it.",
    ],
    sealTitle: "Seal",
  },
  check: {
    title: "Check a stock proof",
    intro:
      "A seller sent you an Excel file with stock figures? See here whether they are exactly what the seller sealed, and still valid.",
    drop: "Drop the proof here",
    choose: "Choose a file",
    another: "Check another file",
    working: "Checking…",
    privacy: "The file stays on this device. This page sends nothing and works without internet.",
    language: "Language",
    ownName: "EN",
    between: " ",
    numbers: "en",
    verdict: {
      true: "True",
      expired: "Expired",
      changed: "Changed",
      other_key: "Other key",
      rehearsal: "Rehearsal only",
      early: "Not yet valid",
      not_a_proof: "Not a proof",
      refused: "Cannot be read",
    },
    advice: {
      true: "Every cell is as the seller sealed it.",
      expired:
        "Every cell is as the seller sealed it, but the stock may have changed since. Ask the seller for a new proof.",
      changed:
        "This file is not what the seller sealed. Do not rely on any number in it: ask the seller to send the proof again.",
      other_key:
        "The seal is good, but it is not by the key that this seller used before. Someone else may have made it. Call the seller and compare the fingerprint before you rely on it.",
      rehearsal:
        "The seal is good, but these are practice figures of a rehearsal. They say nothing about real stock.",
      early:
        "Its time lies in the future. Check the clock of this device; if it is right, ask the seller for a new proof.",
      not_a_proof:
        "There is no seal in this workbook. Was it copied into a new file? Ask the seller for the original.",
      refused: "This file is not opened.",
    },
    refusal: {
      too_large: "It is larger than any proof, or unpacks to too much.",
      unsafe: "It is built in a way that no honest workbook is. Do not open it elsewhere either.",
      broken: "It is cut short or damaged. Download it again, or ask the seller to send it again.",
      old_excel: "It is an old .xls file or has a password. A proof is an .xlsx file without one.",
      not_a_workbook: "It is no Excel workbook. A proof is an .xlsx file.",
    },
    expiredFor: (length) => `Its time was over ${length} ago.`,
    validFor: (length) => `Valid for another ${length}.`,
    differencesTitle: "What differs",
    difference: {
      changed: (where) => `Cell ${where} was changed.`,
      added: (where) => `Cell ${where} was added.`,
      missing: (where) => `Cell ${where} was emptied.`,
      formula: (where) => `Cell ${where} holds a formula. A proof holds values only.`,
      disguised: (where) => `Cell ${where} is formatted so that it shows something else.`,
      hidden: (where) => `${where} is hidden from view.`,
      sheet: (where) => `There is a sheet that does not belong here: ${where}.`,
      extra: (where) => `There is something that does not belong here: ${where}.`,
      seal: (where) => `The seal itself was changed (${where}).`,
    },
    nowSays: (text) => `It now says: ${text}`,
    moreDifferences: (n) => `And ${n} more.`,
    noMap: "Which cell it was cannot be told.",
    figuresTitle: "What the seller sealed",
    figuresHint:
      "These figures are read from the file itself. If another program shows you others, these are the ones that count.",
    keyTitle: "Key fingerprint",
    keyFirst:
      "This is the first proof of this seller on this device. Call the seller and compare these digits: they also stand in the seller's StreamStock.",
    keyKnown: (since) =>
      `The same key as on earlier proofs of this seller, known here since ${since}.`,
    keyCompared: (since) => `The key that you compared with the seller on ${since}.`,
    keyOther: (since) =>
      `Earlier proofs of this seller, known here since ${since}, had another key.`,
    keyBefore: "Before",
    keyHere: "In this file",
    compare: "I compared it with the seller",
    trustOther: "I called the seller: the new key is theirs",
    notRemembered:
      "This browser keeps nothing for this page, so a change of key will not be noticed here. Write the fingerprint down.",
    noCrypto:
      "This browser cannot check signatures here. Open the page in a current Chrome, Edge, Firefox or Safari.",
    limitsTitle: "What a true proof does not tell",
    limits: [
      "Whether the boxes exist: it repeats the seller's own stock book.",
      'How much is left now: it speaks of the time under "As of".',
      "Whose key it is: only comparing the fingerprint in a call tells you.",
    ],
  },
  terminal: {
    usage: [
      "Usage: npm run verify FILE",
      '       npm run verify -- FILE [--key "FINGERPRINT"] [--json]',
      "",
      "  --key   the fingerprint that the seller read out; another key is told",
      "  --json  one JSON object instead of sentences",
      "",
      "Ends with 0: true; 1: changed, expired, other key, rehearsal, not yet valid; 2: cannot be checked.",
    ].join("\n"),
    noFile: (name) => `There is no such file: ${name}`,
    notFile: (name) => `This cannot be read as a file: ${name}`,
    badKey: "A fingerprint has 24 digits.",
    file: "File",
    keyHint:
      "Compare this with the fingerprint that the seller reads out to you, or pass it with --key.",
    keySame: "The fingerprint is the one that you gave.",
  },
};
