/**
 * How the channels spell the ids of orders. Made from the run's serial and the order's number, so
 * that a process which lost its last second makes the same ids again for the same orders.
 */
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

export function orderId(run: Run, order: Order): string {
  return order.venue === "tiktok"
    ? tiktokOrderId(run, order)
    : `gid://shopify/Order/${shopifyOrderNumber(run, order)}`;
}

/** The order with this id in its channel's spelling. */
export function orderById(run: Run, id: string): Order | undefined {
  return run.shop.orders.find((order) => orderId(run, order) === id);
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, "0");
}
