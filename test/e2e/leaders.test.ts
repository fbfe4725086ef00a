/**
 * Leaders that die, freeze and give way in the middle of pushing: the next one leads at once, and no
 * channel ever sees the writes of two. Thirty changes by default; STREAMSTOCK_LEADERS sets another
 * number. Real processes, the real companion and its relay, the sandbox behind a record of every call.
 */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { mulberry32 } from "../../src/base/prng";
import type { RehearsalState, Truth } from "../../src/channels/rehearsal-contract";
import type { Entry } from "../../src/stock/entries";
import { bundle } from "../support/bundle";
import { eventually } from "../support/stage";
import {
  temporaryCompanion,
  temporaryFolder,
  type TemporaryCompanion,
} from "../support/temporary-companion";
import { LeaderCrew, type Way } from "./fixtures/leader-crew";
import { LeaderRecord } from "./fixtures/leader-record";

const CHANGES = Number(process.env["STREAMSTOCK_LEADERS"] ?? 30);
const SEED = Number(process.env["STREAMSTOCK_SEED"] ?? Date.now() % 1_000_000);
/** So many changes in one book: a book that only grows would be measured after a while. */
const PER_BOOK = 50;
const CREW = 4;
/** A frozen leader is waited for; most of them under a short lease, so that many fit in. */
const SHORT_TTL_MS = 1500;
const ORDER_EVERY_MS = 150;
const KEPT_MS = 1500;

const folder = mkdtempSync(join(tmpdir(), "streamstock-leaders-"));
const script = join(folder, "leader-worker.cjs");
const prng = mulberry32(SEED);

interface Taken {
  readonly way: Way;
  readonly leadsMs: number;
  readonly opensMs: number;
}

interface Played {
  readonly taken: readonly Taken[];
  readonly writes: number;
  readonly doubles: number;
  readonly refused: number;
}

beforeAll(async () => {
  writeFileSync(script, await bundle("test/e2e/fixtures/leader-worker.ts", "node20"));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Shoppers come and change their minds, so that every leader has something to push. */
function shoppers(record: LeaderRecord, skus: readonly string[]): () => Promise<void> {
  const open = new Set<Promise<unknown>>();
  let over = false;
  const timer = setInterval(() => {
    const channel = prng.next() < 0.5 ? "tiktok" : "ebay";
    const sku = skus[Math.floor(prng.next() * skus.length)] ?? "";
    const bought = record
      .control<{ order: string }>("/order", { channel, sku, units: 1, paid: true })
      .then(async (placed) => {
        for (let waited = 0; waited < KEPT_MS && !over; waited += 100) await pause(100);
        if (placed !== null) await record.control("/cancel", { order: placed.order });
      });
    open.add(bought);
    void bought.finally(() => open.delete(bought));
  }, ORDER_EVERY_MS);
  return async () => {
    over = true;
    clearInterval(timer);
    await Promise.all(open);
  };
}

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** Until a channel took something from this leader, or for a while: there may be nothing to push. */
async function pushing(record: LeaderRecord, fence: number): Promise<void> {
  for (let tries = 0; tries < 60 && !record.hasWritten(fence); tries += 1) await pause(50);
}

function nextWay(frozen: boolean): Way {
  if (frozen) return "freeze";
  const dice = prng.next();
  if (dice < 0.5) return "kill";
  return dice < 0.85 ? "release" : "exit";
}

/** Every entry once, without a gap, and the shop's truth as the journal alone tells it. */
async function expectWholeJournal(
  companion: TemporaryCompanion,
  run: string,
  truth: () => Promise<Truth>,
): Promise<void> {
  await eventually(
    "the journal tells what really happened",
    async () => {
      const page = await companion.get(`/api/journal/rehearsal-${run}?after=0&limit=5000`);
      const { records, headSeq } = page.json as {
        headSeq: number;
        records: { seq: number; json: string }[];
      };
      expect(records.map(({ seq }) => seq)).toEqual(
        Array.from({ length: Math.min(5000, headSeq) }, (_, at) => at + 1),
      );
      const entries = records.map(({ json }) => JSON.parse(json) as Entry);
      expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length);
      if (headSeq > records.length) return true;
      const { items } = await truth();
      return items.every(({ sku, committed, held }) => {
        const taken = sum(Object.values(committed)) + sum(Object.values(held));
        return openUnits(entries, sku) === taken;
      });
    },
    30_000,
  );
}

const sum = (list: readonly number[]) => list.reduce((total, n) => total + n, 0);

function openUnits(entries: readonly Entry[], sku: string): number {
  const isOpen = (account: string) => /^(held|committed):/.test(account);
  return entries.reduce((units, entry) => {
    if (entry.type !== "move" || entry.sku !== sku) return units;
    return (
      units + (isOpen(entry.to) ? entry.quantity : 0) - (isOpen(entry.from) ? entry.quantity : 0)
    );
  }, 0);
}

/** One companion, with a lease of `ttlMs` (absent: as shipped), through `changes` leaders. */
async function play(changes: number, freezeShare: number, ttlMs?: number): Promise<Played> {
  const record = await LeaderRecord.open(SEED);
  const home = temporaryFolder();
  writeFileSync(join(home, "rehearsal-credentials.json"), JSON.stringify(record.credentials));
  const companion = await temporaryCompanion({
    env: { STREAMSTOCK_HOME: home, STREAMSTOCK_SANDBOX: record.origin },
    upstreamTimeoutMs: 10_000,
    ...(ttlMs === undefined ? {} : { leaseTtlMs: ttlMs }),
  });
  const taken: Taken[] = [];
  const all = { writes: 0, doubles: 0, refused: 0 };
  try {
    while (taken.length < changes) {
      const here = Math.min(PER_BOOK, changes - taken.length);
      const played = await playBook(companion, record, here, freezeShare);
      taken.push(...played.taken);
      all.writes += played.writes;
      all.doubles += played.doubles;
      all.refused += played.refused;
      if (changes > PER_BOOK) process.stderr.write(`so far: ${told({ taken, ...all })}`);
    }
  } finally {
    await companion.stop();
    await record.close();
    rmSync(home, { recursive: true, force: true });
  }
  return { taken, ...all };
}

async function playBook(
  companion: TemporaryCompanion,
  record: LeaderRecord,
  changes: number,
  freezeShare: number,
): Promise<Played> {
  await record.newRun();
  const { run, items } = await record.ask<RehearsalState>("");
  const origin = `http://127.0.0.1:${companion.port}`;
  const crew = new LeaderCrew(script, [origin, companion.token]);
  const taken: Taken[] = [];
  const joining: Promise<void>[] = [];
  const close = shoppers(
    record,
    items.map(({ sku }) => sku),
  );
  try {
    for (let count = 0; count < CREW; count += 1) await crew.hire();
    let leader = await crew.leaderAfter(0);
    while (taken.length < changes) {
      await pushing(record, leader.fence);
      await pause(prng.next() * 150);
      await crew.relief();
      // On a slow machine a short lease may have passed on by itself.
      leader = await crew.leaderAfter(leader.fence - 1);
      const way = nextWay((taken.length + 1) % Math.round(1 / freezeShare) === 0);
      const ended = crew.end(way);
      const next = await crew.leaderAfter(leader.fence);
      taken.push({ way, leadsMs: next.at - ended.at, opensMs: next.openedAt - ended.at });
      // The frozen one thaws while the next one pushes.
      if (way === "freeze") await pushing(record, next.fence);
      // Somebody new joins meanwhile.
      joining.push(ended.after());
      leader = next;
    }
    await close();
    await expectWholeJournal(companion, run, () => record.ask<Truth>("/truth"));
    return { taken, writes: record.total, doubles: record.doubles(), refused: crew.refused };
  } finally {
    await close();
    await Promise.allSettled(joining);
    await crew.dismiss();
  }
}

function told(played: Played): string {
  const ways = [...new Set(played.taken.map(({ way }) => way))];
  const lines = ways.map((way) => {
    const of = (what: "leadsMs" | "opensMs") => {
      const list = played.taken.filter((one) => one.way === way).map((one) => one[what]);
      list.sort((a, b) => a - b);
      const at = (part: number) => list[Math.min(list.length - 1, Math.floor(list.length * part))];
      return `p50 ${at(0.5)}, p99 ${at(0.99)}, most ${list.at(-1)} ms`;
    };
    const count = played.taken.filter((one) => one.way === way).length;
    return `  ${way} ${count}: leads ${of("leadsMs")}; book open ${of("opensMs")}\n`;
  });
  const { length } = played.taken;
  return (
    `${length} changes of leader, ${played.writes} pushes, ${played.doubles} double, ` +
    `${played.refused} late calls refused (load ${loadavg()[0]?.toFixed(1)}, seed ${SEED})\n` +
    lines.join("")
  );
}

test(
  `${CHANGES} changes of leader while pushing make no push twice`,
  async () => {
    const played = await play(CHANGES, 0.2, SHORT_TTL_MS);
    process.stderr.write(told(played));
    expect(played.taken.length).toBe(CHANGES);
    expect(played.writes).toBeGreaterThan(CHANGES / 3);
    expect(played.doubles).toBe(0);
    // Leaders that thawed did try.
    expect(played.refused).toBeGreaterThan(0);
    // Dying is noticed by itself, not by a lease that runs out.
    const dead = played.taken.filter(({ way }) => way !== "freeze").map(({ leadsMs }) => leadsMs);
    dead.sort((a, b) => a - b);
    expect(dead[Math.floor(dead.length / 2)]).toBeLessThan(SHORT_TTL_MS);
  },
  120_000 + CHANGES * 10_000,
);

test("under the lease that ships, a frozen leader is replaced when its term is over", async () => {
  const played = await play(2, 0.5);
  process.stderr.write(told(played));
  expect(played.doubles).toBe(0);
  const [frozen] = played.taken.filter(({ way }) => way === "freeze");
  // Its term and not much more, on whatever machine.
  expect(frozen?.leadsMs).toBeLessThan(30_000);
}, 180_000);
