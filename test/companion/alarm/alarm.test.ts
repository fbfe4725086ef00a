/** Alerts through the companion, to a notifier that only writes down what it would show. */
import { afterEach, describe, expect, test } from "@jest/globals";
import { rmSync } from "node:fs";
import * as v from "valibot";
import { alarmAnswerSchema } from "../../../src/channels/http/alarm-contract";
import type { Notification } from "../../../src/companion/alarm/notification";
import {
  temporaryCompanion,
  temporaryFolder,
  type Options,
} from "../../support/temporary-companion";
import type { TemporaryCompanion } from "../../support/temporary-companion";

let companion: TemporaryCompanion;
let shown: Notification[] = [];
let now = 0;
const home = temporaryFolder();
afterEach(async () => {
  await companion.stop();
  rmSync(home, { recursive: true, force: true });
});

async function start(options: Options = {}): Promise<void> {
  shown = [];
  now = 1_000_000;
  companion = await temporaryCompanion({
    notifier: {
      show: (notification) => {
        shown.push(notification);
        return Promise.resolve(true);
      },
    },
    monotonic: { now: () => now },
    ...options,
  });
}

const low = { kind: "level", locale: "en", level: "orange", sku: "RAIN-1", left: 12 };

describe("an alert", () => {
  test("is shown in the words of the pane's language", async () => {
    await start();
    const fence = await companion.lead("live");
    const answer = await companion.post("/api/alarm/live", low, fence);
    expect(v.parse(alarmAnswerSchema, answer.json)).toEqual({ shown: true });
    await companion.post("/api/alarm/live", { ...low, locale: "zh-CN", level: "red" }, fence);
    const oversold = { kind: "oversold", locale: "en", sku: "RAIN-1", units: 1 };
    await companion.post("/api/alarm/live", oversold, fence);
    const silent = { kind: "channel", locale: "en", channel: "eBay" };
    await companion.post("/api/alarm/live", silent, fence);
    expect(shown.map(({ title }) => title)).toEqual([
      "Nearly gone: RAIN-1",
      "已停止销售：RAIN-1",
      "Oversold: RAIN-1",
      "eBay does not answer",
    ]);
    expect(shown[0]?.body).toContain("12 units");
    expect(shown[2]?.body).toContain("1 unit more");
  });

  test("is shown once in five minutes, however often it is raised", async () => {
    await start();
    const fence = await companion.lead("live");
    for (let left = 12; left > 0; left -= 1) {
      await companion.post("/api/alarm/live", { ...low, left }, fence);
    }
    expect(shown).toHaveLength(1);
    now += 301_000;
    await companion.post("/api/alarm/live", low, fence);
    expect(shown).toHaveLength(2);
  });

  test("of many at once shows six, and others a minute later", async () => {
    await start();
    const fence = await companion.lead("live");
    for (let n = 0; n < 30; n += 1) {
      await companion.post("/api/alarm/live", { ...low, sku: `S-${n}` }, fence);
    }
    expect(shown).toHaveLength(6);
    now += 61_000;
    await companion.post("/api/alarm/live", { ...low, sku: "S-99" }, fence);
    expect(shown).toHaveLength(7);
  });

  test("comes from the leader alone, in the right form", async () => {
    await start();
    expect((await companion.post("/api/alarm/live", low)).status).toBe(423);
    const fence = await companion.lead("live");
    for (const odd of [
      {},
      { ...low, level: "blue" },
      { ...low, left: "1" },
      { ...low, locale: 1 },
    ]) {
      expect((await companion.post("/api/alarm/live", odd, fence)).status).toBe(400);
    }
    expect(shown).toEqual([]);
  });
});

describe("a pane that goes silent while a stream is on", () => {
  const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
  const options = { silentAfterMs: 5000 };
  const watch = (on: boolean, fence: Record<string, string>) =>
    companion.post("/api/alarm/live/watch", { on, locale: "en" }, fence);
  /** Longer than the companion takes to look. */
  const LOOK = 1500;

  test("is told once, when the lease has run out and nobody took over", async () => {
    await start(options);
    const fence = await companion.lead("live");
    await watch(true, fence);
    await pause(LOOK);
    expect(shown).toEqual([]);
    now += 9000;
    await pause(LOOK);
    expect(shown).toEqual([]);
    now += 6000;
    await pause(LOOK);
    now += 60_000;
    await pause(LOOK);
    expect(shown.map(({ title }) => title)).toEqual(["StreamStock has gone silent"]);
  });

  test("is told again when it came back and fell silent once more", async () => {
    await start(options);
    await watch(true, await companion.lead("live"));
    for (let round = 1; round <= 2; round += 1) {
      now += 400_000;
      await pause(LOOK);
      now += 6000;
      await pause(LOOK);
      expect(shown).toHaveLength(round);
      await companion.lead("live");
      await pause(LOOK);
    }
  });

  test("is not told when another window leads, or the stream has ended", async () => {
    await start(options);
    const fence = await companion.lead("live", "first");
    await watch(true, fence);
    now += 9000;
    const next = await companion.lead("live", "second");
    now += 6000;
    await pause(LOOK);
    await companion.lead("live", "second");
    await pause(LOOK);
    expect(shown).toEqual([]);
    await watch(false, next);
    now += 60_000;
    await pause(LOOK);
    expect(shown).toEqual([]);
  });

  test("is told although the companion was started again in between", async () => {
    await start(options);
    await watch(true, await companion.lead("live"));
    await companion.restart();
    now += 9000;
    await pause(LOOK);
    now += 6000;
    await pause(LOOK);
    expect(shown).toHaveLength(1);
  });
});
