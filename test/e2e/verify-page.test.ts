/** The checking page in a real browser: served by the companion, and as a file from a disk. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchBrowser } from "../support/browser";
import { newSigner, proof, type ProofWish } from "../support/proof-world";
import { temporaryCompanion, type TemporaryCompanion } from "../support/temporary-companion";
import { replaced, SHEET, STRINGS } from "../support/workbook-parts";

const project = resolve(__dirname, "..", "..");
const pageFile = join(project, "build", "verify", "verify.html");
/** Set to a folder to keep pictures of what was seen. */
const pictures = process.env["STREAMSTOCK_PROOF_PICTURES"];

let browser: Browser;
let companion: TemporaryCompanion;
let folder: string;

beforeAll(async () => {
  const builder = join(project, "src", "companion", "build-products.mjs");
  execFileSync(process.execPath, [builder, "verifyPage"], { stdio: "inherit" });
  const files = { "build/verify/verify.html": readFileSync(pageFile, "utf8") };
  [browser, companion] = await Promise.all([launchBrowser(), temporaryCompanion({ files })]);
  folder = mkdtempSync(join(tmpdir(), "streamstock-verify-"));
  // Mailed or handed on: one file, wherever it lies.
  writeFileSync(join(folder, "streamstock-verify.html"), readFileSync(pageFile));
}, 180_000);
afterAll(async () => {
  await browser.close();
  await companion.stop();
  rmSync(folder, { recursive: true, force: true });
});

let context: BrowserContext;
let page: Page;
const asked: string[] = [];
const broken: string[] = [];

async function open(
  options: { url?: string; locale?: string; dark?: boolean } = {},
): Promise<void> {
  context = await browser.newContext({
    locale: options.locale ?? "en-US",
    timezoneId: "Asia/Shanghai",
    colorScheme: options.dark === true ? "dark" : "light",
    viewport: { width: 900, height: 1100 },
  });
  page = await context.newPage();
  asked.length = 0;
  broken.length = 0;
  page.on("request", (request) => asked.push(request.url()));
  page.on("pageerror", (error) => broken.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") broken.push(message.text());
  });
  await page.goto(options.url ?? pathToFileURL(join(folder, "streamstock-verify.html")).href);
}

const now = (): number => Date.now();
const fresh = (wish: ProofWish = {}): Promise<Uint8Array> =>
  proof({
    ...wish,
    statement: {
      asOf: secondOf(now()),
      validUntil: secondOf(now()) + 86_400_000,
      ...wish.statement,
    },
  });
const secondOf = (at: number) => at - (at % 1000);

async function check(bytes: Uint8Array, name = "stock-proof.xlsx"): Promise<string> {
  await page.setInputFiles("input[type=file]", {
    name,
    mimeType: "application/octet-stream",
    buffer: Buffer.from(bytes),
  });
  await page.waitForSelector("[data-verdict]");
  return (await page.getAttribute("[data-verdict]", "data-verdict")) ?? "";
}

async function keep(name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

describe.each(["file", "companion"] as const)("opened from a %s", (place) => {
  beforeEach(async () => {
    const served = `http://localhost:${companion.port}/verify.html`;
    await open(place === "companion" ? { url: served } : {});
  });

  test("a true proof is true, with its figures and its fingerprint, and nothing is sent", async () => {
    const opened = asked.length;
    expect(await check(await fresh())).toBe("true");
    const text = await page.innerText("main");
    expect(text).toContain("Moonlight Home");
    expect(text).toContain("LAMP-01");
    expect(text).toMatch(/\d{4} \d{4} \d{4} \d{4} \d{4} \d{4}/);
    expect(text).toContain("UTC+08:00");
    expect(asked.slice(opened)).toEqual([]);
    expect(broken).toEqual([]);
    await context.close();
  });

  test("changed, expired and foreign files are told apart", async () => {
    const changed = await replaced(await fresh(), SHEET, "<v>405</v>", "<v>905</v>");
    expect(await check(changed)).toBe("changed");
    expect(await page.innerText("main")).toContain("C13");
    expect(await page.innerText("main")).toContain("905");
    expect(await page.innerText("main")).not.toContain("LAMP-01");
    const yesterday = secondOf(now() - 2 * 86_400_000);
    const old = { statement: { asOf: yesterday, validUntil: yesterday + 86_400_000 } };
    expect(await check(await fresh(old))).toBe("expired");
    expect(await check(Buffer.from("hello"), "hello.txt")).toBe("refused");
    expect(broken).toEqual([]);
    await context.close();
  });

  test("a later proof of the same seller under another key is noticed, across visits", async () => {
    expect(await check(await fresh())).toBe("true");
    await page.reload();
    expect(await check(await fresh())).toBe("true");
    expect(await page.innerText("main")).toContain("same key");
    await page.reload();
    const other = await fresh({ signer: newSigner() });
    expect(await check(other)).toBe("other_key");
    expect(await check(await fresh())).toBe("true");
    expect(await check(other)).toBe("other_key");
    await page.getByRole("button", { name: /new key is theirs/ }).click();
    expect(await page.getAttribute("[data-verdict]", "data-verdict")).toBe("true");
    await page.reload();
    expect(await check(other)).toBe("true");
    expect(await page.innerText("main")).toContain("compared");
    expect(await check(await fresh())).toBe("other_key");
    await context.close();
  });
});

test("a changed proof and a rehearsal teach the page no key", async () => {
  await open();
  await check(
    await replaced(await fresh({ signer: newSigner() }), SHEET, "<v>405</v>", "<v>1</v>"),
  );
  expect(
    await check(await fresh({ signer: newSigner(), statement: { book: "rehearsal-r1" } })),
  ).toBe("rehearsal");
  expect(await check(await fresh())).toBe("true");
  expect(await page.innerText("main")).toContain("first proof of this seller");
  await context.close();
});

test("texts of a file are texts: no markup, no script, no address is followed", async () => {
  await open();
  const evil = `<img src="http://evil.example/x" onerror="document.title='owned'">`;
  const statement = { seller: evil, creator: "<script>document.title='owned'</script>" };
  const opened = asked.length;
  expect(await check(await fresh({ statement }), `${evil}.xlsx`)).toBe("true");
  const changed = await replaced(
    await fresh(),
    STRINGS,
    "Mia Lives",
    "&lt;img src=x onerror=alert(1)&gt;",
  );
  expect(await check(changed)).toBe("changed");
  expect(await page.title()).not.toContain("owned");
  expect(await page.locator("main img, main script, main iframe").count()).toBe(0);
  expect(asked.slice(opened)).toEqual([]);
  await context.close();
});

test("the page itself can send nothing and run nothing else", async () => {
  const html = readFileSync(pageFile, "utf8");
  expect(html).not.toMatch(/<(script|link|img|iframe)[^>]+(src|href)="(?!data:)/);
  expect(html).toContain("default-src 'none'");
  await open();
  const sent = await page.evaluate(() =>
    fetch("https://example.com/").then(
      () => "sent",
      () => "refused",
    ),
  );
  expect(sent).toBe("refused");
  await context.close();
});

test("it speaks the browser's language, and the other one on request, and remembers that", async () => {
  await open({ locale: "zh-CN" });
  expect(await page.innerText("h1")).toBe("核验库存证明");
  expect(await page.getAttribute("html", "lang")).toBe("zh-CN");
  await page.getByRole("button", { name: "EN" }).click();
  expect(await page.innerText("h1")).toBe("Check a stock proof");
  await page.reload();
  expect(await page.innerText("h1")).toBe("Check a stock proof");
  await context.close();
});

test("it works by keyboard alone and on a small screen", async () => {
  await open();
  await page.setViewportSize({ width: 360, height: 700 });
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.getAttribute("type"))).toBe("file");
  await check(await fresh());
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(360);
  await context.close();
});

const looks = ["en-US", "zh-CN"].flatMap((locale) =>
  [false, true].map((dark) => ({ locale, dark })),
);
if (pictures !== undefined) {
  test.each(looks)("pictures %j", async ({ locale, dark }) => {
    await open({ locale, dark });
    const name = `${locale}-${dark ? "dark" : "light"}`;
    const wish = { locale: locale === "en-US" ? "en" : "zh-CN" } as const;
    await keep(`${name}-empty`);
    await check(await fresh(wish));
    await keep(`${name}-true`);
    await check(await replaced(await fresh(wish), SHEET, "<v>405</v>", "<v>905</v>"));
    await keep(`${name}-changed`);
    const yesterday = secondOf(now() - 2 * 86_400_000);
    await check(
      await fresh({ ...wish, statement: { asOf: yesterday, validUntil: yesterday + 86_400_000 } }),
    );
    await keep(`${name}-expired`);
    await check(await fresh({ ...wish, signer: newSigner() }));
    await keep(`${name}-other-key`);
    await page.setViewportSize({ width: 390, height: 800 });
    await check(await fresh(wish));
    await keep(`${name}-phone`);
    await context.close();
  });
}
