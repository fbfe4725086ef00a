/** What calls for the seller, and what the pane keeps for her: sounds, first steps, who waits, suggestions. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { ok } from "../../src/base/result";
import {
  endedState,
  engineState,
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
    value: { writeText: (text: string) => Promise.resolve(void copied.push(text)) },
  });
});
afterEach(cleanup);

const has = (text: string | RegExp) => screen.queryAllByText(text).length > 0;
const panel = (name: string) => within(screen.getByRole("region", { name }));
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole("button", { name }));

describe("what needs her", () => {
  test("sounds once when it gets worse, urgently at red, and not at all when muted", async () => {
    const muted: boolean[] = [];
    const session = playedSession(engineState(), {
      hand: { mute: (wanted) => Promise.resolve((muted.push(wanted), null)) },
    });
    const pane = showPane(session);
    await pane.settle();
    const alert = (level: "none" | "orange" | "red") =>
      pane.tell(() => session.send(engineState({ skus: [skuState({ alert: level })] })));
    alert("orange");
    alert("orange");
    expect(pane.chimes).toEqual([false]);
    alert("red");
    expect(pane.chimes).toEqual([false, true]);
    press("Mute alerts");
    await pane.settle();
    expect([muted, pane.kept.get("muted")]).toEqual([[false, true], "yes"]);
    alert("none");
    alert("red");
    expect(pane.chimes).toHaveLength(2);
    press("Let alerts sound");
    alert("none");
    alert("orange");
    expect(pane.chimes).toHaveLength(3);
    expect(pane.kept.has("muted")).toBe(false);
  });

  test("who waits is kept here, copied, and deleted one by one or altogether", async () => {
    const skus = [skuState({ alert: "red", sellable: { tiktok: 0 } })];
    const session = playedSession(engineState({ stream: streamState(), skus }), {
      engine: { runBook: () => Promise.resolve({}) },
    });
    const pane = showPane(session);
    await pane.settle();
    const field = screen.getByLabelText("Viewer's name or ID");
    for (const name of ["@mia", " @lee ", "@mia"]) {
      fireEvent.change(field, { target: { value: name } });
      press("Add");
    }
    expect(JSON.parse(pane.kept.get("waiting")!)).toEqual({ "85123A": ["@mia", "@lee"] });
    press("Copy all");
    await pane.settle();
    expect(copied).toEqual(["@mia\n@lee"]);
    press("Delete @mia");
    press("Delete the list");
    expect(has("Delete 1 name for good? This cannot be undone.")).toBe(true);
    press("Yes, delete");
    expect(pane.kept.has("waiting")).toBe(false);
    expect(session.calls.map(([name]) => name)).not.toContain("engine.tick");
  });

  test("the first steps are three, ticked as they are done, and can be skipped for good", async () => {
    const pane = showPane(playedSession(engineState()));
    const first = panel("Your first ten minutes");
    expect(first.getAllByRole("heading", { level: 3 }).map((each) => each.textContent)).toEqual([
      "Rehearse a stream",
      "Drop in today's exports",
      "Connect a channel",
    ]);
    fireEvent.click(first.getByRole("button", { name: "Go to Import" }));
    await pane.settle();
    expect(screen.getByRole("tab", { name: "Import", selected: true })).toBeDefined();
    fireEvent.click(screen.getByRole("tab", { name: "Watch" }));
    press("Skip, I know my way");
    expect(screen.queryByRole("region", { name: "Your first ten minutes" })).toBeNull();
    expect(pane.kept.get("first-steps-skipped")).toBe("yes");
  });

  test("a suggestion of the review becomes a constant, and is taken back", async () => {
    const review = endedState().review!;
    const suggestions = { coefficientFactor: 0.75, planBuffer: null, planFactor: null };
    const session = playedSession(endedState({ review: { ...review, suggestions } }), {
      hand: { setConstants: () => Promise.resolve(ok(null)) },
    });
    const pane = showPane(session);
    await pane.settle();
    expect(has("Creator from 50,000 followers: 1.5 → 1.13")).toBe(true);
    press("Accept");
    await pane.settle();
    press("Undo");
    await pane.settle();
    const asked = session.calls.filter(([name]) => name.startsWith("hand."));
    expect(asked).toEqual([
      ["hand.setConstants", { followersLarge: 1.13 }],
      ["hand.setConstants", {}],
    ]);
  });
});
