/** What orange and red do, as the seller set it (requirements 36 to 38). */
import { describe, expect, test } from "@jest/globals";
import {
  actIds,
  actModes,
  actsOf,
  defaultActs,
  modeOf,
  parseActs,
  type AlertActs,
} from "../../src/stock/acts";

const told: AlertActs = { orange: "tell", red: "ask", countdownMs: 5000 };

describe("what alerts do", () => {
  test("by itself: orange holds the others back; red stops the live listing under the seed's rule alone", () => {
    expect(defaultActs("seed")).toEqual({ orange: "auto", red: "auto", countdownMs: 10_000 });
    for (const policy of ["buffer", "escrow", undefined] as const) {
      expect(defaultActs(policy)).toEqual({ orange: "auto", red: "tell", countdownMs: 10_000 });
    }
  });

  test("is the stream's own setting before the book's before the policy's", () => {
    const book: AlertActs = { orange: "auto", red: "auto", countdownMs: 20_000 };
    const stream = { id: "s1", policy: "seed" } as const;
    const streams = new Map([["s1", told]]);
    expect(actsOf({ book, streams }, stream)).toEqual(told);
    expect(actsOf({ book, streams }, { ...stream, id: "s2" })).toEqual(book);
    expect(actsOf({ book: null, streams }, { ...stream, id: "s2" })).toEqual(defaultActs("seed"));
  });

  test("orange pauses the others, red stops the live listing", () => {
    expect(actIds.map((act) => modeOf(told, act))).toEqual(["tell", "ask"]);
  });

  test("is read whole or not at all: known words, a countdown of 1 s to 10 min", () => {
    expect(parseActs(told)).toEqual({ ok: true, value: told });
    for (const mode of actModes) {
      expect(parseActs({ ...told, orange: mode, red: mode }).ok).toBe(true);
    }
    for (const countdownMs of [1000, 600_000]) {
      expect(parseActs({ ...told, countdownMs }).ok).toBe(true);
    }
    const odd = [null, {}, { orange: "tell", red: "ask" }, { ...told, red: "maybe" }];
    const times = [999, 600_001, 5000.5, Number.NaN, "5000"];
    for (const json of [...odd, ...times.map((countdownMs) => ({ ...told, countdownMs }))]) {
      expect(parseActs(json)).toEqual({ ok: false, error: "malformed" });
    }
  });
});
