/**
 * Joins the worker to the page: one session for functions and pane, one writer for the workbook.
 * Functions may ask before Office is ready or the worker has answered; they read null then.
 */
import { err, type Result } from "../base/result";
import { systemClock } from "../base/clock";
import { pickLocale } from "../locale/locale";
import type { LocaleId } from "../locale/formats";
import { excelWorkbook } from "../workbook/excel-workbook";
import type {
  CommandRefusal,
  EngineState,
  ImportCalls,
  ProofCalls,
  SheetDeskCalls,
  ShopCalls,
} from "../worker/api";
import { connectWorker, type WorkerClient } from "../worker/client";
import type { EngineCalls } from "../worker/engine-api";
import type { HandCalls } from "../worker/hand-api";
import { bookMemory } from "./book-memory";
import { CellFeed } from "./cell-feed";
import { readMemory } from "./read-memory";
import type { Session } from "./session";
import { Sheets } from "./sheets";

const TOKEN_META = 'meta[name="streamstock-token"]';
const PLAN_EVERY_MS = 3000;
const workbook = excelWorkbook();
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

class PageSession implements Session {
  readonly #client: WorkerClient;
  readonly #listeners = new Set<() => void>();
  #locale: LocaleId = "en";
  #refusal: CommandRefusal | null = null;
  #merged: {
    readonly from: EngineState;
    readonly plan: number;
    readonly state: EngineState;
  } | null = null;
  #plan: number | null = null;
  /** What stands in the plan's cell when it is no number; null otherwise. */
  #planText: string | null = null;
  readonly shops: ShopCalls;
  readonly imports: ImportCalls;
  readonly engine: EngineCalls;
  readonly hand: HandCalls;
  readonly proofs: ProofCalls;
  readonly sheets: Sheets;

  constructor() {
    const memory = bookMemory(() => window.localStorage);
    const token = document.querySelector<HTMLMetaElement>(TOKEN_META)?.content ?? "";
    this.#client = connectWorker({
      origin: location.origin,
      token,
      book: memory.read(),
      sleep,
      onRefused: (refusal) => {
        this.#refusal = refusal;
        this.#tell();
      },
    });
    this.shops = this.#client.shops;
    this.imports = this.#client.imports;
    this.proofs = this.#client.proofs;
    this.sheets = new Sheets({
      workbook,
      sleep,
      desk: this.#client.sheets,
      // Before the ledger is read, and after it failed, there is nothing but zeros to show: what
      // stands in the sheets stays, with the time it was read.
      state: () => {
        const state = this.#client.state();
        return state === null || state.entries === 0 || state.role === "stopped" ? null : state;
      },
      locale: () => this.#locale,
      dailySales: (sku) => this.dailySales(sku),
      offsetMinutes: () => new Date(systemClock.now()).getTimezoneOffset(),
      random: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
    });
    this.engine = this.#client.engine;
    this.hand = this.#client.hand;
    this.#client.subscribe(() => {
      const open = this.#client.state()?.book;
      if (open !== undefined) memory.write(open === "live" ? "live" : "rehearsal");
      this.#tell();
    });
  }

  get locale(): LocaleId {
    return this.#locale;
  }

  setLocale(locale: LocaleId): void {
    if (locale === this.#locale) return;
    this.#locale = locale;
    this.#tell();
  }

  refusal(): CommandRefusal | null {
    return this.#refusal;
  }

  /** The engine's state, with the seller's own plan where the workbook has one. */
  state(): EngineState | null {
    const state = this.#client.state();
    if (state?.next == null || this.#plan === null) return state;
    // The same object while nothing changed: React compares by identity.
    if (this.#merged?.from !== state || this.#merged.plan !== this.#plan) {
      const next = { ...state.next, planned: this.#plan };
      this.#merged = { from: state, plan: this.#plan, state: { ...state, next } };
    }
    return this.#merged.state;
  }

  /** Looks at the cell named StreamPlan again. */
  async readPlan(): Promise<void> {
    const plan = await workbook.readPlan();
    if (!plan.ok) return;
    const cell = plan.value;
    this.#planText = cell.kind === "unreadable" ? cell.text : null;
    const units = cell.kind === "units" ? cell.units : null;
    if (units === this.#plan) return;
    this.#plan = units;
    this.#tell();
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
    if (inExcel()) await this.readPlan();
    if (this.#planText !== null) return err({ code: "plan", detail: this.#planText });
    return this.#client.api.startRehearsal({ speed, planned: this.#plan });
  }

  stopRehearsal(): Promise<Result<null, CommandRefusal>> {
    return this.#client.api.stopRehearsal();
  }

  releaseReservation(): Promise<Result<{ units: number }, CommandRefusal>> {
    return this.#client.api.releaseReservation();
  }

  timeline(streamId: string): ReturnType<SheetDeskCalls["timeline"]> {
    return this.#client.sheets.timeline(streamId);
  }

  dailySales(sku: string): Promise<readonly number[] | null> {
    return this.#client.api.dailySales(sku);
  }
}

let session: PageSession | null = null;

/** The page's one session; starts the worker at the first call. */
export function pageSession(): Session {
  return onlySession();
}

/** Runs soon, after what is under way; a message port is not slowed down in a page that nobody sees. */
function afterThis(): (action: () => void) => void {
  const { port1, port2 } = new MessageChannel();
  const actions: (() => void)[] = [];
  port1.onmessage = () => actions.shift()?.();
  return (action) => {
    actions.push(action);
    port2.postMessage(null);
  };
}

let feed: CellFeed | null = null;

/** What the live cells of the page hang on. */
export function pageCells(): CellFeed {
  feed ??= new CellFeed(onlySession(), {
    clock: systemClock,
    memory: readMemory(() => window.localStorage),
    later: afterThis(),
    everySecond: (action) => {
      const timer = setInterval(action, 1000);
      return () => clearInterval(timer);
    },
  });
  return feed;
}

function onlySession(): PageSession {
  session ??= new PageSession();
  return session;
}

function inExcel(): boolean {
  return Office.context.host === Office.HostType.Excel;
}

/** Between streams the plan is the sheet's: reading it now and then costs no undo step. */
async function watchPlan(open: PageSession): Promise<void> {
  for (;;) {
    const phase = open.state()?.stream?.phase;
    if (phase !== "running" && phase !== "settling") await open.readPlan();
    await sleep(PLAN_EVERY_MS);
  }
}

/** The session once Office is there, with the workbook's live table kept up from now on. */
export async function openSession(): Promise<Session> {
  await Office.onReady();
  const open = onlySession();
  open.setLocale(pickLocale(Office.context.displayLanguage));
  if (inExcel()) {
    open.subscribe(() => open.sheets.show());
    open.sheets.show();
    void open.sheets.watch();
    void watchPlan(open);
  }
  return open;
}
