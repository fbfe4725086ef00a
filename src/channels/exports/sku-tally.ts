/** Adds up, SKU by SKU, what an import would change. */
import type { Sku } from "../../base/ids";
import type { Move } from "../../stock/entries";
import type { OrderLine } from "../channel";
import type { SkuChange } from "./import-plan";

type Draft = { -readonly [Field in keyof SkuChange]: SkuChange[Field] };

export class SkuTally {
  readonly #skus = new Map<Sku, Draft>();

  #of(sku: Sku): Draft {
    let draft = this.#skus.get(sku);
    if (draft === undefined) {
      const none = { ordered: 0, paid: 0, cancelled: 0, shipped: 0 };
      draft = { sku, isNew: false, listed: null, onHand: null, ...none };
      this.#skus.set(sku, draft);
    }
    return draft;
  }

  /**
   * A line that the book does not have: what stock/orders.ts makes of it, in short, since a file may
   * have 100,000 of them. What is not paid is not sent.
   */
  fresh(sku: Sku, { ordered, cancelled, shipped }: OrderLine, paid: boolean): void {
    const wanted = Math.max(0, ordered - cancelled);
    if (wanted === 0) return;
    const draft = this.#of(sku);
    draft.ordered += wanted;
    if (paid) draft.shipped += Math.min(shipped, wanted);
  }

  move(move: Move): void {
    const draft = this.#of(move.sku);
    if (move.kind === "commit" || move.kind === "hold") draft.ordered += move.quantity;
    else if (move.kind === "pay") draft.paid += move.quantity;
    else if (move.kind === "cancel") draft.cancelled += move.quantity;
    else if (move.kind === "ship") draft.shipped += move.quantity;
  }

  listed(sku: Sku, units: number, isNew: boolean): void {
    const draft = this.#of(sku);
    draft.listed = (draft.listed ?? 0) + units;
    draft.isNew ||= isNew;
  }

  counted(sku: Sku, from: number, to: number): void {
    if (from !== to) this.#of(sku).onHand = { from, to };
  }

  /** Those that change, in the order of the file. A number that is only seen changes nothing. */
  get changes(): readonly SkuChange[] {
    return [...this.#skus.values()].filter(
      ({ isNew, onHand, ordered, paid, cancelled, shipped }) =>
        isNew || onHand !== null || ordered + paid + cancelled + shipped > 0,
    );
  }
}
