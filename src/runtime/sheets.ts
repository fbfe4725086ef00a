/**
 * Keeps the sheets of the workbook level with the engine: Live at once, Streams and Review every few
 * seconds where they are. None is made unless the seller or the workbook itself asks for it.
 */
import { err, ok, type Result } from "../base/result";
import type { LocaleId } from "../locale/formats";
import type { ReserveRefusalName, SheetName } from "../locale/sheet-messages";
import { liveTable } from "../workbook/live-table";
import { LiveWriter, type LiveTrouble } from "../workbook/live-writer";
import type { PlanPaint, ReadPlanRow } from "../workbook/plan-table";
import { reviewPage } from "../workbook/review-page";
import type { Workbook } from "../workbook/workbook";
import type { CommandRefusal, EngineState, SheetDeskCalls } from "../worker/api";

export type SheetRefusal =
  | LiveTrouble
  | CommandRefusal
  /** There is no Streams sheet, or nothing is filled in. */
  | { readonly code: "no_rows" };

/** How a row of the Streams sheet was left. */
export interface ReserveLine {
  /** The row's number, as it stands in its last column. */
  readonly no: string;
  readonly sku: string;
  readonly creator: string;
  /** Units set aside by now, and units of the plan that are not. */
  readonly units: number;
  readonly missing: number;
  /** Null: all that the row asks for is booked. */
  readonly refusal: ReserveRefusalName | null;
}

/** What pane and ribbon call. */
export interface SheetCalls {
  /** Makes the sheet where it is missing and brings it to the front. */
  make(sheet: SheetName): Promise<Result<null, SheetRefusal>>;
  /** Reserves the selected rows of the Streams sheet; all that are filled in where none is selected. */
  reserve(): Promise<Result<readonly ReserveLine[], SheetRefusal>>;
  /** Enters formulas again that stand as #NAME?. */
  repair(): Promise<Result<{ readonly repaired: number }, SheetRefusal>>;
  /** Why the Live sheet is not level with the engine now; null = it is, or there is none. */
  trouble(): LiveTrouble | null;
}

export interface SheetPorts {
  readonly workbook: Workbook;
  readonly desk: SheetDeskCalls;
  /** The newest state that is worth showing; null = there is none. */
  readonly state: () => EngineState | null;
  readonly locale: () => LocaleId;
  /** Units sold on each of the last 30 days; null = not known. */
  readonly dailySales: (sku: string) => Promise<readonly number[] | null>;
  readonly sleep: (ms: number) => Promise<void>;
  /** Minutes that local time is behind UTC. */
  readonly offsetMinutes: () => number;
  /** 0 to 1. */
  readonly random: () => number;
}

const LOOK_EVERY_MS = 4000;
/** Read out in a call without being mistaken: no I, O, 0 or 1. */
const NUMBER_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const NUMBER_LENGTH = 5;

export class Sheets implements SheetCalls {
  readonly #ports: SheetPorts;
  readonly #live: LiveWriter;
  #filled = "";
  readonly #sold = new Map<string, number | null>();

  constructor(ports: SheetPorts) {
    this.#ports = ports;
    this.#live = new LiveWriter(ports.workbook, ports.sleep);
  }

  trouble(): LiveTrouble | null {
    return this.#live.trouble;
  }

  /** The engine's state changed. */
  show(): void {
    const state = this.#ports.state();
    if (state === null) return;
    this.#live.show(liveTable(state.skus, this.#ports.locale(), this.#ports.offsetMinutes()));
  }

  /** Looks after Streams and Review for as long as the page lives. */
  async watch(): Promise<never> {
    for (;;) {
      await this.#ports.sleep(LOOK_EVERY_MS);
      await this.#refreshStreams();
      await this.#refreshReview();
    }
  }

  async make(sheet: SheetName): Promise<Result<null, SheetRefusal>> {
    const { workbook, locale } = this.#ports;
    switch (sheet) {
      case "live":
        return this.#live.make();
      case "plan": {
        const made = await workbook.makePlan(locale(), this.#skus());
        await this.#refreshStreams();
        return made;
      }
      case "review": {
        const made = await workbook.makeReview(locale());
        this.#filled = "";
        if (made.ok) await this.#refreshReview();
        return made;
      }
    }
  }

  async reserve(): Promise<Result<readonly ReserveLine[], SheetRefusal>> {
    const sheet = await this.#rows();
    if (!sheet.ok) return sheet;
    if (sheet.value === null) return err({ code: "no_rows" });
    const { rows, selected } = sheet.value;
    const wanted =
      selected === null
        ? rows
        : rows.filter(({ index }) => index >= selected[0] && index < selected[1]);
    if (wanted.length === 0) return err({ code: "no_rows" });
    const done = await this.#ports.desk.reserve(wanted);
    if (!done.ok) return done;
    await this.#refreshStreams();
    return ok(
      done.value.map(({ standing, refusal }, at) => ({
        no: standing.no,
        sku: wanted[at]?.sku ?? "",
        creator: wanted[at]?.creator ?? "",
        units: standing.units,
        missing: standing.missing,
        refusal,
      })),
    );
  }

  async repair(): Promise<Result<{ readonly repaired: number }, SheetRefusal>> {
    const done = await this.#ports.workbook.repair();
    return done.ok ? ok({ repaired: done.value }) : done;
  }

  #skus(): readonly string[] {
    return this.#ports.state()?.skus.map(({ sku }) => sku) ?? [];
  }

  #rows() {
    const newNumber = () =>
      Array.from({ length: NUMBER_LENGTH }, () =>
        NUMBER_SIGNS.charAt(Math.floor(this.#ports.random() * NUMBER_SIGNS.length)),
      ).join("");
    return this.#ports.workbook.readStreams(this.#ports.locale(), newNumber, this.#skus());
  }

  async #refreshStreams(): Promise<void> {
    if (this.#ports.state() === null) return;
    const sheet = await this.#rows();
    if (!sheet.ok || sheet.value === null || sheet.value.rows.length === 0) return;
    const { rows } = sheet.value;
    const standings = await this.#ports.desk.look(rows);
    const paints = new Map<string, PlanPaint>();
    for (const [at, standing] of standings.entries()) {
      const sold30 = await this.#soldOf(rows[at]);
      paints.set(standing.no, { standing, sold30 });
    }
    await this.#ports.workbook.paintStreams(this.#ports.locale(), paints);
  }

  /** Asked once for each SKU: thirty days do not change while a page is open. */
  async #soldOf(row: ReadPlanRow | undefined): Promise<number | null> {
    if (row === undefined || row.sku === "") return null;
    const known = this.#sold.get(row.sku);
    if (known !== undefined) return known;
    const days = await this.#ports.dailySales(row.sku);
    const sold = days === null ? null : days.reduce((sum, units) => sum + units, 0);
    this.#sold.set(row.sku, sold);
    return sold;
  }

  async #refreshReview(): Promise<void> {
    const state = this.#ports.state();
    const stream = state?.stream ?? null;
    const review = state?.review ?? null;
    if (stream?.endsAt == null || review === null) return;
    const locale = this.#ports.locale();
    const key = JSON.stringify([stream.id, review, locale]);
    if (key === this.#filled) return;
    const timeline = await this.#ports.desk.timeline(stream.id);
    // The book is being written: told in a moment.
    if (timeline === null) return;
    const { id, creator, endsAt, curve } = stream;
    const page = reviewPage({ id, creator, endsAt, curve }, review, timeline, locale);
    const filled = await this.#ports.workbook.fillReview(page);
    if (filled.ok && filled.value) this.#filled = key;
  }
}
