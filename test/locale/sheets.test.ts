import { describe, expect, test } from "@jest/globals";
import { sheetMessagesOf } from "../../src/locale/sheets";

/** Every text of a catalogue by its name; functions are called with what fits any of them. */
function texts(value: unknown, key = ""): readonly (readonly [string, string])[] {
  if (typeof value === "string") return [[key, value]];
  if (typeof value === "function") {
    const state = { units: 3, missing: 2, at: 1_795_000_000_000 };
    if (key === "reservation") {
      const states = [
        "incomplete",
        "not_reserved",
        "waiting",
        "reserved",
        "short",
        "released",
        "over",
      ];
      return states.map((one) => [`${key}.${one}`, value(one, state)]);
    }
    if (key === "deadline") return [[key, value("late", state.at)]];
    if (key === "timelineAlert") return [[key, value("red", 4)]];
    if (key === "reviewOf") return [[key, value("Mia", "A-1", state.at)]];
    return [[key, value(0.75, 0.5)]];
  }
  return Object.entries(value as object).flatMap(([name, inner]) =>
    texts(inner, key === "" ? name : `${key}.${name}`),
  );
}

const english = texts(sheetMessagesOf("en"));
const chinese = texts(sheetMessagesOf("zh-CN"));
const han = /\p{Script=Han}/u;

describe("the words of the sheets", () => {
  test("are the same list in both languages, and none is empty or unformatted", () => {
    expect(chinese.map(([key]) => key)).toEqual(english.map(([key]) => key));
    for (const [key, text] of [...english, ...chinese]) {
      expect([key, /undefined|NaN|\[object/.test(text), text.trim() === ""]).toEqual([
        key,
        false,
        false,
      ]);
    }
  });

  test("are each in their own language", () => {
    expect(english.filter(([, text]) => han.test(text))).toEqual([]);
    const names = new Set(["sheet.live", "planColumn.sku"]);
    expect(chinese.filter(([key, text]) => !names.has(key) && !han.test(text))).toEqual([]);
  });

  test("texts that are coloured begin with the words that their colours look for", () => {
    for (const locale of ["en", "zh-CN"] as const) {
      const words = sheetMessagesOf(locale);
      const told = { units: 3, missing: 2, at: null };
      expect(words.reservation("short", told).startsWith(words.reservationStart.short)).toBe(true);
      expect(words.reservation("reserved", told).startsWith(words.reservationStart.reserved)).toBe(
        true,
      );
      for (const urgency of ["in_time", "due", "late"] as const) {
        expect(words.deadline(urgency, 0).startsWith(words.urgency[urgency])).toBe(true);
      }
    }
  });
});
