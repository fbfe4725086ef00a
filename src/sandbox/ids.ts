/**
 * How the channels spell the ids of orders. Made from the run's serial and the order's number, so
 * that a process which lost its last second makes the same ids again for the same orders.
 */
import { never } from "../base/assert";
import type { Order, Run } from "./state";

/** Nineteen digits, beyond what a JavaScript number holds exactly: to be read as text. */
export function tiktokOrderId(run: Run, order: Order): string {
  return `57${digits(run.serial, 10)}${digits(order.seq, 5)}11`;
}

/** One line item is one unit; `index` counts the order's units from 0 (at most 99). */
export function tiktokLineItemId(run: Run, order: Order, index: number): string {
  return `58${digits(run.serial, 10)}${digits(order.seq, 5)}${digits(index, 2)}`;
}

export function shopifyOrderNumber(run: Run, order: Order): string {
  return `${digits(run.serial, 10)}${digits(order.seq, 5)}`;
}

/** Three, seven and seven digits. */
export function amazonOrderId(run: Run, order: Order): string {
  const all = `11${digits(run.serial, 10)}${digits(order.seq, 5)}`;
  return `${all.slice(0, 3)}-${all.slice(3, 10)}-${all.slice(10)}`;
}

/** Fourteen digits; `index` counts the order's lines from 0 (at most 9). */
export function amazonOrderItemId(run: Run, order: Order, index: number): string {
  return `${tail(run)}${digits(order.seq, 5)}${index}0`;
}

/** Two, five and five digits. */
export function ebayOrderId(run: Run, order: Order): string {
  const all = `${tail(run)}${digits(order.seq, 5)}`;
  return `${all.slice(0, 2)}-${all.slice(2, 7)}-${all.slice(7)}`;
}

/** Fourteen digits; `index` counts the order's lines from 0 (at most 9). */
export function ebayLineItemId(run: Run, order: Order, index: number): string {
  return `1${tail(run)}${digits(order.seq, 5)}${index}`;
}

export function orderId(run: Run, order: Order): string {
  switch (order.venue) {
    case "tiktok":
      return tiktokOrderId(run, order);
    case "amazon":
      return amazonOrderId(run, order);
    case "shopify":
      return `gid://shopify/Order/${shopifyOrderNumber(run, order)}`;
    case "ebay":
      return ebayOrderId(run, order);
    default:
      return never(order.venue);
  }
}

/** The order with this id in its channel's spelling. */
export function orderById(run: Run, id: string): Order | undefined {
  return run.shop.orders.find((order) => orderId(run, order) === id);
}

/** Seven digits of the serial: short ids repeat after 115 days at the earliest. */
function tail(run: Run): string {
  return digits(run.serial % 10_000_000, 7);
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, "0");
}
