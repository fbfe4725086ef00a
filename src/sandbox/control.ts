/**
 * The rehearsal's remote control over HTTP (channels/rehearsal-contract.ts), and what a test or a
 * demonstration does by hand: place, pay, ship and cancel an order, grant a consent, make things fail.
 * Refusals are `{ error: { code, message } }` with a 4xx status.
 */
import { Hono, type Context } from "hono";
import * as v from "valibot";
import { channelIds, type ChannelId } from "../base/ids";
import { rehearsalOrderSchema } from "../channels/rehearsal-contract";
import { faultSchema, type Faults } from "./faults";
import { orderById, orderId } from "./ids";
import { orderNow, payByHand, startRun, stopRun } from "./rehearsal";
import { cancel, findListing, ship } from "./shop";
import type { Stage } from "./stage";
import { stateOf, truthOf } from "./telling";

const newSchema = v.object({
  /** The same seed brings the same shoppers. */
  seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff))),
  /** TikTok cancels what is not paid by then; minutes of the stream's clock. */
  unpaidMinutes: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(10_080))),
});
const startSchema = v.object({
  run: v.string(),
  speed: v.pipe(v.number(), v.minValue(1), v.maxValue(3600)),
});
const stopSchema = v.object({ run: v.string() });
const orderIdSchema = v.object({ order: v.string() });
const clearSchema = v.object({
  channel: v.optional(v.picklist(channelIds)),
  fault: v.optional(v.pipe(v.number(), v.integer())),
});
const consentSchema = v.object({ channel: v.optional(v.picklist(channelIds), "tiktok") });

function refuse(c: Context, status: 400 | 404 | 409, code: string, message: string): Response {
  return c.json({ error: { code, message } }, status);
}

/** The body as the schema wants it, or the refusal to send. */
async function read<T>(c: Context, schema: v.GenericSchema<unknown, T>): Promise<T | Response> {
  const text = await c.req.text();
  let body: unknown;
  try {
    body = text === "" ? {} : JSON.parse(text);
  } catch {
    return refuse(c, 400, "bad_request", "The body is not JSON.");
  }
  const parsed = v.safeParse(schema, body);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  return refuse(c, 400, "bad_request", `${v.getDotPath(issue) ?? "body"}: ${issue.message}`);
}

function addRunRoutes(app: Hono, stage: Stage): void {
  const wrongRun = (c: Context) =>
    refuse(c, 409, "wrong_run", `The run on stage is ${stage.run().run}.`);

  app.get("/", (c) => c.json(stateOf(stage.run())));
  app.get("/truth", (c) => c.json(truthOf(stage.run())));
  app.post("/new", async (c) => {
    const body = await read(c, newSchema);
    if (body instanceof Response) return body;
    return c.json(stateOf(stage.renew(body)));
  });
  app.post("/start", async (c) => {
    const body = await read(c, startSchema);
    if (body instanceof Response) return body;
    const run = stage.run();
    if (run.run !== body.run) return wrongRun(c);
    const started = startRun(run, body.speed, stage.now());
    if (!started.ok) return refuse(c, 409, "ended", "This run is over; make a new one.");
    stage.change(started.value);
    return c.json(stateOf(stage.run()));
  });
  app.post("/stop", async (c) => {
    const body = await read(c, stopSchema);
    if (body instanceof Response) return body;
    const run = stage.run();
    if (run.run !== body.run) return wrongRun(c);
    stage.change(stopRun(run, stage.now()));
    return c.json(stateOf(stage.run()));
  });
}

function addOrderRoutes(app: Hono, stage: Stage): void {
  const unknownOrder = (c: Context) =>
    refuse(c, 404, "unknown_order", "No such order in this run.");

  app.post("/order", async (c) => {
    const body = await read(c, rehearsalOrderSchema);
    if (body instanceof Response) return body;
    const { channel: venue, sku, units, paid } = body;
    const placed = orderNow(stage.run(), { venue, sku, units, paid }, stage.now());
    if (!placed.ok) {
      const status = placed.error === "unknown_listing" ? 404 : 409;
      return refuse(c, status, placed.error, `${venue} does not sell ${units} of ${sku} now.`);
    }
    stage.change(placed.value.run);
    return c.json({ order: orderId(placed.value.run, placed.value.order) });
  });
  app.post("/ship", async (c) => {
    const body = await read(c, orderIdSchema);
    if (body instanceof Response) return body;
    const run = stage.run();
    const order = orderById(run, body.order);
    if (!order) return unknownOrder(c);
    const shipped = ship(run.shop, order.seq, stage.now());
    if (!shipped.ok) return refuse(c, 409, shipped.error, "This order cannot be shipped now.");
    stage.change({ ...run, shop: shipped.value });
    return c.json({ order: body.order });
  });
  app.post("/pay", async (c) => {
    const body = await read(c, orderIdSchema);
    if (body instanceof Response) return body;
    const run = stage.run();
    const order = orderById(run, body.order);
    if (!order) return unknownOrder(c);
    const paid = payByHand(run, order.seq, stage.now());
    if (paid === run) return refuse(c, 409, "not_unpaid", "This order does not wait for money.");
    stage.change(paid);
    return c.json({ order: body.order });
  });
  app.post("/cancel", async (c) => {
    const body = await read(c, orderIdSchema);
    if (body instanceof Response) return body;
    const run = stage.run();
    const order = orderById(run, body.order);
    if (!order) return unknownOrder(c);
    const shop = cancel(run.shop, order.seq, "buyer", stage.now());
    if (shop === run.shop) return refuse(c, 409, "not_open", "This order is not open any more.");
    stage.change({ ...run, shop });
    return c.json({ order: body.order });
  });
}

function addFaultRoutes(app: Hono, stage: Stage, faults: Faults): void {
  app.get("/fault", (c) => c.json({ faults: faults.told() }));
  app.post("/fault", async (c) => {
    const body = await read(c, faultSchema);
    if (body instanceof Response) return body;
    if (body.kind === "edit" && !findListing(stage.run().shop, body.channel, body.sku)) {
      return refuse(c, 404, "unknown_listing", `${body.channel} does not list ${body.sku}.`);
    }
    return c.json({ fault: faults.add(body) });
  });
  app.post("/fault/clear", async (c) => {
    const body = await read(c, clearSchema);
    if (body instanceof Response) return body;
    faults.clear(body);
    return c.json({ faults: faults.told() });
  });
}

export interface ControlOptions {
  readonly stage: Stage;
  readonly faults: Faults;
  /** A code as the channel's page gives it when the seller agrees; null: it has no such page. */
  readonly consent: (channel: ChannelId) => string | null;
}

export function controlApp({ stage, faults, consent }: ControlOptions): Hono {
  const app = new Hono();
  addRunRoutes(app, stage);
  addOrderRoutes(app, stage);
  addFaultRoutes(app, stage, faults);
  app.post("/consent", async (c) => {
    const body = await read(c, consentSchema);
    if (body instanceof Response) return body;
    const code = consent(body.channel);
    return code === null
      ? refuse(c, 409, "no_consent", `${body.channel} asks no seller for consent.`)
      : c.json({ code });
  });
  return app;
}
