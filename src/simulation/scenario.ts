/**
 * What a run is made of. A scenario file (`npm run simulate -- --scenario FILE`) is one JSON object
 * of this form; `scenario.schema.json` is the same for editors, and what it leaves out is taken
 * from the family "steady". Times are seconds of the stream unless the name says otherwise.
 */
import * as v from "valibot";
import { channelIds } from "../base/ids";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const seconds = v.pipe(v.number(), v.minValue(0));
const perChannel = <S extends v.GenericSchema>(schema: S) =>
  v.object({ tiktok: schema, amazon: schema, shopify: schema, ebay: schema });

const bellSchema = v.object({
  kind: v.literal("bell"),
  /** Buyers expected on the live channel. */
  buyers: count,
  at: seconds,
  sd: v.pipe(v.number(), v.minValue(1)),
  /** The other channels sell this many times as fast at its top. */
  halo: v.pipe(v.number(), v.minValue(1)),
});
const spikeSchema = v.object({
  kind: v.literal("spike"),
  buyers: count,
  at: seconds,
  rise: v.pipe(v.number(), v.minValue(0)),
  decay: v.pipe(v.number(), v.minValue(1)),
  halo: v.pipe(v.number(), v.minValue(1)),
  haloFor: seconds,
});
export type Surge = v.InferOutput<typeof bellSchema> | v.InferOutput<typeof spikeSchema>;

const outageSchema = v.object({
  channels: v.array(v.picklist(channelIds)),
  at: seconds,
  /** The start is moved by up to this much either way, by the dice. */
  jitter: seconds,
  for: seconds,
});

export const scenarioSchema = v.strictObject({
  name: v.pipe(v.string(), v.maxLength(60)),
  /** The stream's length. */
  length: v.pipe(v.number(), v.minValue(60), v.maxValue(24 * 3600)),
  /** Units in the warehouse; "cliff": what is sold before the last surge, and 60 more. */
  stock: v.union([count, v.literal("cliff")]),
  /** Buyers of the live channel, spread evenly. */
  flat: count,
  surges: v.array(v.variant("kind", [bellSchema, spikeSchema])),
  /** Buyers of the others over the whole stream; the live channel's entry is not used. */
  slowOrders: perChannel(count),
  /** Share of live buyers who never pay, and how long the others take on average. */
  unpaid: share,
  payAfter: seconds,
  /** After this long the platform takes unpaid orders back. */
  payWithin: seconds,
  /** How late a channel's list shows an order. */
  orderLag: perChannel(seconds),
  /** Its adapter looks again so far behind the newest change that it saw. */
  lookBack: seconds,
  /** Median of the time a write takes to take effect, and its spread (log-normal). */
  writeDelay: perChannel(seconds),
  writeSpread: v.pipe(v.number(), v.minValue(0), v.maxValue(3)),
  /** Shortest time between two readings, as the channel allows; 0 = as often as the engine likes. */
  readEvery: perChannel(seconds),
  /**
   * Shortest time between two looks at the orders; 0 = with every reading. A channel that has one
   * tells of a sale by its number first (Amazon).
   */
  ordersEvery: perChannel(seconds),
  /** Share of writes refused as too many. */
  writesRefused: share,
  outages: v.array(outageSchema),
});
export type Scenario = v.InferOutput<typeof scenarioSchema>;
