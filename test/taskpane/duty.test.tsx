import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import type { Sku } from "../../src/base/ids";
import { err, ok } from "../../src/base/result";
import type { EngineState } from "../../src/worker/api";
import type { EngineCalls } from "../../src/worker/engine-api";
import { engineState, NOON_ISH, playedSession, streamState } from "../support/engine-state";
import { showPane } from "../support/pane";

afterEach(() => {
  cleanup();
  jest.useRealTimers();
});

const button = (name: string | RegExp) => screen.getByRole("button", { name });
const has = (text: string | RegExp) => screen.queryByText(text) !== null;

type Ask = EngineState["asks"][number];

const ask = (over: Partial<Ask> = {}): Ask => ({
  id: "ask-1",
  act: "pause_others",
  level: "orange",
  sku: "85123A" as Sku,
  stream: "stream-r1",
  channel: "tiktok",
  left: 48,
  askedAt: NOON_ISH,
  deadline: NOON_ISH + 10_000,
  ...over,
});

function show(over: Partial<EngineState>, engine: Partial<EngineCalls> = {}) {
  const session = playedSession(engineState({ stream: streamState(), ...over }), { engine });
  return { session, pane: showPane(session) };
}

describe("an alert's question", () => {
  test("counts down to the moment at which it is done by itself", () => {
    const { pane } = show({ asks: [ask()] });
    expect(has("Only 48 units left. Pause the other channels?")).toBe(true);
    expect(has("Without an answer it is done in 10 sec.")).toBe(true);
    pane.pass(4000);
    expect(has("Without an answer it is done in 6 sec.")).toBe(true);
  });

  test.each([
    ["Pause them", true],
    ["Keep selling", false],
  ])("is answered by %s", async (name, confirms) => {
    const { session, pane } = show({ asks: [ask()] }, { answer: () => Promise.resolve(ok(null)) });
    fireEvent.click(button(name));
    await pane.settle();
    expect(session.calls).toEqual([["engine.answer", "ask-1", confirms]]);
  });

  test("stands above every screen, and announces itself without its seconds", () => {
    show({ asks: [ask({ act: "stop_live", level: "red", left: 7 })] });
    fireEvent.click(screen.getByRole("tab", { name: "Import" }));
    const said = screen.getAllByRole("alert").map(({ textContent }) => textContent ?? "");
    expect(said.join()).toContain("Last 7 units. Stop selling on TikTok Shop?");
    expect(said.join()).not.toMatch(/10 sec/);
  });

  test("that was over already says so", async () => {
    const { pane } = show(
      { asks: [ask()] },
      { answer: () => Promise.resolve(err({ code: "ask_over" } as const)) },
    );
    fireEvent.click(button("Pause them"));
    await pane.settle();
    expect(has(/answered or done already/)).toBe(true);
  });
});

describe("what alerts do", () => {
  test("is set for the stream, each act by itself", async () => {
    const { session, pane } = show({}, { setActs: () => Promise.resolve(ok(null)) });
    const red = within(screen.getByRole("group", { name: "Red: stop the live listing" }));
    fireEvent.click(red.getByRole("radio", { name: "Ask me" }));
    await pane.settle();
    expect(session.calls).toEqual([
      ["engine.setActs", "stream-r1", { orange: "auto", red: "ask", countdownMs: 10_000 }],
    ]);
    expect(has("Saved. It holds from now on.")).toBe(true);
  });

  test("a countdown that cannot be is told and not sent", () => {
    const acts = { orange: "ask", red: "tell", countdownMs: 10_000 } as const;
    const { session } = show({ stream: streamState({ acts }) });
    const seconds = screen.getByLabelText("Seconds to answer");
    fireEvent.change(seconds, { target: { value: "0" } });
    fireEvent.blur(seconds);
    expect(session.calls).toEqual([]);
    expect(has("The countdown must be between 1 and 600 seconds.")).toBe(true);
  });

  test("stands on the screen while it is in force", () => {
    show({ stream: streamState({ paused: true, stopped: true }) });
    expect(has("Other channels are paused")).toBe(true);
    expect(has("TikTok Shop is stopped at 0")).toBe(true);
  });
});

describe("a gap", () => {
  test("says how long nothing was read, and which channels are read again", () => {
    show({ gap: { cause: "sleep", from: NOON_ISH - 95_000, ms: 95_000, waitsFor: ["shopify"] } });
    expect(has("This computer slept: nothing was read for 1 min 35 sec")).toBe(true);
    expect(has(/Reading again: Shopify\. Until that is done no number/)).toBe(true);
  });
});

describe("the three ways to share stock", () => {
  const listings = [
    { channel: "tiktok", listingId: "t", live: true, shown: 270, wish: null },
    { channel: "shopify", listingId: "s", live: false, shown: 60, wish: 41 },
  ] as const;
  const rows = (["seed", "buffer", "escrow"] as const).map((policy) => ({
    policy,
    pausesOthers: policy === "seed",
    stopsLive: false,
    listings,
  }));

  test("are compared when asked for, the one in force marked", async () => {
    const told = { sku: "85123A" as Sku, stream: "stream-r1", current: "escrow" as const, rows };
    const { pane } = show({}, { comparePolicies: () => Promise.resolve(told) });
    fireEvent.click(button("Compare the three ways"));
    await pane.settle();
    const live = within(screen.getByRole("article", { name: "Live share" }));
    expect(live.queryByText("In force")).not.toBeNull();
    expect(live.queryByText("left as is")).not.toBeNull();
    expect(live.queryByText("41")).not.toBeNull();
    const seed = within(screen.getByRole("article", { name: "Rule of thumb" }));
    expect(seed.queryByText("Others paused")).not.toBeNull();
  });

  test("that cannot be compared say why", async () => {
    const { pane } = show({}, { comparePolicies: () => Promise.resolve(null) });
    fireEvent.click(button("Compare the three ways"));
    await pane.settle();
    expect(has(/^Nothing to compare/)).toBe(true);
  });
});

describe("the chart", () => {
  test("shows the likely total once the sales of the last days are known", async () => {
    const session = playedSession(engineState({ stream: streamState() }), {
      dailySales: () => Promise.resolve(Array.from({ length: 30 }, () => 15)),
    });
    const pane = showPane(session);
    await pane.settle();
    expect(has(/Likely total: \d+\. Nine streams of ten stay under \d+\./)).toBe(true);
  });
});

describe("the end of a live stream", () => {
  test("is asked about once, then told to the engine", async () => {
    const { session, pane } = show(
      { book: "live" },
      { cutStream: () => Promise.resolve(ok(null)) },
    );
    fireEvent.click(button("End the stream"));
    expect(session.calls).toEqual([]);
    fireEvent.click(button("Yes, it is over"));
    await pane.settle();
    expect(session.calls).toEqual([["engine.cutStream", "stream-r1"]]);
  });
});
