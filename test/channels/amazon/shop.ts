/** A shop at Amazon that answers as a test says, and the answers that most tests need. */
import { amazonChannel } from "../../../src/channels/amazon/amazon-channel";
import type { Channel, ChannelHttp } from "../../../src/channels/channel";
import type { Told } from "../../support/scripted-http";

export const START = Date.UTC(2026, 10, 23, 10);

/** A channel whose clock the test turns. */
export function shop(http: ChannelHttp): Channel & { later(ms: number): void } {
  let now = START;
  const channel = amazonChannel({ http, clock: { now: () => now } });
  return { ...channel, later: (ms) => void (now += ms) };
}

export const refused = (status: number, code: string, details = ""): Told => ({
  status,
  body: { errors: [{ code, message: "no", details }] },
});
export const taken: Told = {
  body: { sku: "x", status: "ACCEPTED", submissionId: "1", issues: [] },
};
export const items = (
  ...rows: readonly (readonly [string, Record<string, number | undefined>])[]
) => ({
  body: {
    numberOfResults: rows.length,
    items: rows.map(([sku, channels]) => ({
      sku,
      fulfillmentAvailability: Object.entries(channels).map(
        ([fulfillmentChannelCode, quantity]) => ({
          fulfillmentChannelCode,
          quantity,
        }),
      ),
    })),
  },
});
export const order = (id: string, lastUpdatedTime: string) => ({
  orderId: id,
  createdTime: "2026-11-23T09:00:00Z",
  lastUpdatedTime,
  fulfillment: { fulfillmentStatus: "UNSHIPPED", fulfilledBy: "MERCHANT" },
  orderItems: [{ orderItemId: "1", quantityOrdered: 1, product: { sellerSku: "S" } }],
});
export const page = (nextToken: string, ...orders: object[]): Told => ({
  body: { orders, pagination: { nextToken }, lastUpdatedBefore: "2026-11-23T09:58:00Z" },
});
