/** What cells say: the same things in both languages, nothing empty, nothing half translated. */
import { expect, test } from "@jest/globals";
import { functionMessagesOf } from "../../src/locale/function-locale";

const plan = {
  ...{ units: 405, base: 15, multiplier: 15, coefficient: 1.5, buffer: 1.2 },
  ...{ followers: 80_000, streams: 3, service: 0.617 },
};

function said(value: unknown, key: string): readonly (readonly [string, string])[] {
  if (typeof value === "string") return [[key, value]];
  if (typeof value === "function") {
    if (key === "planTold") {
      return [
        [key, value(plan)] as const,
        [`${key}.cold`, value({ ...plan, base: null })] as const,
      ];
    }
    if (key === "join") return [[key, value(["1", "2"])]];
    const texts = /^(skuNear|measure\w+|numberMissing|\w+On|alertLeft|cardTitle)$/;
    return [[key, texts.test(key) ? value("X1", 2) : value(0.5, 0.25, 3, 0.01)]];
  }
  return Object.entries(value as object).flatMap(([name, inner]) =>
    said(inner, key === "" ? name : `${key}.${name}`),
  );
}

const english = said(functionMessagesOf("en"), "");
const chinese = said(functionMessagesOf("zh-CN"), "");
const han = /\p{Script=Han}/u;

test("both languages say the same things", () => {
  // How else a number may be called differs from language to language.
  const keys = (list: typeof english) =>
    list.map(([key]) => key).filter((key) => !/^(measureAlso|yes)\./.test(key));
  expect(keys(chinese)).toEqual(keys(english));
  expect(english.length).toBeGreaterThan(90);
});

test("nothing is empty or made of pieces that are missing", () => {
  for (const [key, text] of [...english, ...chinese]) {
    expect([key, text.trim()]).not.toEqual([key, ""]);
    expect([key, /undefined|NaN|null|\[object|\$\{/.exec(text)]).toEqual([key, null]);
  }
});

test("English has no Chinese in it, and Chinese is Chinese but for names and signs", () => {
  expect(english.filter(([, text]) => han.test(text))).toEqual([]);
  expect(chinese.filter(([key, text]) => key !== "join" && !han.test(text))).toEqual([]);
});

test("both forms of a verdict are said: with units missing, and with enough", () => {
  for (const locale of ["en", "zh-CN"] as const) {
    const words = functionMessagesOf(locale);
    expect(words.updateTold(900, 0.9, 390)).not.toBe(words.updateTold(900, 0.9, 0));
    expect(words.pledgeTold(338, 262)).toContain("262");
    expect(words.pledgeTold(338, 0)).not.toContain("262");
    expect(words.oversellTold(0.6, 0, 4, 0.005)).toContain("4");
    expect(words.oversellTold(0.001, 5, 4, 0.005)).not.toContain("0.5%");
  }
});
