/** The companion's words in both languages. */
import { expect, test } from "@jest/globals";
import { companionLocaleFor, companionMessagesOf } from "../../src/locale/companion-locale";

function sentences(value: unknown, key = ""): readonly (readonly [string, string])[] {
  if (typeof value === "string") return [[key, value]];
  if (typeof value === "function") {
    const take = value as (argument: unknown) => string;
    return [[key, take(/Title|Failed/.test(key) ? "RAIN-1" : 2)]];
  }
  return Object.entries(value as object).flatMap(([name, inner]) =>
    sentences(inner, `${key}.${name}`),
  );
}

const english = sentences(companionMessagesOf("en"));
const chinese = sentences(companionMessagesOf("zh-CN"));
const han = /\p{Script=Han}/u;

test("say the same things, each in its language, with every argument in place", () => {
  expect(chinese.map(([key]) => key)).toEqual(english.map(([key]) => key));
  expect(english.length).toBeGreaterThan(30);
  for (const [key, text] of [...english, ...chinese]) {
    expect([key, text.trim() === "", /undefined|NaN|\[object|\$\{/.test(text)]).toEqual([
      key,
      false,
      false,
    ]);
    if (/Title$/.test(key) && !/silent/.test(key)) expect(text).toContain("RAIN-1");
  }
  expect(english.filter(([, text]) => han.test(text))).toEqual([]);
  expect(chinese.filter(([, text]) => !han.test(text))).toEqual([]);
});

test("are Chinese for every Chinese, and English for the rest", () => {
  expect(["zh-CN", "zh-Hant-TW", "zh"].map(companionLocaleFor)).toEqual([
    "zh-CN",
    "zh-CN",
    "zh-CN",
  ]);
  expect(["en-GB", "de", "", "zhx"].map(companionLocaleFor)).toEqual(["en", "en", "en", "en"]);
});
