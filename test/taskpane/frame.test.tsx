import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { formatsOf } from "../../src/locale/formats";
import { isDark } from "../../src/taskpane/color-scheme";
import { languageStore } from "../../src/taskpane/language-store";
import { engineState, NOON_ISH, playedSession, streamState } from "../support/engine-state";
import { showPane } from "../support/pane";

afterEach(() => {
  cleanup();
  jest.useRealTimers();
  localStorage.clear();
});

const has = (text: string | RegExp) => screen.queryByText(text) !== null;
const alerts = () => screen.queryAllByRole("alert").map((e) => e.textContent ?? "");

describe("the book", () => {
  test("a rehearsal and the live shop are named at all times", () => {
    const session = playedSession(engineState());
    const pane = showPane(session);
    expect(has("Rehearsal")).toBe(true);
    pane.tell(() => session.send(engineState({ book: "live" })));
    expect(has("Rehearsal")).toBe(false);
    expect(has("Live")).toBe(true);
    expect(has("Changes go to your shops.")).toBe(true);
  });
});

describe("the companion", () => {
  const lost = engineState({
    stream: streamState(),
    companion: { ok: false, lostAt: NOON_ISH - 5000 },
  });

  test("its loss is an alert with the time, and its return a brief word", () => {
    const session = playedSession(engineState({ stream: streamState() }));
    const pane = showPane(session);
    expect(alerts()).toEqual([]);
    pane.tell(() => session.send(lost));
    expect(alerts()).toHaveLength(1);
    expect(alerts()[0]).toContain("StreamStock's companion is not answering");
    const since = formatsOf("en").clock(NOON_ISH - 5000);
    expect(has(`Since ${since} · 5 sec`)).toBe(true);

    pane.tell(() => session.send(engineState({ stream: streamState() })));
    expect(alerts()).toEqual([]);
    expect(has("The companion is back")).toBe(true);
    pane.pass(9000);
    expect(has("The companion is back")).toBe(false);
  });

  test("the time it is away grows outside of what is announced", () => {
    const pane = showPane(playedSession(lost));
    const before = alerts();
    pane.pass(7000);
    expect(has(/ · 12 sec$/)).toBe(true);
    expect(alerts()).toEqual(before);
  });

  test("a pane that opens with the companion up says nothing about a return", () => {
    showPane(playedSession(engineState()));
    expect(has("The companion is back")).toBe(false);
  });
});

describe("other banners", () => {
  test("a follower says that another window leads", () => {
    showPane(playedSession(engineState({ role: "follower", stream: streamState() })));
    expect(has("Another window leads")).toBe(true);
  });

  test.each([
    ["storage_full", "The disk is full"],
    ["older_tab", "Another window still runs an older StreamStock"],
    ["newer_schema", "This ledger was written by a newer StreamStock"],
    ["diverged", "This browser's ledger and the companion's copy are two different histories"],
    ["a code of tomorrow", "StreamStock stopped"],
  ])("a stop for %s is explained with its details", (code, title) => {
    const fault = { code, detail: "at entry 17" };
    showPane(playedSession(engineState({ role: "stopped", fault })));
    expect(alerts()[0]).toContain(title);
    expect(alerts()[0]).toContain("Details: at entry 17");
  });

  test("a backlog is told only when it lasts", () => {
    const session = playedSession(engineState({ journalBacklog: 3 }));
    const pane = showPane(session);
    pane.pass(5000);
    expect(has(/for the safe copy/)).toBe(false);
    pane.pass(6000);
    expect(has("3 entries wait for the safe copy")).toBe(true);
    pane.tell(() => session.send(engineState({ journalBacklog: 0 })));
    expect(has(/for the safe copy/)).toBe(false);
  });
});

describe("the language", () => {
  test("follows Excel, and the switch is remembered and reaches the workbook", () => {
    const session = playedSession(engineState());
    const pane = showPane(session);
    fireEvent.click(screen.getByRole("radio", { name: "中文" }));
    expect(screen.getByRole("button", { name: "演练一场直播" })).toBeTruthy();
    expect(has("演练")).toBe(true);
    expect(document.documentElement.lang).toBe("zh-CN");
    expect(pane.remembered()).toBe("zh-CN");
    expect(session.locale).toBe("zh-CN");
    fireEvent.click(screen.getByRole("radio", { name: "EN" }));
    expect(screen.getByRole("button", { name: "Rehearse a stream" })).toBeTruthy();
    expect(session.locale).toBe("en");
  });

  test("a Chinese Excel opens a Chinese pane", () => {
    showPane(playedSession(engineState({ stream: streamState() })), { displayLanguage: "zh-CN" });
    expect(has("第 90 分钟，共 180 分钟")).toBe(true);
    expect(screen.getByRole("button", { name: "结束演练" })).toBeTruthy();
  });

  test("the seller's own choice outlives Excel's", () => {
    showPane(playedSession(engineState()), { displayLanguage: "zh-CN", language: "en" });
    expect(screen.getByRole("button", { name: "Rehearse a stream" })).toBeTruthy();
  });

  test("is kept in the browser's storage, and a forbidden storage does no harm", () => {
    const kept = languageStore(() => localStorage, "part-");
    expect(kept.read()).toBeNull();
    kept.write("zh-CN");
    expect(kept.read()).toBe("zh-CN");
    expect(languageStore(() => localStorage, "").read()).toBeNull();
    const forbidden = languageStore(() => {
      throw new DOMException("denied", "SecurityError");
    }, "");
    expect(() => {
      forbidden.write("en");
    }).not.toThrow();
    expect(forbidden.read()).toBeNull();
  });
});

describe("the theme", () => {
  test.each([
    [undefined, true, true],
    [undefined, false, false],
    [{ isDarkTheme: true }, false, true],
    [{ isDarkTheme: false }, true, false],
    [{ bodyBackgroundColor: "#1F1F1F" }, false, true],
    [{ bodyBackgroundColor: "#FFFFFF" }, true, false],
    [{ bodyBackgroundColor: "white" }, true, true],
  ])("of a host %o on a system that is dark: %s, is dark: %s", (host, system, dark) => {
    expect(isDark(host, system)).toBe(dark);
  });
});
