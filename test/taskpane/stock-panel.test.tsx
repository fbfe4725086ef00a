import { afterEach, expect, test } from "@jest/globals";
import { cleanup, screen } from "@testing-library/react";
import { engineState, playedSession, skuState } from "../support/engine-state";
import { showPane } from "../support/pane";

afterEach(cleanup);

test("of two thousand SKUs the watch draws few, those that need a look among them, and says so", () => {
  const skus = Array.from({ length: 2000 }, (_, n) => skuState({ sku: `S-${n}` }));
  skus[1500] = skuState({ sku: "S-1500", alert: "red" });
  skus[1900] = skuState({ sku: "S-1900", oversold: 3 });
  showPane(playedSession(engineState({ skus })));
  const rows = screen.getAllByRole("rowheader").map((row) => row.textContent);
  expect(rows.length).toBeLessThanOrEqual(40);
  expect(rows[0]).toContain("S-1500");
  expect(rows[1]).toContain("S-1900");
  expect(rows[2]).toContain("S-0");
  expect(screen.queryByText("40 of 2,000 SKUs")).not.toBeNull();
});

test("a short list is whole and in its own order", () => {
  const skus = [skuState({ sku: "A" }), skuState({ sku: "B", alert: "red" })];
  showPane(playedSession(engineState({ skus })));
  const rows = screen.getAllByRole("rowheader").map((row) => row.textContent?.charAt(0));
  expect(rows).toEqual(["A", "B"]);
});
