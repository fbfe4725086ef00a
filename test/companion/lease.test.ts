import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LEASE_TTL_MS } from "../../src/ledger/journal";
import { temporaryCompanion, type TemporaryCompanion } from "../support/temporary-companion";

let now = 0;
let companion: TemporaryCompanion;
beforeEach(async () => {
  now = 1000;
  companion = await temporaryCompanion({ monotonic: { now: () => now } });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await companion.stop();
});

const ask = async (action: string, holder: string, book = "live") =>
  (await companion.post(`/api/lease/${book}`, { action, holder })).json;
const acquire = (holder: string, book = "live") => ask("acquire", holder, book);
let seq = 0;
const append = async (fence: number | string, book = "live") => {
  const records = [{ seq: seq + 1, json: "{}" }];
  const headers = { "x-streamstock-fence": String(fence) };
  const answer = await companion.post(`/api/journal/${book}/append`, { records }, headers);
  if (answer.status === 200) seq += 1;
  return answer;
};
beforeEach(() => {
  seq = 0;
});

describe("the lease of a book", () => {
  test("goes to the first who asks, and to nobody else while it is renewed", async () => {
    expect(await acquire("a")).toEqual({ granted: true, fence: 1, ttlMs: LEASE_TTL_MS });
    for (let round = 0; round < 5; round += 1) {
      now += LEASE_TTL_MS - 1;
      expect(await acquire("b")).toMatchObject({ granted: false, fence: 1, ttlMs: 1 });
      expect(await acquire("a")).toMatchObject({ granted: true, fence: 1 });
    }
  });

  test("passes on when it runs out, under a higher token", async () => {
    await acquire("a");
    now += LEASE_TTL_MS;
    expect(await acquire("b")).toMatchObject({ granted: true, fence: 2 });
    expect(await acquire("a")).toMatchObject({ granted: false, fence: 2 });
  });

  test("passes on at once when it is given back, by its holder alone", async () => {
    await acquire("a");
    await ask("release", "b");
    expect(await acquire("b")).toMatchObject({ granted: false });
    expect(await ask("release", "a")).toMatchObject({ granted: false });
    expect(await acquire("b")).toMatchObject({ granted: true, fence: 2 });
  });

  test("has a higher token too when the same holder comes back late", async () => {
    await acquire("a");
    now += LEASE_TTL_MS;
    expect(await acquire("a")).toMatchObject({ granted: true, fence: 2 });
  });

  test("is one per book", async () => {
    await acquire("a");
    expect(await acquire("b", "rehearsal-1")).toMatchObject({ granted: true, fence: 1 });
  });

  test("goes to one of a hundred who ask at the same time", async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => acquire(`holder ${index}`)),
    );
    expect(answers.filter(({ granted }) => granted)).toHaveLength(1);
  });

  test("has a token that never goes back over three hundred leaders and restarts", async () => {
    let highest = 0;
    for (let turn = 1; turn <= 300; turn += 1) {
      const { granted, fence } = await acquire(`leader ${turn}`);
      expect(granted).toBe(true);
      expect(fence).toBeGreaterThan(highest);
      highest = fence;
      now += LEASE_TTL_MS;
      if (turn % 60 === 0) {
        await companion.restart();
        now += LEASE_TTL_MS;
      }
    }
  });
});

describe("after a restart", () => {
  test("the leader goes on as before, and others wait one term", async () => {
    await acquire("a");
    await companion.restart();
    expect((await append(1)).status).toBe(200);
    expect(await acquire("b")).toMatchObject({ granted: false });
    expect(await acquire("a")).toMatchObject({ granted: true, fence: 1 });
    now += LEASE_TTL_MS;
    expect(await acquire("b")).toMatchObject({ granted: true, fence: 2 });
  });

  test("a lease that was given back is free", async () => {
    await acquire("a");
    await ask("release", "a");
    await companion.restart();
    expect((await append(1)).status).toBe(423);
    expect(await acquire("b")).toMatchObject({ granted: true, fence: 2 });
  });

  test("a damaged lease file leads to a token above every earlier one", async () => {
    jest.spyOn(console, "error").mockReturnValue();
    for (const damage of ["", "{", '{"fence":-1,"holder":null}', "[]"]) {
      const before = (await acquire("a")).fence;
      writeFileSync(join(companion.home, "leases", "live.json"), damage);
      await companion.restart();
      const after = await acquire("b");
      expect(after.granted).toBe(true);
      expect(after.fence).toBeGreaterThan(before);
      now += LEASE_TTL_MS;
    }
  });
});

describe("the fencing token", () => {
  test("is needed to append, as a number, and must be the newest", async () => {
    const { fence } = await acquire("a");
    expect((await append(fence)).status).toBe(200);
    for (const wrong of ["", "x", "0", "-1", "1.0", " 1x", "01e0", "2", "999999999999999999"]) {
      const refused = await append(wrong);
      expect([wrong, refused.status]).toEqual([wrong, 423]);
      expect(refused.json.error.code).toBe("fenced_off");
    }
  });

  test("of an earlier leader is refused for ever, also when it comes late", async () => {
    await acquire("old");
    await append(1);
    now += LEASE_TTL_MS;
    await acquire("new");
    expect((await append(1)).status).toBe(423);
    expect((await append(2)).status).toBe(200);
    await ask("release", "new");
    expect((await append(2)).status).toBe(423);
    expect((await append(1)).status).toBe(423);
    const journal = await companion.get("/api/journal/live");
    expect(journal.json.headSeq).toBe(2);
  });

  test("of a slow leader still counts while nobody has taken over", async () => {
    await acquire("a");
    now += LEASE_TTL_MS * 5;
    expect((await append(1)).status).toBe(200);
  });

  test("of one book opens no other", async () => {
    await acquire("a");
    await acquire("a", "rehearsal-1");
    now += LEASE_TTL_MS;
    await acquire("b", "rehearsal-1");
    expect((await append(2)).status).toBe(423);
    expect((await append(1, "rehearsal-1")).status).toBe(423);
  });

  test("is on disk before it is given out", async () => {
    const { fence } = await acquire("a");
    const kept = JSON.parse(readFileSync(join(companion.home, "leases", "live.json"), "utf8"));
    expect(kept).toEqual({ fence, holder: "a" });
  });
});

test("a request that is no lease request changes nothing", async () => {
  for (const body of [{}, { action: "steal", holder: "a" }, { action: "acquire", holder: "" }]) {
    expect((await companion.post("/api/lease/live", body)).status).toBe(400);
  }
  expect(
    (await companion.post("/api/lease/..", { action: "acquire", holder: "a" })).status,
  ).not.toBe(200);
  expect(await acquire("a")).toMatchObject({ granted: true, fence: 1 });
});
