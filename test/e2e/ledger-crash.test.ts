/**
 * A browser that is killed loses nothing that was acknowledged. Six rounds by default;
 * STREAMSTOCK_KILLS sets another number.
 */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mulberry32 } from "../../src/base/prng";
import { unbroken, WriterStand } from "./fixtures/writer-stand";

const KILLS = Number(process.env["STREAMSTOCK_KILLS"] ?? 6);

let stand: WriterStand;
let profile: string;

beforeAll(async () => {
  stand = await WriterStand.open();
  profile = mkdtempSync(join(tmpdir(), "streamstock-crash-"));
}, 120_000);

afterAll(async () => {
  await stand?.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
});

test(
  `${KILLS} kills in the middle of writing lose no acknowledged entry`,
  async () => {
    const prng = mulberry32(11);
    for (let round = 0; round <= KILLS; round += 1) {
      const found = await stand.start(profile);
      expect(stand.failed).toBeNull();
      // Numbered without gaps, each key at its number, and nothing acknowledged is missing.
      expect(found).toEqual(unbroken(found));
      expect(found.slice(0, stand.acknowledged.length)).toEqual(stand.acknowledged);
      // What was on disk and not told before the kill is told now.
      stand.accept(found);
      await stand.moreThan(found.length);
      await new Promise((done) => setTimeout(done, prng.next() * 1000));
      await stand.kill();
    }
    const { length } = stand.acknowledged;
    process.stderr.write(`${KILLS} kills, ${length} entries acknowledged, 0 lost\n`);
  },
  60_000 + KILLS * 15_000,
);
