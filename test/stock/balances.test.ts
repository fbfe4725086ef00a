import { expect, test } from "@jest/globals";
import { channelIds } from "../../src/base/ids";
import { emptyBalances, openUnits } from "../../src/stock/balances";
import { planLine } from "../../src/stock/orders";
import { balancesOf } from "../../src/stock/projection";
import { add, count, line, projected, SKU } from "../support/entries";

test("what a channel's buyers hold unpaid or have bought is told for each channel by itself", () => {
  const book = projected([count(100)]);
  channelIds.forEach((channel, place) => {
    const unpaid = { channel, orderId: "unpaid", paid: false, ordered: 1 + place };
    add(book, planLine(book, line(unpaid)));
    add(book, planLine(book, line({ channel, orderId: "paid", ordered: 11 + place })));
  });
  channelIds.forEach((channel, place) => {
    const open = { held: 1 + place, committed: 11 + place };
    expect(openUnits(balancesOf(book, SKU), channel)).toEqual(open);
    expect(openUnits(emptyBalances(), channel)).toEqual({ held: 0, committed: 0 });
  });
});
