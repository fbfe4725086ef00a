/** Where a SKU's units are: the sum that makes the free ones. */
import { Panel } from "../frame/Panel";
import { Facts } from "../more/Facts";
import type { SkuState } from "../../worker/api";
import { useWords } from "../words";

export function SkuSum({ row }: { readonly row: SkuState }) {
  const { hand, formats } = useWords();
  const { skuTerm } = hand;
  const minus = (n: number) => (n === 0 ? "0" : `− ${formats.number(n)}`);
  const facts = [
    [skuTerm.onHand, formats.number(row.onHand)],
    [skuTerm.committed, minus(row.committed)],
    [skuTerm.held, minus(row.held)],
    [skuTerm.reserved, minus(row.reserved)],
    [skuTerm.damaged, minus(row.damaged)],
    [skuTerm.free, `= ${formats.number(row.available)}`],
    ...(row.incoming > 0 ? [[skuTerm.incoming, formats.number(row.incoming)] as const] : []),
  ] as const;
  return (
    <Panel title={hand.skuSum}>
      <Facts facts={facts} />
    </Panel>
  );
}
