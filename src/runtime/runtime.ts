/**
 * Joins the worker to the page: one session for functions and pane, one writer for the workbook.
 * Functions may ask before Office is ready or the worker has answered; they read null then.
 */
import type { Result } from "../base/result";
import { systemClock } from "../base/clock";
import { messagesOf, pickLocale } from "../locale/locale";
import type { LocaleId } from "../locale/formats";
import { excelWorkbook } from "../workbook/excel-workbook";
import { LiveWriter } from "../workbook/live-writer";
import { liveTable } from "../workbook/live-table";
import type { CommandRefusal, EngineState } from "../worker/api";
import { connectWorker, type WorkerClient } from "../worker/client";
import type { Session } from "./session";

const TOKEN_META = 'meta[name="streamstock-token"]';
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

class PageSession implements Session {
  readonly #client: WorkerClient;
  readonly #listeners = new Set<() => void>();
  #locale: LocaleId = "en";
  refusal: CommandRefusal | null = null;

  constructor() {
    const token = document.querySelector<HTMLMetaElement>(TOKEN_META)?.content ?? "";
    this.#client = connectWorker({
      origin: location.origin,
      token,
      onRefused: (refusal) => {
        this.refusal = refusal;
        this.#tell();
      },
    });
    this.#client.subscribe(() => this.#tell());
  }

  get locale(): LocaleId {
    return this.#locale;
  }

  setLocale(locale: LocaleId): void {
    if (locale === this.#locale) return;
    this.#locale = locale;
    this.#tell();
  }

  state(): EngineState | null {
    return this.#client.state();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  async startRehearsal(speed: number): Promise<Result<null, CommandRefusal>> {
    // The seller's own plan, where the workbook has one; the engine works one out otherwise.
    const plan = inExcel() ? await excelWorkbook.readPlan() : null;
    const planned = plan?.ok ? plan.value : null;
    return this.#client.api.startRehearsal({ speed, planned });
  }

  stopRehearsal(): Promise<Result<null, CommandRefusal>> {
    return this.#client.api.stopRehearsal();
  }

  releaseReservation(): Promise<Result<{ units: number }, CommandRefusal>> {
    return this.#client.api.releaseReservation();
  }

  dailySales(sku: string): Promise<readonly number[] | null> {
    return this.#client.api.dailySales(sku);
  }
}

let session: PageSession | null = null;

/** The page's one session; starts the worker at the first call. */
export function pageSession(): Session {
  session ??= new PageSession();
  return session;
}

function inExcel(): boolean {
  return Office.context.host === Office.HostType.Excel;
}

/** The session once Office is there, with the workbook's live table kept up from now on. */
export async function openSession(): Promise<Session> {
  await Office.onReady();
  const open = pageSession();
  open.setLocale(pickLocale(Office.context.displayLanguage));
  if (inExcel()) {
    const writer = new LiveWriter(excelWorkbook, sleep);
    const paint = () => {
      const state = open.state();
      if (state === null || state.skus.length === 0) return;
      const offset = new Date(systemClock.now()).getTimezoneOffset();
      writer.show(liveTable(state.skus, messagesOf(open.locale), offset));
    };
    open.subscribe(paint);
    paint();
  }
  return open;
}
