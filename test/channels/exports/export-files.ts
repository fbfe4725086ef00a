/** Small exports, written line by line. */

export interface TikTokLine {
  readonly order: string;
  readonly sku?: string;
  readonly units?: number | string;
  readonly status?: string;
  readonly created?: string;
  readonly shipped?: string;
  readonly cancelled?: string;
}

export function tiktokOrders(lines: readonly TikTokLine[]): string {
  const headers =
    "Order ID,Order Status,Order Substatus,SKU ID,Seller SKU,Quantity,Created Time,Paid Time,Shipped Time,Cancelled Time";
  const rows = lines.map((line) => {
    const { order, sku = "A", units = 1, status = "To ship" } = line;
    const created = line.created ?? "20/11/2026 21:00:00";
    const paid = status === "Unpaid" ? "" : created;
    const dates = [created, paid, line.shipped ?? "", line.cancelled ?? ""];
    return [order, status, "", `1729-${sku}`, sku, units, ...dates].join(",");
  });
  return [headers, ...rows, ""].join("\n");
}

export function shopifyStock(
  rows: readonly (readonly [sku: string, available: number, onHand: number])[],
) {
  const lines = rows.map(([sku, available, onHand]) => `h,T,${sku},Main,${available},${onHand}`);
  return [
    "Handle,Title,SKU,Location,Available (not editable),On hand (current)",
    ...lines,
    "",
  ].join("\n");
}

export function feed(rows: readonly (readonly [sku: string, quantity: number | string])[]): string {
  return ["ItemID,SKU,Quantity", ...rows.map(([sku, n]) => `25,${sku},${n}`), ""].join("\n");
}
