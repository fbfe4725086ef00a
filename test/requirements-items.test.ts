/**
 * All 81 items of the seed method: each is named by a test of requirements*.test.ts or stands in
 * the table below, with the reason why it is not of stock, planning or review.
 */
import { expect, test } from "@jest/globals";
import { readdirSync, readFileSync } from "node:fs";

/** Item, and what it is instead. */
const elsewhere: ReadonlyMap<number, string> = new Map([
  [1, "the aim of the product: protect the stream first; nothing to compute"],
  [3, "advice: three notes of risk beside a review, words of the review sheet"],
  [4, "a claim of effect, never shown; it contradicts item 9, which is tested"],
  [7, "a claim about sellers; that several channels are the normal case is the sync engine's"],
  [17, "advice about followers' trust"],
  [32, "pace and age of readings: the sync engine's, and the cells and panes that show the age"],
  [33, "which channels are read, and how often: the channels' and the sync engine's"],
  [44, "a claim of effect, never shown; the simulation takes its place"],
  [45, "half an hour for people; the review in one click is the review sheet's"],
  [57, "a claim about time saved"],
  [58, "exports read by paste and file: the channels' way without an API, and the workbook's"],
  [59, "what TikTok's own back office shows: the TikTok channel's"],
  [60, "a claim about tools and prices; what they do is item 62"],
  [61, "a claim about returns"],
  [66, "an advertisement"],
  [68, "why a channel is late, its pace or its limits: the health of the sync engine"],
  [69, "the check before a stream: the sync engine's pre-flight list"],
  [73, "the sentence to say on stream: words in two languages, the pane's run-book"],
  [74, "the wait-list of viewers: the pane's run-book, kept local"],
  [80, "a summary and claims; its parts are items 20, 28, 32 and 55"],
]);

/** "item 5", "items 21 to 23", "items 8 and 19", "items 16, 18 and 19". */
function itemsIn(title: string): number[] {
  const [, told] = /\bitems? ((?:\d+(?:, | and | to )?)+)/.exec(title) ?? [];
  if (told === undefined) return [];
  return told.split(/, | and /).flatMap((part) => {
    const [from = 0, to = from] = part.split(" to ").map(Number);
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
}

const named = new Set(
  readdirSync("test")
    .filter((name) => /^requirements.*\.test\.ts$/.test(name))
    .map((name) => readFileSync(`test/${name}`, "utf8"))
    .flatMap((text) => [...text.matchAll(/"(items? \d[^"\n]*)"/g)])
    .flatMap(([, title = ""]) => (title.includes(":") ? itemsIn(title) : [])),
);

test("every item is tested by its number, or says why it is not of stock, planning or review", () => {
  const all = Array.from({ length: 81 }, (_, i) => i + 1);
  expect(all.filter((item) => !named.has(item) && !elsewhere.has(item))).toEqual([]);
  expect(all.filter((item) => named.has(item) && elsewhere.has(item))).toEqual([]);
  expect([...named, ...elsewhere.keys()].filter((item) => !all.includes(item))).toEqual([]);
});

test("titles are read as a person reads them", () => {
  expect(itemsIn("items 21 to 23: x")).toEqual([21, 22, 23]);
  expect(itemsIn("items 16, 18 and 19: x")).toEqual([16, 18, 19]);
  expect(itemsIn("item 24: with 3 rows")).toEqual([24]);
});
