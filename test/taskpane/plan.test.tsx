import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { err, ok } from "../../src/base/result";
import type { Session } from "../../src/runtime/session";
import type { EngineState, ProofCalls } from "../../src/worker/api";
import type { EngineCalls, StreamOrder } from "../../src/worker/engine-api";
import {
  engineState,
  NOON_ISH,
  playedSession,
  skuState,
  streamState,
} from "../support/engine-state";
import { showPane } from "../support/pane";

afterEach(() => {
  cleanup();
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const button = (name: string | RegExp) => screen.getByRole("button", { name });
const has = (text: string | RegExp) => screen.queryByText(text) !== null;
const thirtyDays = () => Promise.resolve(Array.from({ length: 30 }, () => 15));

async function show(
  over: Partial<EngineState>,
  answers: {
    readonly engine?: Partial<EngineCalls>;
    readonly proofs?: Partial<ProofCalls>;
    readonly sheets?: Partial<Session["sheets"]>;
  } = {},
) {
  const session = playedSession(engineState({ book: "live", ...over }), {
    dailySales: thirtyDays,
    ...answers,
    engine: { streams: () => Promise.resolve([]), ...answers.engine },
  });
  const pane = showPane(session);
  fireEvent.click(screen.getByRole("tab", { name: "Plan" }));
  // The screen's code comes first, then what it asks for.
  await pane.settle();
  await pane.settle();
  await pane.settle();
  return { session, pane };
}

const field = (label: string, index = 0) => {
  const found = screen.getAllByLabelText(label)[index];
  if (found === undefined) throw new Error(`no field ${label}`);
  return found;
};
const type = (label: string, value: string, index = 0) =>
  fireEvent.change(field(label, index), { target: { value } });

describe("planning a stream", () => {
  test("takes the forecast with its reasons, and reserves", async () => {
    const { session, pane } = await show(
      {},
      { engine: { planStream: () => Promise.resolve(ok({ id: "stream-9" })) } },
    );
    type("Creator", "Mia Chen");
    type("Followers", "80,000");
    await pane.settle();
    // 15 a day x 15 days x 1.5 x 1.2: the seed's own example.
    fireEvent.click(button("Plan 405 units"));
    type("Starts (this computer's time)", "2026-12-01T20:00");
    fireEvent.click(button("Plan and reserve"));
    await pane.settle();
    const order = session.calls.find(([name]) => name === "engine.planStream")?.[1] as StreamOrder;
    expect(order).toEqual({
      id: null,
      sku: "85123A",
      planned: 405,
      channel: "tiktok",
      creator: "Mia Chen",
      followers: 80_000,
      startsAt: new Date("2026-12-01T20:00").getTime(),
      minutes: 180,
      policy: "escrow",
    });
    expect(has("Planned")).toBe(true);
  });

  test("a field that is missing or refused is marked", async () => {
    const { session, pane } = await show(
      {},
      {
        engine: {
          planStream: () => Promise.resolve(err({ code: "bad_plan", field: "startsAt" } as const)),
        },
      },
    );
    fireEvent.click(button("Plan and reserve"));
    expect(has("This is needed.")).toBe(true);
    expect(session.calls.some(([name]) => name === "engine.planStream")).toBe(false);
    type("Creator", "Mia");
    type("Units to reserve", "40");
    fireEvent.click(button("Plan and reserve"));
    await pane.settle();
    expect(has("A time that is still to come.")).toBe(true);
  });

  test("lists what is planned, short and over; one to come can be changed", async () => {
    const coming = streamState({
      id: "s2",
      creator: "Ada",
      phase: "preparing",
      startedAt: null,
      endsAt: null,
      startsAt: NOON_ISH + 86_400_000,
      planned: 100,
      reserved: 60,
      shortBy: 40,
      sold: {},
      curve: [],
    });
    const past = streamState({ id: "s1", phase: "ended", sold: { tiktok: 360 } });
    await show({}, { engine: { streams: () => Promise.resolve([coming, past]) } });
    expect(has("100 planned, 60 reserved, 40 short")).toBe(true);
    expect(has("360 sold of 405 planned")).toBe(true);
    fireEvent.click(button("Change"));
    expect(field("Creator")).toHaveProperty("value", "Ada");
    expect(field("Units to reserve")).toHaveProperty("value", "100");
  });

  test("in a rehearsal leads to the live book instead of refusing", async () => {
    await show({ book: "rehearsal-r1" });
    expect(screen.queryByRole("button", { name: "Plan and reserve" })).toBeNull();
    fireEvent.click(button("Go to Channels"));
    expect(screen.getByRole("tab", { name: "Channels" }).getAttribute("aria-selected")).toBe(
      "true",
    );
  });
});

describe("the check before a stream", () => {
  const line = { channel: null, sku: null, n: null, of: null, detail: "" } as const;

  test("puts what fails first, each line with what to do", async () => {
    const { pane } = await show(
      {},
      {
        engine: {
          preflight: () =>
            Promise.resolve([
              { ...line, code: "connection", status: "ok", channel: "shopify", n: 3000 },
              { ...line, code: "plan_stock", status: "fail", n: 80, of: 405 },
              { ...line, code: "latency", status: "warn", channel: "tiktok" },
            ]),
        },
      },
    );
    fireEvent.click(button("Check everything"));
    await pane.settle();
    expect(has("1 to fix before you go on air")).toBe(true);
    const panel = within(screen.getByRole("region", { name: "Before the stream" }));
    const lines = panel.getAllByRole("listitem").map(({ textContent }) => textContent);
    expect(lines[0]).toContain("80 there, 405 planned. Restock, or plan less.");
    expect(lines).toHaveLength(2);
    fireEvent.click(button("1 in order"));
    expect(has("Read 3s ago.")).toBe(true);
  });
});

describe("a proof for a creator", () => {
  test("is signed for three times the expected sales and saved as a file", async () => {
    const clicked: string[] = [];
    URL.createObjectURL = () => "blob:proof";
    URL.revokeObjectURL = () => {};
    jest.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      clicked.push(this.download);
    });
    const fingerprint = "1234 5678 9012 3456 7890 1234";
    const { session, pane } = await show(
      {},
      {
        proofs: {
          make: () =>
            Promise.resolve(ok({ bytes: new Uint8Array([1]), name: "proof.xlsx", fingerprint })),
        },
      },
    );
    type("Your shop's name, as the creator knows it", "Mia's");
    type("Creator", "Ada", 1);
    type("Sales expected", "120");
    expect(has("Asked for: 360 units (3×)")).toBe(true);
    fireEvent.click(button("Make the proof"));
    await pane.settle();
    expect(clicked).toEqual(["proof.xlsx"]);
    expect(has(fingerprint)).toBe(true);
    const order = session.calls.find(([name]) => name === "proofs.make")?.[1];
    expect(order).toMatchObject({
      seller: "Mia's",
      creator: "Ada",
      lines: [{ sku: "85123A", streamId: null, expected: 120, requirement: 360 }],
    });
    expect(screen.getByRole("link", { name: "Save the checking page" })).toBeTruthy();
  });

  test("a channel that was not read for long is named", async () => {
    const { pane } = await show(
      {},
      { proofs: { make: () => Promise.resolve(err({ code: "stale", channel: "ebay" } as const)) } },
    );
    type("Your shop's name, as the creator knows it", "Mia's");
    type("Creator", "Ada", 1);
    type("Sales expected", "120");
    fireEvent.click(button("Make the proof"));
    await pane.settle();
    expect(has(/^eBay was not read for 10 minutes/)).toBe(true);
  });
});

describe("sheets", () => {
  test("are made on request, and a protected one says what to do", async () => {
    const { session, pane } = await show(
      {},
      { sheets: { make: () => Promise.resolve(err({ code: "protected" } as const)) } },
    );
    fireEvent.click(button("Live sheet"));
    await pane.settle();
    expect(session.calls.at(-1)).toEqual(["sheets.make", "live"]);
    expect(has(/Take the protection off/)).toBe(true);
  });
});

describe("stock of thousands", () => {
  test("draws only what is in view, finds by a few letters, and leads back", async () => {
    const skus = Array.from({ length: 5000 }, (_, i) =>
      skuState({ sku: `SKU-${i}`, title: `Item ${i}`, available: i }),
    );
    const session = playedSession(engineState({ skus }));
    const pane = showPane(session);
    fireEvent.click(screen.getByRole("tab", { name: "Stock" }));
    await pane.settle();
    await pane.settle();
    expect(has("5,000 SKUs")).toBe(true);
    expect(screen.getAllByRole("listitem").length).toBeLessThan(40);
    type("Search SKU or title", "item 4999");
    await pane.settle();
    expect(has("1 of 5,000 SKUs")).toBe(true);
    expect(has("SKU-4999")).toBe(true);
    type("Search SKU or title", "nothing like it");
    await pane.settle();
    fireEvent.click(button("Show all"));
    await pane.settle();
    expect(has("5,000 SKUs")).toBe(true);
  });
});

describe("more", () => {
  test("sets alerts for all streams, shows constants and health", async () => {
    const session = playedSession(engineState({ journalBacklog: 3 }), {
      engine: { setActs: () => Promise.resolve(ok(null)) },
    });
    const pane = showPane(session);
    fireEvent.click(screen.getByRole("tab", { name: "More" }));
    await pane.settle();
    await pane.settle();
    const orange = within(screen.getByRole("group", { name: "Orange: pause the other channels" }));
    fireEvent.click(orange.getByRole("radio", { name: "Ask me" }));
    await pane.settle();
    expect(session.calls.find(([name]) => name === "engine.setActs")).toEqual([
      "engine.setActs",
      null,
      { orange: "ask", red: "tell", countdownMs: 10_000 },
    ]);
    fireEvent.click(screen.getByRole("button", { name: "Alerts and targets" }));
    for (const text of ["Method: 100 · allowed 0 to 100000", "3 waiting; leave the pane open"]) {
      expect([text, screen.queryAllByText(text).length > 0]).toEqual([text, true]);
    }
  });
});
