import { describe, expect, test } from "@jest/globals";
import { deskMessagesOf, handMessagesOf, paneMessagesOf } from "../../src/locale/pane-locale";
import { soldOutSentence } from "../../src/locale/sold-out-sentence";

/** Every plain text of a catalogue, and the names of all that it says. */
function texts(value: unknown, key: string): readonly (readonly [string, string])[] {
  if (typeof value === "string") return [[key, value]];
  if (typeof value === "function") return [[key, "()"]];
  return Object.entries(value as object).flatMap(([name, inner]) => texts(inner, `${key}.${name}`));
}

const han = /\p{Script=Han}/u;

describe("the words of the pane's screens", () => {
  const english = [
    ...texts(paneMessagesOf("en"), "pane"),
    ...texts(deskMessagesOf("en"), "desk"),
    ...texts(handMessagesOf("en"), "hand"),
  ];
  const chinese = [
    ...texts(paneMessagesOf("zh-CN"), "pane"),
    ...texts(deskMessagesOf("zh-CN"), "desk"),
    ...texts(handMessagesOf("zh-CN"), "hand"),
  ];

  test("say the same things in both languages, and nothing is empty", () => {
    expect(chinese.map(([key]) => key).sort()).toEqual(english.map(([key]) => key).sort());
    expect(english.length).toBeGreaterThan(200);
    expect([...english, ...chinese].filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  test("are Chinese in Chinese and English in English", () => {
    expect(english.filter(([, text]) => han.test(text))).toEqual([]);
    expect(chinese.filter(([, text]) => text !== "()" && !han.test(text))).toEqual([]);
  });

  test("know one from many", () => {
    const { askTitle, driftBy } = paneMessagesOf("en");
    expect(askTitle("stop_live", 1, "eBay")).toBe("Last 1 unit. Stop selling on eBay?");
    expect(driftBy(-1)).toBe("1 unit fewer");
    expect(driftBy(3)).toBe("3 units more");
  });

  test("have the sentence for the stream in both languages, whatever the pane speaks", () => {
    expect(han.test(soldOutSentence["zh-CN"])).toBe(true);
    expect(han.test(soldOutSentence.en)).toBe(false);
  });
});
