/** Small builders for ledger tests. */
import type { Sku } from "../../src/base/ids";
import type { Draft, Entry, Move } from "../../src/stock/entries";
import { note } from "../../src/stock/entries";
import type { ReportedLine } from "../../src/stock/orders";
import { apply, emptyProjection, type Projection } from "../../src/stock/projection";

export const SKU = "OR-1" as Sku;

export function count(units: number, sku: Sku = SKU): Move {
  return {
    type: "move",
    key: `count/${sku}`,
    at: 0,
    reportedAt: 0,
    kind: "count",
    sku,
    quantity: units,
    from: "external",
    to: "available",
    ref: "",
  };
}

export function stream(options: {
  planned: number;
  startedAt?: number;
  endsAt?: number;
  speed?: number;
}): Draft[] {
  const ref = "stream-1";
  const detail = JSON.stringify({
    channel: "tiktok",
    creator: "Mia",
    followers: 80_000,
    speed: options.speed ?? 1,
    minutes: 180,
  });
  const drafts: Draft[] = [
    note("stream_planned", "planned", 0, { sku: SKU, n: options.planned, detail, ref }),
    {
      ...count(options.planned),
      key: "reserve",
      kind: "reserve",
      from: "available",
      to: "reserved:stream-1",
      ref,
    },
  ];
  if (options.startedAt !== undefined) {
    drafts.push(
      note("stream_started", "started", options.startedAt, {
        sku: SKU,
        n: options.endsAt ?? options.startedAt + 180 * 60_000,
        ref,
      }),
    );
  }
  return drafts;
}

export function line(over: Partial<ReportedLine> = {}): ReportedLine {
  return {
    channel: "tiktok",
    orderId: "1",
    lineId: "a",
    sku: SKU,
    createdAt: 1000,
    updatedAt: 1000,
    paid: true,
    ordered: 1,
    cancelled: 0,
    shipped: 0,
    ...over,
  };
}

export function projected(drafts: readonly Draft[]): Projection {
  const projection = emptyProjection();
  add(projection, drafts);
  return projection;
}

export function add(projection: Projection, drafts: readonly Draft[]): void {
  for (const draft of drafts) {
    const entry: Entry = { ...draft, seq: projection.seq + 1, bookedAt: 0 };
    apply(projection, entry);
  }
}
