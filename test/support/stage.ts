/** The workbench in a browser, as a test sees it: the product's own automation and its pane. */
import type { Browser, Frame, Page } from "playwright-core";
import type { ReadCell, WorkbenchAutomation } from "../../src/workbench/automation";

export type Cell = ReadCell;
type Staged = typeof globalThis & { readonly workbench: WorkbenchAutomation };

export interface Stage {
  readonly page: Page;
  /** From opening the page to Office ready and functions registered, ms. */
  readonly readyMs: number;
  /** Every address that the browser asked for. */
  readonly requests: string[];
  /** What the pages logged as errors. */
  readonly errors: string[];
  read(address: string): Promise<Cell[][]>;
  cell(address: string): Promise<Cell>;
  setFormula(address: string, text: string): Promise<void>;
  pane(): Promise<Frame>;
  close(): Promise<void>;
}

export async function openStage(
  browser: Browser,
  url: string,
  options: { language?: string; locale?: string } = {},
): Promise<Stage> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: options.locale ?? "en-US",
  });
  const page = await context.newPage();
  const requests: string[] = [];
  const errors: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  // Office.js asks once, on plain http, whether this host may act as Office: a person says yes.
  page.on("dialog", (dialog) => void dialog.accept());
  const began = Date.now();
  await page.goto(`${url}${options.language === undefined ? "" : `?lang=${options.language}`}`);
  await page.waitForFunction(() => "workbench" in window, undefined, { timeout: 60_000 });
  await page.evaluate(() => (window as unknown as Staged).workbench.ready);
  const readyMs = Date.now() - began;
  const read = (address: string) =>
    page.evaluate((a) => (window as unknown as Staged).workbench.read(a), address);
  return {
    page,
    readyMs,
    requests,
    errors,
    read,
    async cell(address) {
      const [[cell] = []] = await read(address);
      if (cell === undefined) throw new Error(`no cell at ${address}`);
      return cell;
    },
    setFormula: (address, text) =>
      page.evaluate(([a, t]) => (window as unknown as Staged).workbench.setFormula(a, t), [
        address,
        text,
      ] as const),
    async pane() {
      await page.waitForFunction(() => document.querySelector("iframe") !== null);
      const handle = await page.$("iframe");
      const frame = await handle?.contentFrame();
      if (!frame) throw new Error("no pane");
      return frame;
    },
    close: () => context.close(),
  };
}

/** Asks again and again until `check` answers something, or fails with what it last saw. */
export async function eventually<T>(
  what: string,
  check: () => Promise<T | null | undefined | false>,
  timeoutMs = 30_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const found = await check();
      if (found !== null && found !== undefined && found !== false) return found;
      last = found;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`${what}: not within ${timeoutMs} ms (${String(last)})`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

/** Asks the companion from within the pane, as the add-in itself would. */
export function askCompanion<T>(pane: Frame, path: string, body?: unknown): Promise<T> {
  return pane.evaluate(
    async ([address, json]) => {
      const meta = document.querySelector<HTMLMetaElement>('meta[name="streamstock-token"]');
      const response = await fetch(address, {
        method: json === null ? "GET" : "POST",
        headers: {
          "x-streamstock-token": meta?.content ?? "",
          ...(json === null ? {} : { "content-type": "application/json" }),
        },
        body: json,
      });
      return (await response.json()) as T;
    },
    [path, body === undefined ? null : JSON.stringify(body)] as const,
  );
}
