import { describe, expect, test } from "@jest/globals";
import { formatsOf, plural } from "../../src/locale/formats";
import { messagesOf, pickLocale } from "../../src/locale/locale";

/** Arguments that any message function accepts: words first, then numbers. */
const activityWords = { sku: "A-1", channel: "TikTok Shop", n: 2, detail: "red" };

interface Sentence {
  readonly key: string;
  readonly text: string;
}

/** Every text of a catalogue; functions are called with arguments that fit them. */
function sentences(value: unknown, key: string): readonly Sentence[] {
  if (typeof value === "string") return [{ key, text: value }];
  if (typeof value === "function") {
    if (key.startsWith("activity.")) return [{ key, text: value(activityWords) }];
    if (key === "announceAlert") return [{ key, text: value("red") }];
    if (key === "alertCell") return [{ key, text: value("red", 20) }];
    if (key === "announceStock") return [{ key, text: value("TikTok Shop", 12, 3) }];
    if (key === "cellChannelUnlisted") return [{ key, text: value("A-1", "Shopify") }];
    const takesText = /Detail|Channel|columnSellable|bigSellable|refusal|cellSku|cellNoHistory/;
    const takesTextToo = /cellOptions|cellOutOfRange/;
    const argument = takesText.test(key) || takesTextToo.test(key) ? "X1" : 2000;
    return [{ key, text: value(argument, 60_000, 3) }];
  }
  return Object.entries(value as object).flatMap(([name, inner]) =>
    sentences(inner, key === "" ? name : `${key}.${name}`),
  );
}

const english = sentences(messagesOf("en"), "");
const chinese = sentences(messagesOf("zh-CN"), "");
const han = /\p{Script=Han}/u;

describe("the two catalogues", () => {
  test("say the same things", () => {
    expect(chinese.map(({ key }) => key)).toEqual(english.map(({ key }) => key));
    expect(english.length).toBeGreaterThan(150);
  });

  test("leave nothing empty and format every argument", () => {
    for (const { key, text } of [...english, ...chinese]) {
      expect({ key, blank: text.trim() === "" }).toEqual({ key, blank: false });
      expect({ key, text }).not.toMatchObject({
        text: expect.stringMatching(/undefined|NaN|null|\[object|\$\{/),
      });
    }
  });

  test("keep Chinese out of the English one", () => {
    expect(english.filter(({ text }) => han.test(text))).toEqual([]);
  });

  test("say in Chinese all but names, units and signs", () => {
    const names = /^(productName|channel\.|columnSku$|unknown$|cellOptionNames)/;
    const latin = chinese.filter(({ key, text }) => !names.test(key) && !han.test(text));
    expect(latin).toEqual([]);
  });

  test("leave no English sentence in the Chinese one", () => {
    // Two English words in a row, other than the names of products and channels.
    const left = chinese
      // What is quoted stands like that on somebody else's page.
      .map(({ key, text }) => ({
        key,
        text: text.replaceAll("TikTok Shop", "").replaceAll(/“[^”]*”/g, ""),
      }))
      .filter(({ text }) => /[A-Za-z]{2,} [A-Za-z]{2,}/.test(text));
    expect(left).toEqual([]);
  });

  test("tell what to do next for every fault and every refusal", () => {
    for (const locale of ["en", "zh-CN"] as const) {
      const { fault, refusal } = messagesOf(locale);
      for (const { title, next } of Object.values(fault)) expect(next).not.toBe(title);
      for (const say of Object.values(refusal)) expect(say("")).toMatch(/[.。]/);
    }
  });
});

describe("the language", () => {
  test.each([
    ["en-US", "en"],
    ["en-GB", "en"],
    ["de-DE", "en"],
    [undefined, "en"],
    ["zh-CN", "zh-CN"],
    ["zh-Hans-HK", "zh-CN"],
    ["zh-TW", "zh-CN"],
    ["ZH", "zh-CN"],
    ["zhx", "en"],
  ])("for Excel in %s is %s", (tag, locale) => {
    expect(pickLocale(tag)).toBe(locale);
  });
});

describe("formats", () => {
  const en = formatsOf("en");
  const zh = formatsOf("zh-CN");

  test("show a share with one decimal, halves upward", () => {
    expect(en.percent(360 / 405)).toBe("88.9%");
    expect(en.percent(15 / 180)).toBe("8.3%");
    expect(en.percent(0.8885)).toBe("88.9%");
    expect(en.percent(0.0625)).toBe("6.3%");
    expect(zh.percent(1)).toBe("100.0%");
  });

  test("group thousands and keep a minus", () => {
    expect(en.number(80_000)).toBe("80,000");
    expect(zh.number(-12_345)).toBe("-12,345");
  });

  test("tell the time of day with 24 hours", () => {
    const at = new Date(2026, 10, 23, 0, 3, 9).getTime();
    expect(en.clock(at)).toBe("00:03:09");
    expect(zh.clock(at + 14 * 3_600_000)).toBe("14:03:09");
  });

  test("tell a stretch of time in at most two units", () => {
    expect(en.duration(45_000)).toBe("45 sec");
    expect(en.duration(90_000)).toBe("90 sec");
    expect(en.duration(91_000)).toBe("1 min 31 sec");
    expect(en.duration(180_000)).toBe("3 min");
    expect(en.duration(3_900_000)).toBe("1 hr 5 min");
    expect(en.duration(-5)).toBe("0 sec");
    expect(zh.duration(91_000)).toBe("1分钟31秒");
  });

  test("tell an age in one unit, never from the future", () => {
    expect(en.ago(3_400)).toBe("3s ago");
    expect(en.ago(-900)).toMatch(/0s ago|now/);
    expect(zh.ago(130_000)).toBe("2分钟前");
  });

  test("know one from many", () => {
    expect(plural(1, "unit", "units")).toBe("unit");
    expect(plural(0, "unit", "units")).toBe("units");
    expect(messagesOf("en").release(1)).toBe("Release 1 unit");
    expect(messagesOf("en").release(45)).toBe("Release 45 units");
    expect(messagesOf("zh-CN").release(45)).toBe("释放 45 件");
  });

  test("put the alert's plain word and bound into the workbook's cell", () => {
    expect(messagesOf("en").alertCell("yellow", 100)).toBe("Yellow · below 100");
    expect(messagesOf("zh-CN").alertCell("none", 0)).toBe("正常");
  });
});
