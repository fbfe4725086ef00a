/** The calls of two leaders to one channel do not overlap. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { CallOrder } from "../../src/companion/relay/call-order";

let order: CallOrder;
let told: string[];
beforeEach(() => {
  order = new CallOrder();
  told = [];
});

/** A call that runs until it is ended. */
function call(name: string, place: string, fence: number): { end: () => void; fail: () => void } {
  let end: () => void = () => undefined;
  let fail: () => void = () => undefined;
  const work = new Promise<void>((resolve, reject) => {
    end = resolve;
    fail = () => reject(new Error("broken"));
  });
  order
    .run(place, fence, () => {
      told.push(name);
      return work;
    })
    .catch(() => undefined);
  return { end, fail };
}

const settle = () => new Promise((done) => setTimeout(done, 10));

describe("calls to one channel", () => {
  test("of one leader run side by side", () => {
    call("first", "live/ebay", 1);
    call("second", "live/ebay", 1);
    expect(told).toEqual(["first", "second"]);
  });

  test("of a new leader wait for every one of the old ones, answered or failed", async () => {
    const first = call("first", "live/ebay", 1);
    const second = call("second", "live/ebay", 1);
    call("new", "live/ebay", 2);
    first.end();
    await settle();
    expect(told).toEqual(["first", "second"]);
    second.fail();
    await settle();
    expect(told).toEqual(["first", "second", "new"]);
  });

  test("of a new leader do not wait for another channel or another book", () => {
    call("first", "live/ebay", 1);
    call("other channel", "live/amazon", 2);
    call("other book", "rehearsal-a/ebay", 2);
    expect(told).toEqual(["first", "other channel", "other book"]);
  });

  test("of three leaders come in their order", async () => {
    const first = call("first", "live/ebay", 1);
    const second = call("second", "live/ebay", 2);
    call("third", "live/ebay", 3);
    first.end();
    await settle();
    expect(told).toEqual(["first", "second"]);
    second.end();
    await settle();
    expect(told).toEqual(["first", "second", "third"]);
  });
});
