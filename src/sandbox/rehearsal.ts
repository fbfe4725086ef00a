/**
 * A run of the rehearsal: a fresh shop, shoppers who come when their minute has come, and what
 * follows from their orders. Pure; `advance` plays everything that is due by the given time.
 *
 * Time stamps are real time; durations are the stream's, divided by the speed. What fell due while
 * nobody called (the process was down) happens late, at the time of the next call, so that a seller
 * who polls by update time finds it.
 */
import { channelIds } from "../base/ids";
import { err, ok, type Result } from "../base/result";
import { catalogue } from "./catalogue";
import { shoppersOf, STREAM_MINUTES } from "./demand";
import * as shopping from "./shop";
import type { Listing, Order, Run, Shop, Shopper, Step, Venue } from "./state";

/**
 * Minutes, by the stream's clock. TikTok's time to pay is a setting of the run, since no document
 * gives it; the remorse hour is from channels.md 1.3.
 */
export const UNPAID_MINUTES_DEFAULT = 15;
/** The other channels let a buyer take days: longer than any rehearsal. */
const UNPAID_ELSEWHERE_MINUTES = 4 * 24 * 60;
const HOLD_MINUTES = 60;
const AUDIT_MINUTES = 30;

/** Playing three hours in three minutes. */
const SPEED_DEFAULT = 60;

/** The same event every time, unless another seed is asked for. */
export const SEED_DEFAULT = 195;

export function newRun(options: {
  readonly run: string;
  /** The serial of the run before, 0 if there is none. */
  readonly after: number;
  readonly seed: number;
  readonly now: number;
  /** The channels that list the stock; left out: all. */
  readonly venues?: readonly Venue[];
  readonly unpaidMinutes?: number | undefined;
}): Run {
  const { venues = channelIds } = options;
  const listing = (venue: Venue, sku: string, available: number): Listing => ({
    venue,
    sku,
    available,
    status: "live",
    published: true,
    refused: 0,
    updatedAt: options.now,
  });
  return {
    run: options.run,
    serial: Math.max(options.after + 1, Math.floor(options.now / 1000)),
    seed: options.seed,
    unpaidMinutes: options.unpaidMinutes ?? UNPAID_MINUTES_DEFAULT,
    phase: "idle",
    speed: SPEED_DEFAULT,
    startedAt: null,
    endsAt: null,
    shop: {
      warehouse: Object.fromEntries(catalogue.map((item) => [item.sku, item.onHand])),
      // What the seller last exported: all of the stock on every channel, the usual trap.
      listings: catalogue.flatMap((item) =>
        venues.map((venue) => listing(venue, item.sku, item.onHand)),
      ),
      orders: [],
      revision: 0,
    },
    shoppers: shoppersOf(options.seed, venues),
    arrived: 0,
    agenda: [],
  };
}

/** Starting a run that runs already changes nothing, so that a lost reply can be asked again. */
export function startRun(run: Run, speed: number, now: number): Result<Run, "ended"> {
  if (run.phase === "ended") return err("ended");
  if (run.phase === "running") return ok(run);
  const endsAt = now + (STREAM_MINUTES * 60_000) / speed;
  return ok({ ...run, phase: "running", speed, startedAt: now, endsAt });
}

/** No more shoppers; those who have ordered finish what they began. */
export function stopRun(run: Run, now: number): Run {
  return run.phase === "ended" ? run : { ...run, phase: "ended", endsAt: now };
}

/** Stream minutes as real milliseconds. */
function lasting(run: Run, minutes: number): number {
  return (minutes * 60_000) / run.speed;
}

function arrivalOf(run: Run): number {
  const shopper = run.shoppers[run.arrived];
  if (run.phase !== "running" || run.startedAt === null || !shopper) return Infinity;
  return run.startedAt + lasting(run, shopper.atMinute);
}

/** When something happens next; Infinity: nothing more. */
export function nextDue(run: Run): number {
  const end = run.phase === "running" ? (run.endsAt ?? Infinity) : Infinity;
  return Math.min(arrivalOf(run), run.agenda[0]?.at ?? Infinity, end);
}

function schedule(run: Run, step: Step): Run {
  const agenda = [...run.agenda, step].sort((a, b) => a.at - b.at);
  return { ...run, agenda };
}

/** What a new or just paid order waits for. */
function follow(
  run: Run,
  order: Pick<Order, "seq" | "venue" | "status">,
  shopper: Pick<Shopper, "kind" | "payAfter" | "regretAfter">,
  now: number,
): Run {
  const step = (what: Step["what"], minutes: number, regretAfter: number | null = null) =>
    schedule(run, { at: now + lasting(run, minutes), target: order.seq, what, regretAfter });
  if (order.status === "unpaid") {
    if (shopper.kind === "ghost") {
      return step(
        "expire",
        order.venue === "tiktok" ? run.unpaidMinutes : UNPAID_ELSEWHERE_MINUTES,
      );
    }
    return step("pay", shopper.payAfter, shopper.kind === "regret" ? shopper.regretAfter : null);
  }
  if (order.status !== "held") return run;
  if (shopper.kind === "regret") return step("regret", shopper.regretAfter);
  return step("release", HOLD_MINUTES);
}

function arrive(run: Run, shopper: Shopper, now: number): Run {
  const { venue, sku } = shopper;
  const listing = shopping.findListing(run.shop, venue, sku);
  // Who wants two and finds one takes the one.
  const units = Math.min(shopper.units, listing ? shopping.offered(listing) : 0);
  const missing = shopper.units - units;
  const shop = missing > 0 ? shopping.refuse(run.shop, venue, sku, missing) : run.shop;
  const met = { ...run, shop, arrived: run.arrived + 1 };
  if (units === 0) return met;
  const status = venue !== "tiktok" && shopper.payAfter === 0 ? "open" : "unpaid";
  const placed = shopping.place(shop, { venue, lines: [{ sku, units }], status }, now);
  if (!placed.ok) return met;
  return follow({ ...met, shop: placed.value.shop }, placed.value.order, shopper, now);
}

/** The money arrives: TikTok waits out the remorse hour, everybody else has an order to ship. */
function payNow(run: Run, seq: number, now: number): Run {
  const venue = shopping.orderOf(run.shop, seq)?.venue;
  const status = venue === "tiktok" ? "held" : "open";
  return { ...run, shop: shopping.pay(run.shop, seq, status, now) };
}

/** By hand: an unpaid order is paid, and what follows from that. Anything else stays as it is. */
export function payByHand(run: Run, seq: number, now: number): Run {
  if (shopping.orderOf(run.shop, seq)?.status !== "unpaid") return run;
  const paid = payNow(run, seq, now);
  const order = shopping.orderOf(paid.shop, seq);
  return order ? follow(paid, order, { kind: "buyer", payAfter: 0, regretAfter: 0 }, now) : paid;
}

function perform(run: Run, step: Step, now: number): Run {
  const rest: Run = { ...run, agenda: run.agenda.slice(1) };
  const { shop } = run;
  switch (step.what) {
    case "pay": {
      const paid = payNow(rest, step.target, now);
      const order = shopping.orderOf(paid.shop, step.target);
      if (order?.status !== "held") return paid;
      const regretAfter = step.regretAfter ?? 0;
      const kind = step.regretAfter === null ? "buyer" : "regret";
      return follow(paid, order, { kind, payAfter: 0, regretAfter }, now);
    }
    case "expire":
      if (shopping.orderOf(shop, step.target)?.status !== "unpaid") return rest;
      return { ...rest, shop: shopping.cancel(shop, step.target, "system", now) };
    case "release":
      return { ...rest, shop: shopping.release(shop, step.target, now) };
    case "regret":
      if (shopping.orderOf(shop, step.target)?.status !== "held") return rest;
      return { ...rest, shop: shopping.cancel(shop, step.target, "buyer", now) };
    case "audited":
      return { ...rest, shop: passAudit(shop, step.target) };
  }
}

function passAudit(shop: Shop, place: number): Shop {
  const listing = shop.listings[place];
  if (listing?.status !== "audit") return shop;
  return shopping.setListed(shop, listing.venue, listing.sku, { status: "live" });
}

/** Plays everything that is due by `now`, in the order in which it fell due. */
export function advance(run: Run, now: number): Run {
  let current = run;
  for (;;) {
    const due = nextDue(current);
    if (due > now) return current;
    const step = current.agenda[0];
    const shopper = current.shoppers[current.arrived];
    if (step && step.at === due) current = perform(current, step, now);
    else if (shopper && arrivalOf(current) === due) current = arrive(current, shopper, now);
    else current = { ...current, phase: "ended" };
  }
}

/** One more shopper, right now; the whole wish or nothing. */
export function orderNow(
  run: Run,
  wish: {
    readonly venue: Venue;
    readonly sku: string;
    readonly units: number;
    readonly paid: boolean;
  },
  now: number,
): Result<{ readonly run: Run; readonly order: Order }, shopping.PlaceRefusal> {
  const { venue, sku, units } = wish;
  const status = !wish.paid ? "unpaid" : venue === "tiktok" ? "held" : "open";
  const placed = shopping.place(run.shop, { venue, lines: [{ sku, units }], status }, now);
  if (!placed.ok) return placed;
  const { shop, order } = placed.value;
  // Who does not pay now never does: the channel's time-out ends it.
  const shopper = { kind: wish.paid ? "buyer" : "ghost", payAfter: 0, regretAfter: 0 } as const;
  return ok({ run: follow({ ...run, shop }, order, shopper, now), order });
}

/** TikTok looks at a product again before shoppers see it. */
export function relist(run: Run, sku: string, now: number): Run {
  const target = run.shop.listings.findIndex((at) => at.venue === "tiktok" && at.sku === sku);
  const shop = shopping.setListed(run.shop, "tiktok", sku, { status: "audit" });
  const at = now + lasting(run, AUDIT_MINUTES);
  return schedule({ ...run, shop }, { at, target, what: "audited", regretAfter: null });
}
