import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { err, ok } from "../../src/base/result";
import type { PolicyComparison } from "../../src/sync/compare";
import type { HandCalls, HistoryLine } from "../../src/worker/hand-api";
import type { EngineCalls } from "../../src/worker/engine-api";
import {
  engineState,
  NOON_ISH,
  playedSession,
  skuState,
  streamState,
  type PlayedSession,
} from "../support/engine-state";
import { showPane } from "../support/pane";

const copied: string[] = [];
beforeEach(() => {
  copied.length = 0;
  Object.defineProperty(navigator, "clipboard", {
    configurable: true,
    value: { writeText: (text: string) => Promise.resolve(void copied.push(text)) },
  });
});
afterEach(() => {
  cleanup();
  jest.useRealTimers();
});

const has = (text: string | RegExp) => screen.queryAllByText(text).length > 0;
const panel = (name: string) => within(screen.getByRole("region", { name }));
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole("button", { name }));
const handCalls = (session: PlayedSession) =>
  session.calls.filter(([name]) => name.startsWith("hand."));

const done = () => Promise.resolve(ok(null));

async function running(hand: Partial<HandCalls>, over = {}, engine: Partial<EngineCalls> = {}) {
  const session = playedSession(engineState({ stream: streamState(), ...over }), { hand, engine });
  const pane = showPane(session);
  await pane.settle();
  return { session, pane };
}

describe("at hand while a stream runs", () => {
  test("a channel is stopped, and the same press lets it sell again above every screen", async () => {
    const { session, pane } = await running({ holdChannel: done });
    press("Stop Shopify");
    await pane.settle();
    expect(handCalls(session)).toEqual([["hand.holdChannel", "shopify", true]]);
    pane.tell(() => session.send(engineState({ stream: streamState(), held: ["shopify"] })));
    fireEvent.click(screen.getByRole("tab", { name: "Stock" }));
    await pane.settle();
    expect(has("You stopped Shopify")).toBe(true);
    press("Let Shopify sell");
    await pane.settle();
    expect(handCalls(session)[1]).toEqual(["hand.holdChannel", "shopify", false]);
  });

  test("the stream gets more units, and undoing it gives as many to the others", async () => {
    const { session, pane } = await running({
      growReservation: () => Promise.resolve(ok({ key: "grow/x", units: 7 })),
      lend: done,
    });
    const share = panel("Units for this stream");
    fireEvent.change(share.getByLabelText("Units"), { target: { value: "25" } });
    press("More for the stream");
    await pane.settle();
    expect(has("7 units reserved in addition.")).toBe(true);
    press("Undo");
    await pane.settle();
    expect(handCalls(session)).toEqual([
      ["hand.growReservation", "stream-r1", 25],
      ["hand.lend", "stream-r1", 7],
    ]);
    pane.tell(() => session.send(engineState({ stream: streamState({ lending: 7 }) })));
    expect(has(/^7 units on the way/)).toBe(true);
    press("Keep them");
    await pane.settle();
    expect(handCalls(session).at(-1)).toEqual(["hand.lend", "stream-r1", 0]);
  });

  test("what is no number of units is not sent, and a refusal says what to do", async () => {
    const { session, pane } = await running({
      growReservation: () => Promise.resolve(err({ code: "nothing_free" })),
    });
    const field = panel("Units for this stream").getByLabelText("Units");
    fireEvent.change(field, { target: { value: "1.5" } });
    press("More for the stream");
    expect(has("Type a whole number of units.")).toBe(true);
    expect(handCalls(session)).toEqual([]);
    fireEvent.change(field, { target: { value: "5" } });
    press("More for the stream");
    await pane.settle();
    expect(has("No unit is free: all are reserved, held or sold.")).toBe(true);
  });

  test("another product is shown only after a word of warning, and in the live book alone", async () => {
    const skus = [
      skuState(),
      skuState({ sku: "B-1", available: 12, sellable: { tiktok: 12 } }),
      skuState({ sku: "C-1", available: 40, sellable: { tiktok: 40 } }),
      skuState({ sku: "D-1", available: 90, sellable: { ebay: 90 } }),
    ];
    const { session, pane } = await running(
      { switchProduct: () => Promise.resolve(ok({ id: "stream-9" })) },
      { book: "live", skus },
    );
    const options = within(screen.getByLabelText("Next product")).getAllByRole("option");
    expect(options.map(({ textContent }) => textContent)).toEqual([
      "C-1 · 40 units free",
      "B-1 · 12 units free",
    ]);
    press("Switch to it");
    expect(handCalls(session)).toEqual([]);
    press("Yes, switch");
    await pane.settle();
    expect(handCalls(session)).toEqual([["hand.switchProduct", "stream-r1", "C-1", 40]]);
    pane.tell(() => session.send(engineState({ stream: streamState(), skus })));
    expect(has(/A rehearsal plays one product/)).toBe(true);
  });

  test("stock is shared another way from now on", async () => {
    const row = { pausesOthers: false, stopsLive: false, listings: [] };
    const comparison = {
      sku: "85123A",
      stream: "stream-r1",
      current: "escrow",
      rows: (["seed", "buffer", "escrow"] as const).map((policy) => ({ ...row, policy })),
    } as unknown as PolicyComparison;
    const { session, pane } = await running(
      { setPolicy: done },
      {},
      { comparePolicies: () => Promise.resolve(comparison) },
    );
    press("Compare the three ways");
    await pane.settle();
    const [first] = screen.getAllByRole("button", { name: "Share it like this now" });
    fireEvent.click(first!);
    await pane.settle();
    expect(handCalls(session)).toEqual([["hand.setPolicy", "stream-r1", "seed"]]);
    expect(has(/^From now on:/)).toBe(true);
  });
});

async function more(hand: Partial<HandCalls>, constants = {}) {
  const session = playedSession(engineState({ constants }), { hand });
  const pane = showPane(session);
  fireEvent.click(screen.getByRole("tab", { name: "More" }));
  await pane.settle();
  for (const fold of ["Forecast", "Alerts and targets"]) {
    fireEvent.click(screen.getByRole("button", { name: new RegExp(`^${fold}`) }));
  }
  return { session, pane };
}

describe("the constants", () => {
  test("stand there with the method's value and their range, and are kept with Enter", async () => {
    const { session, pane } = await more({ setConstants: done }, { red: 15 });
    const field = screen.getByLabelText("Yellow alert below");
    expect(field).toHaveProperty("value", "100");
    expect(document.getElementById(field.getAttribute("aria-describedby")!)?.textContent).toBe(
      "Method: 100 · allowed 0 to 100000",
    );
    fireEvent.change(field, { target: { value: "80" } });
    fireEvent.keyDown(field, { key: "Enter" });
    await pane.settle();
    expect(handCalls(session)).toEqual([["hand.setConstants", { red: 15, yellow: 80 }]]);
    press("Undo");
    await pane.settle();
    expect(handCalls(session).at(-1)).toEqual(["hand.setConstants", { red: 15 }]);
  });

  test("a value that is not allowed is told and not sent", async () => {
    const { session } = await more({ setConstants: done });
    const field = screen.getByLabelText("Safety buffer of the plan");
    for (const value of ["0.5", "9", "much", ""]) {
      fireEvent.change(field, { target: { value } });
      fireEvent.blur(field);
      expect(has("Type a number from 1 to 5.")).toBe(true);
    }
    expect(handCalls(session)).toEqual([]);
  });

  test("go back to the method one by one, or all after a question", async () => {
    const set = { red: 15, planBuffer: 1.4 };
    const { session, pane } = await more({ setConstants: done }, set);
    expect(has("2 changed")).toBe(true);
    press("Back to the method: Red alert below");
    await pane.settle();
    expect(handCalls(session)).toEqual([["hand.setConstants", { ...set, red: 20 }]]);
    press("Reset all");
    expect(has("Set 2 changed values back to the method's?")).toBe(true);
    press("Yes, reset all");
    await pane.settle();
    expect(handCalls(session)[1]).toEqual(["hand.setConstants", {}]);
  });
});

const counted: HistoryLine = {
  seq: 321,
  key: "count/hand/321",
  at: NOON_ISH,
  kind: "count",
  units: 20,
  from: "available",
  to: "external",
  ref: "",
  byHand: true,
  reversed: false,
  mayUndo: true,
};

describe("one SKU", () => {
  async function open(hand: Partial<HandCalls>, engine: Partial<EngineCalls> = {}, over = {}) {
    const session = playedSession(engineState(over), {
      engine,
      hand: {
        history: () => Promise.resolve({ lines: [counted], next: null }),
        listings: () => Promise.resolve([]),
        ...hand,
      },
    });
    const pane = showPane(session);
    fireEvent.click(screen.getByRole("tab", { name: "Stock" }));
    await pane.settle();
    press("85123A: open");
    await pane.settle();
    return { session, pane };
  }

  test("says where its units are, and goes back to the list", async () => {
    const { pane } = await open({});
    const sum = panel("Where the units are");
    expect(sum.getByText("On hand").nextElementSibling?.textContent).toBe("620");
    expect(sum.getByText("Free to sell").nextElementSibling?.textContent).toBe("= 60");
    press("All SKUs");
    await pane.settle();
    expect(screen.queryByRole("button", { name: "85123A: open" })).not.toBeNull();
  });

  test("a count is booked, told against the ledger, and undone", async () => {
    const { session, pane } = await open({
      count: () => Promise.resolve(ok({ key: counted.key, units: 20 })),
      undo: done,
    });
    fireEvent.change(screen.getByLabelText("Counted on the shelf"), { target: { value: "600" } });
    press("Book the count");
    await pane.settle();
    await pane.settle();
    expect(has("Counted 600 units: 20 fewer than the ledger had.")).toBe(true);
    fireEvent.click(panel("Count and receipt").getByRole("button", { name: "Undo" }));
    await pane.settle();
    await pane.settle();
    expect(has("Undone.")).toBe(true);
    const told = handCalls(session).filter(([name]) => /count|undo/.test(name));
    expect(told).toEqual([
      ["hand.count", "85123A", 600],
      ["hand.undo", 321],
    ]);
  });

  test("a receipt is a whole number of units, or nothing is booked", async () => {
    const { session, pane } = await open({
      receive: () => Promise.resolve(ok({ key: "receipt/hand/1", units: 40 })),
    });
    const field = screen.getByLabelText("Units that came in");
    fireEvent.change(field, { target: { value: "0" } });
    press("Book the receipt");
    expect(has("Type a whole number of units.")).toBe(true);
    fireEvent.change(field, { target: { value: "40" } });
    press("Book the receipt");
    await pane.settle();
    await pane.settle();
    expect(has("40 units came in.")).toBe(true);
    expect(handCalls(session).filter(([name]) => name === "hand.receive")).toEqual([
      ["hand.receive", "85123A", 40],
    ]);
  });

  test("its history is read page by page, with the way back for what was typed in", async () => {
    const older = { ...counted, seq: 2, key: "a", kind: "hold" as const, mayUndo: false };
    const { session, pane } = await open({
      history: (_sku, before) =>
        Promise.resolve(
          before === null ? { lines: [counted], next: 300 } : { lines: [older], next: null },
        ),
      undo: () => Promise.resolve(err({ code: "cannot_undo" })),
    });
    press("Show older ones");
    await pane.settle();
    expect(has("Ordered, not paid")).toBe(true);
    fireEvent.click(panel("History of its units").getByRole("button", { name: "Undo" }));
    await pane.settle();
    expect(has(/It cannot be undone any more/)).toBe(true);
    expect(handCalls(session).at(-1)).toEqual(["hand.undo", 321]);
  });

  test("a listing is mapped to another SKU, the likely ones first, after a question", async () => {
    const skus = [
      skuState(),
      skuState({ sku: "Z-1", title: "Tea spoon" }),
      skuState({ sku: "H-2", title: "White hanging lamp" }),
    ];
    const listing = { channel: "tiktok", listingId: "L1", bundle: "", units: 1, shown: 5 } as const;
    const bundle = { ...listing, listingId: "L2", bundle: "SET-1", units: 3, shown: null };
    const { session, pane } = await open(
      { listings: () => Promise.resolve([listing, bundle]) },
      { remapListing: done },
      { book: "live", skus },
    );
    expect(has(/bundle SET-1: 3 units in each/)).toBe(true);
    press("Listing L1 sells another SKU");
    expect(screen.getByLabelText("It sells")).toHaveProperty("value", "H-2");
    press("Map it");
    const [, yes] = screen.getAllByRole("button", { name: "Map it" });
    fireEvent.click(yes ?? screen.getByRole("button", { name: "Map it" }));
    await pane.settle();
    expect(session.calls.find(([name]) => name === "engine.remapListing")).toEqual([
      "engine.remapListing",
      "tiktok",
      "L1",
      "H-2",
    ]);
  });
});
