/**
 * A power cut loses nothing that was acknowledged: the browser's disk is stopped at some instant of
 * writing, the browser killed, and the disk mounted anew. A killed browser alone proves less, since
 * what it wrote stays in the system's memory (limits.md 5a). The same harness with the browser's own
 * relaxed durability has to lose something, or it would see no loss at all.
 *
 * Two cuts by default; STREAMSTOCK_POWER_CUTS sets another number. Needs Linux and root.
 */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { join } from "node:path";
import { mulberry32 } from "../../src/base/prng";
import { LoopDisk, whyNoLoopDisk } from "../support/loop-disk";
import { unbroken, WriterStand, type Durability } from "./fixtures/writer-stand";

const asked = process.env["STREAMSTOCK_POWER_CUTS"];
const CUTS = Number(asked ?? 2);
/** A profile's first minutes are not like its later ones, so it is made anew now and then. */
const CUTS_PER_DISK = 6;
const CONTROL_CUTS = Math.max(2, Math.ceil(CUTS / 4));
const DISK_BYTES = 600 << 20;

interface Outcome {
  cuts: number;
  /** Before the power was cut. */
  acknowledged: number;
  lost: number;
  cutsWithLoss: number;
  /**
   * Acknowledged although the power was gone, and lost: the ioctl stops a disk and not the machine,
   * and now and then a flush that it interrupts still says that it went well. No machine without
   * power says anything, so these are told and not counted.
   */
  lostAfter: number;
}

let stand: WriterStand | null = null;
const prng = mulberry32(23);

async function cutPower(durability: Durability, cuts: number): Promise<Outcome> {
  const outcome: Outcome = { cuts: 0, acknowledged: 0, lost: 0, cutsWithLoss: 0, lostAfter: 0 };
  while (outcome.cuts < cuts) {
    await oneDisk(durability, Math.min(CUTS_PER_DISK, cuts - outcome.cuts), outcome);
  }
  const { acknowledged, lost, cutsWithLoss, lostAfter } = outcome;
  process.stderr.write(
    `${durability}: ${cuts} power cuts, ${acknowledged} entries acknowledged, ` +
      `${lost} lost in ${cutsWithLoss} cuts; ${lostAfter} more "acknowledged" after the cut\n`,
  );
  return outcome;
}

/** A new disk and profile, cut `cuts` times while it is written to. */
async function oneDisk(durability: Durability, cuts: number, outcome: Outcome): Promise<void> {
  if (stand === null) throw new Error("no stand");
  const disk = LoopDisk.make(DISK_BYTES);
  const profile = join(disk.folder, "profile");
  try {
    stand.accept([]);
    expect(await stand.start(profile, durability)).toEqual([]);
    for (let cut = 0; cut < cuts; cut += 1) {
      expect(stand.failed).toBeNull();
      const before = stand.acknowledged.length;
      const cutPower = await disk.arm();
      await stand.moreThan(before);
      await new Promise((done) => setTimeout(done, prng.next() * 1500));
      const acknowledged = stand.acknowledged.length;
      await cutPower();
      await stand.kill();
      await disk.unmount();
      disk.mount();
      const found = await stand.start(profile, durability);
      // Whatever is left is the beginning of the history, each entry at its place.
      expect(found).toEqual(unbroken(found));
      const lost = Math.max(0, acknowledged - found.length);
      outcome.cuts += 1;
      outcome.acknowledged += acknowledged - before;
      outcome.lost += lost;
      if (lost > 0) outcome.cutsWithLoss += 1;
      outcome.lostAfter += Math.max(0, stand.acknowledged.length - found.length) - lost;
      stand.accept(found);
    }
  } finally {
    await stand.kill();
    await disk.remove();
  }
}

const unable = whyNoLoopDisk();
// Whoever asks for a number of cuts wants to hear of it when there are none.
if (unable !== null && asked !== undefined) throw new Error(unable);
if (unable !== null) process.stderr.write(`Power cuts are skipped: ${unable}\n`);

(unable === null ? describe : describe.skip)("a power cut in the middle of writing", () => {
  beforeAll(async () => {
    stand = await WriterStand.open();
  }, 120_000);
  afterAll(() => stand?.close());

  test(
    `loses no acknowledged entry, ${CUTS} times`,
    async () => {
      expect(await cutPower("strict", CUTS)).toMatchObject({ cuts: CUTS, lost: 0 });
    },
    60_000 + CUTS * 20_000,
  );

  test(
    "does lose entries that were written with relaxed durability",
    async () => {
      expect((await cutPower("relaxed", CONTROL_CUTS)).lost).toBeGreaterThan(0);
    },
    60_000 + CONTROL_CUTS * 20_000,
  );
});
