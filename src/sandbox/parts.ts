/** Ways into a parsed answer of unknown shape, for faults that rearrange its list of orders. */
import type { OrderList } from "./venue";

export function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/** The array under `name`, whose members carry their id under `id`; null: there is no such array. */
export function listIn(value: unknown, name: string, id: string): OrderList | null {
  const orders = member(value, name);
  if (!Array.isArray(orders)) return null;
  return {
    orders: orders as unknown[],
    idOf: (order) => {
      const found = member(order, id);
      return typeof found === "string" ? found : "";
    },
  };
}
