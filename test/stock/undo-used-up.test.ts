/** What was used up since cannot be taken back. */
import { expect, test } from "@jest/globals";
import { announce, receive } from "../../src/stock/commands";
import { numbered, type Move } from "../../src/stock/entries";
import { reverse } from "../../src/stock/reverse";
import { add, count, projected, SKU } from "../support/entries";

const request = { id: "undo", at: 9, actor: "seller" };

test("damaged units that were thrown away since are not made whole again", () => {
  const damage = { ...count(5), key: "damage/1", kind: "damage", from: "available" } as const;
  const move: Move = { ...damage, to: "damaged" };
  const away: Move = { ...count(3), key: "away", kind: "adjust", from: "damaged", to: "external" };
  const book = projected([count(10), move]);
  expect(reverse(book, numbered(move, 2, 0), request).ok).toBe(true);
  add(book, [away]);
  expect(reverse(book, numbered(move, 2, 0), request)).toEqual({
    ok: false,
    error: { code: "units_gone", left: 2 },
  });
});

test("an announcement whose goods all came in is not taken back", () => {
  const told = announce({ ...request, id: "a", sku: SKU, units: 5, dueAt: 99 });
  if (!told.ok) throw new Error("refused");
  const [move] = told.value;
  if (move?.type !== "move") throw new Error("no move");
  const book = projected([move]);
  const came = receive(book, { ...request, id: "b", sku: SKU, units: 5, arrival: move.ref });
  if (!came.ok) throw new Error("refused");
  add(book, came.value);
  expect(reverse(book, numbered(move, 1, 0), request)).toEqual({
    ok: false,
    error: { code: "units_gone", left: 0 },
  });
});
