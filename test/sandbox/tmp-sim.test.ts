import { test } from "@jest/globals";
import { advance, newRun, startRun } from "../../src/sandbox/rehearsal";
import { findListing, setAvailable, unitsIn, offered } from "../../src/sandbox/shop";
import { catalogue } from "../../src/sandbox/catalogue";
test("sim", () => {
  const out: string[] = [];
  for (const seed of [195, 1, 2, 3, 4, 5, 6, 7, 8]) {
    const sku = "OR-82484";
    let run = newRun({ run: "a", after: 0, seed, now: 0 });
    const set = (v: "tiktok" | "shopify", n: number, now: number) => { run = { ...run, shop: setAvailable(run.shop, v, sku, n, now) }; };
    set("tiktok", 318, 0); set("shopify", 340 - 318, 0);
    const started = startRun(run, 60, 0); if (!started.ok) throw 0; run = started.value;
    const below: Record<number, number> = {};
    for (let t = 0; t <= 180_000 + 20_000; t += 500) {
      run = advance(run, t);
      const tt = findListing(run.shop, "tiktok", sku)!, sh = findListing(run.shop, "shopify", sku)!;
      const left = tt.available + sh.available;
      for (const lim of [100, 50, 20, 1]) if (left < lim && below[lim] === undefined) below[lim] = t / 1000;
      if (tt.available === 0 && sh.available > 0) { set("tiktok", sh.available, t); set("shopify", 0, t); }
    }
    const u = (v: "tiktok" | "shopify", s: any) => unitsIn(run.shop, v, sku, s);
    const sold = ["unpaid", "held", "open"];
    const rf = run.shop.listings.filter(l => l.sku === sku).map(l => l.refused);
    out.push(JSON.stringify({ seed, shoppers: run.shoppers.length, tt: u("tiktok", sold), sh: u("shopify", sold), cancelled: u("tiktok", ["cancelled"]), left: run.shop.listings.filter(l => l.sku === sku).map(l => l.available), rf, below, comp: catalogue.slice(1).map(c => c.onHand - u2(run, c.sku)) , phase: run.phase, agenda: run.agenda.length}));
  }
  function u2(run: any, s: string) { return unitsIn(run.shop, "tiktok", s, ["held", "open", "unpaid"]) + unitsIn(run.shop, "shopify", s, ["held", "open", "unpaid"]); }
  console.log(out.join("\n"));
});
