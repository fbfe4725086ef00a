/** What goes out at the end of a turn goes out in the order in which it was asked for, all of it. */
import { expect, test } from "@jest/globals";
import { atTurnsEnd } from "../../src/companion/turn";

test("steps run in one burst, in order, after the turn that asked for them", async () => {
  const done: string[] = [];
  const all = new Promise<void>((resolve) => {
    atTurnsEnd(() => {
      done.push("first");
      // Asked for by a step itself: the next turn's.
      atTurnsEnd(() => {
        done.push("third");
        resolve();
      });
    });
    atTurnsEnd(() => done.push("second"));
  });
  await Promise.resolve();
  expect(done).toEqual([]);
  await all;
  expect(done).toEqual(["first", "second", "third"]);
});
