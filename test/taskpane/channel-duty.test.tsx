import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import type { Sku } from "../../src/base/ids";
import { err, ok } from "../../src/base/result";
import type { EngineState } from "../../src/worker/api";
import type { EngineCalls } from "../../src/worker/engine-api";
import { channelState, engineState, NOON_ISH, playedSession } from "../support/engine-state";
import { showPane } from "../support/pane";

afterEach(() => {
  cleanup();
  jest.useRealTimers();
});

const button = (name: string | RegExp) => screen.getByRole("button", { name });
const has = (text: string | RegExp) => screen.queryByText(text) !== null;

type Drift = EngineState["drifts"][number];

const drift = (over: Partial<Drift> = {}): Drift => ({
  id: "drift-shopify-1",
  sku: "85123A" as Sku,
  channel: "shopify",
  listingId: "1",
  n: -4,
  shown: 56,
  ours: 60,
  causes: ["order_not_listed", "lowered_by_hand"],
  openedAt: NOON_ISH - 60_000,
  overwritten: false,
  choices: ["accept", "push", "ignore"],
  ...over,
});

function show(over: Partial<EngineState>, engine: Partial<EngineCalls> = {}) {
  const session = playedSession(engineState(over), { engine });
  const pane = showPane(session);
  fireEvent.click(screen.getByRole("tab", { name: /^Channels/ }));
  return { session, pane };
}

describe("a number that nobody can explain", () => {
  test("says what is shown, what it may be, and what each choice does", () => {
    show({ drifts: [drift()] });
    const card = within(screen.getByRole("article", { name: "Shopify 85123A" }));
    for (const text of [
      "Shopify shows 56, the book says 60",
      "4 units fewer",
      "Take 4 units out of the book: sold elsewhere or gone.",
      "Send the book's number to the channel again.",
    ]) {
      expect([text, card.queryByText(text) !== null]).toEqual([text, true]);
    }
    const causes = card.getAllByRole("listitem").map(({ textContent }) => textContent);
    expect(causes[0]).toMatch(/has not listed yet/);
    expect(screen.queryByRole("img", { name: "needs you" })).not.toBeNull();
  });

  test.each([
    ["Channel is right", "accept"],
    ["Book is right", "push"],
    ["Leave both", "ignore"],
  ])("is settled with one press: %s", async (name, choice) => {
    const { session, pane } = show(
      { drifts: [drift()] },
      { settleDrift: () => Promise.resolve(ok(null)) },
    );
    fireEvent.click(button(name));
    await pane.settle();
    expect(session.calls).toEqual([["engine.settleDrift", "drift-shopify-1", choice]]);
  });

  test("offers no choice that the engine does not", () => {
    show({ drifts: [drift({ choices: ["accept", "ignore"] })] });
    expect(screen.queryByRole("button", { name: "Book is right" })).toBeNull();
  });

  test("that closed meanwhile says so", async () => {
    const { pane } = show(
      { drifts: [drift()] },
      { settleDrift: () => Promise.resolve(err({ code: "case_closed" } as const)) },
    );
    fireEvent.click(button("Leave both"));
    await pane.settle();
    expect(has(/closed already/)).toBe(true);
  });
});

describe("a channel's health", () => {
  test("opens to budget, backlog, clock and the last error in plain words", () => {
    const state = channelState({
      backlog: 3,
      budget: [{ kind: "write_stock", left: 12, nextAt: NOON_ISH + 20_000 }],
      skewMs: 45_000,
      lastError: { kind: "throttled", detail: "", at: NOON_ISH - 120_000 },
      unknownListings: 2,
    });
    show({ channels: [state] });
    fireEvent.click(button(/^TikTok Shop.*In sync/));
    for (const text of [
      "12, next in 20 sec",
      "3 listings",
      "45 sec ahead",
      /2m ago · The channel asked for a pause/,
      /^2 listings with orders have no SKU/,
    ]) {
      expect([text, has(text)]).toEqual([text, true]);
    }
  });
});

describe("the speed test", () => {
  const latency = {
    sku: "85123A" as Sku,
    from: "shopify",
    to: "tiktok",
    startedAt: NOON_ISH,
    orderedAt: null,
    seenAt: null,
    order: null,
    ms: null,
    verdict: null,
  } as const;

  test("starts with a SKU and two channels that sell it", async () => {
    const { session, pane } = show({}, { testLatency: () => Promise.resolve(ok(null)) });
    fireEvent.change(screen.getByLabelText("You order on"), { target: { value: "shopify" } });
    fireEvent.click(button("Start the watch"));
    await pane.settle();
    expect(session.calls).toEqual([
      ["engine.testLatency", { sku: "85123A", from: "shopify", to: "tiktok" }],
    ]);
  });

  test("says what to order where, and runs a watch until it is stopped", async () => {
    const { session, pane } = show(
      { latency: { ...latency, phase: "waiting" } },
      { stopLatency: () => Promise.resolve(null) },
    );
    expect(has("Now order 1 unit of 85123A on Shopify.")).toBe(true);
    pane.pass(12_000);
    expect(screen.getByRole("timer").textContent).toBe("12 sec");
    fireEvent.click(button("Stop the test"));
    await pane.settle();
    expect(session.calls).toEqual([["engine.stopLatency"]]);
  });

  test.each([
    ["good", 3000, "Good", "3 sec"],
    ["pass", 40_000, "Fast enough", "40 sec"],
    ["fail", 80_000, "Too slow", "80 sec"],
  ] as const)("ends with a verdict: %s", (verdict, ms, title, watch) => {
    show({ latency: { ...latency, phase: "done", ms, verdict, orderedAt: NOON_ISH } });
    expect(has(title)).toBe(true);
    expect(has(watch)).toBe(true);
    expect(has(/Cancel the test order on Shopify/)).toBe(true);
  });

  test("two channels that are not linked are told why", async () => {
    const { pane } = show(
      {},
      { testLatency: () => Promise.resolve(err({ code: "not_linked" } as const)) },
    );
    fireEvent.click(button("Start the watch"));
    await pane.settle();
    expect(has(/sells from a share of its own/)).toBe(true);
  });
});
