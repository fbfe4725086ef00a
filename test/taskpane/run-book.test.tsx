import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { ok } from "../../src/base/result";
import { review } from "../../src/stock/review";
import type { Timeline } from "../../src/stock/timeline";
import type { EngineCalls } from "../../src/worker/engine-api";
import {
  endedState,
  engineState,
  NOON_ISH,
  playedSession,
  skuState,
  streamState,
} from "../support/engine-state";
import { showPane } from "../support/pane";

const copied: string[] = [];
beforeEach(() => {
  copied.length = 0;
  Object.defineProperty(navigator, "clipboard", {
    configurable: true,
    value: {
      writeText: (text: string) => {
        copied.push(text);
        return Promise.resolve();
      },
    },
  });
});
afterEach(() => {
  cleanup();
  jest.useRealTimers();
});

const has = (text: string | RegExp) => screen.queryByText(text) !== null;

async function soldOut(engine: Partial<EngineCalls> = {}) {
  const skus = [
    skuState({ sellable: { tiktok: 0, shopify: 0 }, alert: "red" }),
    skuState({ sku: "B-1", title: "Cup", sellable: { tiktok: 40 } }),
    skuState({ sku: "C-1", title: "Mug", sellable: { tiktok: 75 } }),
    skuState({ sku: "D-1", title: "Bowl", sellable: { tiktok: 0 } }),
  ];
  const done: Record<string, number> = {};
  const session = playedSession(engineState({ stream: streamState(), skus }), {
    engine: {
      runBook: () => Promise.resolve({ ...done }),
      tick: (_stream, step) => {
        done[step] = NOON_ISH;
        return Promise.resolve(ok(null));
      },
      ...engine,
    },
  });
  const pane = showPane(session);
  await pane.settle();
  return { session, pane };
}

describe("when stock ends", () => {
  test("the steps are there, with what else can be sold, the most of it first", async () => {
    await soldOut();
    expect(has("Sold out. Go through these steps now.")).toBe(true);
    const others = screen.getAllByText(/^[BCD]-1: \d+ units/).map((each) => each.textContent);
    expect(others).toEqual(["C-1: 75 units · Mug", "B-1: 40 units · Cup"]);
  });

  test("a step done is kept in the ledger, and asking the supplier starts two hours", async () => {
    const { session, pane } = await soldOut();
    fireEvent.click(screen.getByRole("checkbox", { name: "Ask the supplier" }));
    await pane.settle();
    await pane.settle();
    expect(session.calls).toContainEqual(["engine.tick", "stream-r1", "asked_supplier"]);
    expect(has("1 of 6 done")).toBe(true);
    expect(has("2 hr left for the supplier")).toBe(true);
    // What is in the ledger is not taken back by a second press.
    const before = session.calls.length;
    fireEvent.click(screen.getByRole("checkbox", { name: "Ask the supplier" }));
    await pane.settle();
    expect(session.calls).toHaveLength(before);
  });

  test("what was done before the pane was closed is still done", async () => {
    await soldOut({ runBook: () => Promise.resolve({ told_creator: NOON_ISH }) });
    expect(screen.getByRole("checkbox", { name: "Tell the creator" })).toHaveProperty(
      "checked",
      true,
    );
  });

  test("the sentence is copied in the language that is wanted", async () => {
    const { pane } = await soldOut();
    fireEvent.click(screen.getByRole("button", { name: "Copy in Chinese" }));
    await pane.settle();
    expect(copied).toHaveLength(1);
    expect(copied[0]).toMatch(/\p{Script=Han}/u);
    expect(has("Copied.")).toBe(true);
  });

  test("with plenty of stock there is no run-book", () => {
    showPane(playedSession(engineState({ stream: streamState() })));
    expect(has("When stock ends")).toBe(false);
  });
});

describe("after the stream", () => {
  test("the review shows minutes, events and what to change", async () => {
    const told: Timeline = {
      streamId: "stream-r1",
      stock: [405, 200, 45],
      events: [
        { minute: 0, code: "start" },
        { minute: 1, code: "alert", level: "yellow", left: 90 },
      ],
    };
    // Half of the plan was sold: the coefficient is to come down (requirement 48).
    const found = review({
      sku: "85123A",
      planned: 405,
      sold: 200,
      stockoutMinutes: 0,
      streamMinutes: 180,
      soldElsewhere: 0,
      leftReserved: 45,
      oversold: 0,
      endedSoldOut: false,
    });
    const session = playedSession(endedState({ review: found }), {
      timeline: () => Promise.resolve(told),
    });
    const pane = showPane(session);
    await pane.settle();
    expect(screen.getByRole("img", { name: "360 units sold, 45 left at the end." })).toBeTruthy();
    expect(has("Yellow: 90 left")).toBe(true);
    expect(has(/^Lower this creator's coefficient/)).toBe(true);
  });
});
