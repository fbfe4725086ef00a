import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { err, ok, type Result } from "../../src/base/result";
import type { CommandRefusal } from "../../src/worker/api";
import {
  endedState,
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
});

const button = (name: string) => screen.getByRole("button", { name });
const has = (text: string | RegExp) => screen.queryByText(text) !== null;
const panel = (name: string) => within(screen.getByRole("region", { name }));

describe("before a rehearsal", () => {
  test("a waiting worker shows that stock is being opened", () => {
    showPane(playedSession(null));
    expect(has("Opening your stock…")).toBe(true);
    expect(screen.queryByRole("button")).toBeNull();
  });

  test("pressing Rehearse starts it at three minutes when nothing was chosen", async () => {
    const session = playedSession(engineState());
    const pane = showPane(session);
    fireEvent.click(button("Rehearse a stream"));
    await pane.settle();
    expect(session.calls).toEqual([["startRehearsal", 60]]);
  });

  test.each([
    ["3 hr in 6 min", 30],
    ["3 hr in 90 sec", 120],
    ["3 hr in 45 sec", 240],
  ])("the choice %s starts it at %i times life's speed", async (name, speed) => {
    const session = playedSession(engineState());
    const pane = showPane(session);
    fireEvent.click(screen.getByRole("radio", { name }));
    fireEvent.click(button("Rehearse a stream"));
    await pane.settle();
    expect(session.calls).toEqual([["startRehearsal", speed]]);
  });

  test("a second press while the shop opens is not a second rehearsal", async () => {
    let answer: (result: Result<null, CommandRefusal>) => void = () => {};
    const session = playedSession(engineState(), {
      startRehearsal: () => new Promise((resolve) => (answer = resolve)),
    });
    const pane = showPane(session);
    fireEvent.click(button("Rehearse a stream"));
    fireEvent.click(button("Opening the shop…"));
    expect(session.calls).toHaveLength(1);
    answer(ok(null));
    await pane.settle();
    expect(button("Rehearse a stream")).toBeTruthy();
  });

  test.each<[CommandRefusal, string]>([
    [{ code: "already_running" }, "A rehearsal is already running. End it first."],
    [
      { code: "companion_down" },
      "The companion is not answering. Check that it is running on this computer, then try again.",
    ],
    [
      { code: "storage", detail: "quota" },
      "The stock ledger could not be written, so nothing was changed. Reload the pane and try again. quota",
    ],
  ])("a refusal %o is told beside the button", async (refusal, sentence) => {
    const session = playedSession(engineState(), {
      startRehearsal: () => Promise.resolve(err(refusal)),
    });
    const pane = showPane(session);
    fireEvent.click(button("Rehearse a stream"));
    await pane.settle();
    expect(screen.getByRole("alert").textContent).toBe(sentence);
  });

  test("a call that breaks gives the button back and says so", async () => {
    const session = playedSession(engineState(), {
      startRehearsal: () => Promise.reject(new Error("worker gone")),
    });
    const pane = showPane(session);
    fireEvent.click(button("Rehearse a stream"));
    await pane.settle();
    expect(screen.getByRole("alert").textContent).toContain("worker gone");
    expect(button("Rehearse a stream").getAttribute("aria-disabled")).toBeNull();
  });

  test.each([
    [
      { role: "follower" } as const,
      "Another window leads. Start the rehearsal there, or close it.",
    ],
    [
      { companion: { ok: false, lostAt: null } } as const,
      "The companion is not answering. Start it, then try again.",
    ],
    [{ role: "starting" } as const, "Your stock is still being read. One moment."],
  ])("a button that cannot work says why and does nothing (%o)", (over, why) => {
    const session = playedSession(engineState(over));
    showPane(session);
    const rehearse = button("Rehearse a stream");
    expect(rehearse.getAttribute("aria-disabled")).toBe("true");
    const described = document.getElementById(rehearse.getAttribute("aria-describedby") ?? "");
    expect(described?.textContent).toBe(why);
    fireEvent.click(rehearse);
    expect(session.calls).toEqual([]);
  });

  test("a planned stream shows its item, plan and creator", () => {
    const stream = streamState({ phase: "preparing", startedAt: null, endsAt: null, curve: [] });
    showPane(playedSession(engineState({ stream })));
    const plan = panel("Featured item");
    for (const text of ["White hanging heart holder", "405 units planned", "Mia Chen", "80,000"]) {
      expect(plan.queryByText(text)).not.toBeNull();
    }
  });
});

describe("while it runs", () => {
  const running = engineState({
    stream: streamState(),
    skus: [skuState({ alert: "yellow", sellable: { tiktok: 84, shopify: 23 } })],
    activity: [
      { id: 2, at: NOON_ISH, code: "push", sku: "85123A", channel: "shopify", n: 23, detail: "" },
      { id: 1, at: NOON_ISH, code: "paused", sku: "85123A", channel: null, n: 48, detail: "" },
    ],
  });

  test("the two numbers and the plan stand in front", () => {
    showPane(playedSession(running));
    const pair = screen.getByText("left to sell on TikTok Shop").parentElement;
    expect(pair?.querySelector("dd")?.textContent).toBe("84");
    const sold = screen.getByText("sold of 405 planned").parentElement;
    expect(sold?.querySelector("dd")?.textContent).toBe("195");
  });

  test("the alert is a marked step with its word and what to do", () => {
    const session = playedSession(running, { engine: { runBook: () => Promise.resolve({}) } });
    const pane = showPane(session);
    const current = () => document.querySelector('[aria-current="step"]')?.textContent;
    expect(current()).toBe("Yellowunder 100");
    expect(has("Getting low. Think about the next item to show.")).toBe(true);
    const red = skuState({ alert: "red", sellable: { tiktok: 12, shopify: 0 } });
    pane.tell(() => session.send({ ...running, skus: [red] }));
    expect(current()).toBe("Redunder 20");
    expect(has("Last units. Tell the creator to switch to another item.")).toBe(true);
  });

  test("the stream's clock runs at its own speed and stops at its end", () => {
    const pane = showPane(playedSession(running));
    expect(has("Minute 90 of 180")).toBe(true);
    expect(has("90 sec left · 60× speed")).toBe(true);
    pane.pass(30_000);
    expect(has("Minute 120 of 180")).toBe(true);
    pane.pass(100_000);
    expect(has("Minute 180 of 180")).toBe(true);
    expect(has("0 sec left · 60× speed")).toBe(true);
  });

  test("each channel tells how old its numbers are, and it grows", () => {
    const pane = showPane(playedSession(running));
    const ages = () =>
      panel("Channels")
        .queryAllByText(/^read /)
        .map((e) => e.textContent);
    expect(ages()).toEqual(["read 3s ago", "read 3s ago"]);
    pane.pass(4000);
    expect(ages()).toEqual(["read 7s ago", "read 7s ago"]);
  });

  test("the log tells what was done and why", () => {
    showPane(playedSession(running));
    const log = panel("What the engine did");
    expect(log.queryByText("Shopify now offers 23 of 85123A, to match the stock")).not.toBeNull();
    expect(
      log.queryByText("Other channels stop selling 85123A: 48 left, kept for the stream"),
    ).not.toBeNull();
  });

  test("the chart says in words what it draws", () => {
    showPane(playedSession(running));
    expect(
      screen.getByRole("img", {
        name: "195 units sold by minute 90, 405 planned for the whole stream.",
      }),
    ).toBeTruthy();
  });

  test("numbers are announced at most once in ten seconds", () => {
    const session = playedSession(running);
    const pane = showPane(session);
    const spoken = () => document.querySelector('[aria-live="polite"]')?.textContent ?? "";
    expect(spoken()).toContain("84 left to sell");
    for (let left = 83; left > 75; left -= 1) {
      const row = skuState({ alert: "yellow", sellable: { tiktok: left, shopify: 23 } });
      pane.tell(() => session.send({ ...running, skus: [row] }));
      pane.pass(1000);
      expect(spoken()).toContain("84 left to sell");
    }
    pane.pass(2000);
    expect(spoken()).toContain("76 left to sell");
  });

  test("the rehearsal can be ended, and then settles", async () => {
    const session = playedSession(running);
    const pane = showPane(session);
    fireEvent.click(button("End the rehearsal"));
    await pane.settle();
    expect(session.calls).toEqual([["stopRehearsal"]]);
    pane.tell(() => session.send({ ...running, stream: streamState({ phase: "settling" }) }));
    expect(has("The stream is over. Reading the last orders.")).toBe(true);
    expect(screen.queryByRole("button", { name: "End the rehearsal" })).toBeNull();
  });
});

describe("after it", () => {
  test("the review shows the seed's numbers and judges them", () => {
    showPane(playedSession(endedState()));
    for (const text of ["88.9%", "Reasonable", "8.3%", "over target", "405 units", "360 units"]) {
      expect({ text, shown: panel("Review").queryByText(text) !== null }).toEqual({
        text,
        shown: true,
      });
    }
    expect(panel("Review").queryByText("None. Every order can be shipped.")).not.toBeNull();
  });

  test("what is left reserved can be given back, once", async () => {
    const session = playedSession(endedState());
    const pane = showPane(session);
    fireEvent.click(button("Release 45 units"));
    await pane.settle();
    expect(session.calls).toEqual([["releaseReservation"]]);
    const { review } = endedState();
    const rest = review === null ? null : { ...review, leftReserved: 0 };
    pane.tell(() => session.send(endedState({ review: rest })));
    expect(screen.queryByRole("button", { name: /^Release/ })).toBeNull();
    expect(has("45 units released. Every channel can sell them again.")).toBe(true);
  });

  test("another rehearsal can be started from there", async () => {
    const session = playedSession(endedState());
    const pane = showPane(session);
    fireEvent.click(button("Rehearse again"));
    await pane.settle();
    expect(session.calls).toEqual([["startRehearsal", 60]]);
  });
});
