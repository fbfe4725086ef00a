/**
 * Real browsers that lead a book: the add-in's own page in two profiles. The one that leads is killed,
 * frozen, or its tab is closed; the token in the companion's lease file tells when the other one leads.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchBrowser, launchMortal, type MortalBrowser } from "../support/browser";
import { startProduct, type Product } from "../support/product";
import { eventually } from "../support/stage";

let product: Product;
let address: string;
let mortals: MortalBrowser[];
let profiles: string[];

beforeAll(async () => {
  product = await startProduct();
  address = `${product.origin}/taskpane.html`;
}, 240_000);
afterAll(() => product?.stop());
beforeEach(() => {
  mortals = [];
  profiles = [];
});
afterEach(async () => {
  await Promise.all(mortals.map((browser) => browser.kill().catch(() => undefined)));
  for (const profile of profiles) {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
});

/** Token and holder of the rehearsal's lease, and when they were written; ms since the epoch. */
function lease(): { readonly fence: number; readonly holder: string | null; readonly at: number } {
  const folder = join(product.home, "leases");
  const [name] = readdirSync(folder).filter((file) => /^rehearsal-.*\.json$/.test(file));
  if (name === undefined) throw new Error("nobody has led yet");
  const path = join(folder, name);
  const kept = JSON.parse(readFileSync(path, "utf8")) as { fence: number; holder: string | null };
  return { ...kept, at: statSync(path).mtimeMs };
}

const ledAfter = (fence: number) =>
  eventually(
    "somebody leads",
    async () => {
      const now = lease();
      return now.fence > fence && now.holder !== null ? now : null;
    },
    90_000,
  );

const fenceNow = () => {
  try {
    return lease().fence;
  } catch {
    return 0;
  }
};

function open(): MortalBrowser {
  const profile = mkdtempSync(join(tmpdir(), "streamstock-leader-"));
  profiles.push(profile);
  const browser = launchMortal(profile, address);
  mortals.push(browser);
  return browser;
}

/** Long enough for a page to be at the companion's door, on a slow machine too. */
const settle = () => new Promise((done) => setTimeout(done, 6000));

function tell(what: string, ms: number): void {
  const load = loadavg()[0]?.toFixed(1);
  process.stderr.write(`${what}: the next one leads after ${Math.round(ms)} ms (load ${load})\n`);
}

const onPosix = process.platform === "win32" ? test.skip : test;

describe("two browsers", () => {
  test("the next one leads as soon as the first is killed, and not after its lease", async () => {
    const before = fenceNow();
    const first = open();
    const led = await ledAfter(before);
    open();
    await settle();
    expect(lease().fence).toBe(led.fence);
    const killedAt = Date.now();
    await first.kill();
    const next = await ledAfter(led.fence);
    tell("a browser was killed", next.at - killedAt);
    expect(next.holder).not.toBe(led.holder);
    // The lease would have lasted for six seconds at least.
    expect(next.at - killedAt).toBeLessThan(6000);
  }, 180_000);

  onPosix(
    "a frozen one is replaced when its lease is over, and is a follower when it thaws",
    async () => {
      const before = fenceNow();
      const first = open();
      const led = await ledAfter(before);
      open();
      await settle();
      const frozenAt = Date.now();
      first.freeze();
      const next = await ledAfter(led.fence);
      tell("a browser was frozen", next.at - frozenAt);
      expect(next.holder).not.toBe(led.holder);
      first.thaw();
      await settle();
      // Still the other's: what thawed has taken nothing back.
      expect(lease()).toMatchObject({ fence: next.fence, holder: next.holder });
    },
    180_000,
  );
});

describe("two tabs of one browser", () => {
  let browser: Browser;
  let context: BrowserContext;
  beforeEach(async () => {
    browser = await launchBrowser();
    context = await browser.newContext();
  });
  afterEach(() => browser.close());

  const openTab = async (): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(address);
    return page;
  };

  test("the other leads as soon as the first is closed or crashes, under a new token", async () => {
    let before = fenceNow();
    let leading = await openTab();
    for (const end of ["closed", "crashed"] as const) {
      const led = await ledAfter(before);
      const next = await openTab();
      await settle();
      expect(lease().fence).toBe(led.fence);
      const endedAt = Date.now();
      if (end === "closed") await leading.close();
      else await leading.goto("chrome://crash").catch(() => undefined);
      const now = await ledAfter(led.fence);
      tell(`a tab was ${end}`, now.at - endedAt);
      // One profile, one name; but what the first had on its way is refused.
      expect(now.holder).toBe(led.holder);
      expect(now.at - endedAt).toBeLessThan(6000);
      before = led.fence;
      leading = next;
    }
  }, 180_000);

  onPosix(
    "a frozen tab loses the profile's lock with its lease",
    async () => {
      const before = fenceNow();
      const first = await openTab();
      const led = await ledAfter(before);
      const pid = await rendererOf(browser, first);
      await openTab();
      await settle();
      const frozenAt = Date.now();
      process.kill(pid, "SIGSTOP");
      try {
        const next = await ledAfter(led.fence);
        tell("a tab was frozen", next.at - frozenAt);
      } finally {
        process.kill(pid, "SIGCONT");
      }
      await settle();
      expect(lease().fence).toBe(led.fence + 1);
    },
    180_000,
  );
});

/** The process of a page's renderer: the one that grows busy when the page is. */
async function rendererOf(browser: Browser, page: Page): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const times = async () => {
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    const renderers = processInfo.filter(({ type }) => type === "renderer");
    return new Map(renderers.map(({ id, cpuTime }) => [id, cpuTime]));
  };
  const before = await times();
  await page.evaluate(() => {
    const end = performance.now() + 1500;
    while (performance.now() < end);
  });
  const after = await times();
  const [[busiest] = [0]] = [...after].sort(
    ([a, at], [b, bt]) => bt - (before.get(b) ?? 0) - (at - (before.get(a) ?? 0)),
  );
  return busiest;
}
