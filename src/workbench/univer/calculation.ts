/**
 * Univer's formula engine works in the background, one calculation at a time; this knows when it
 * is done with a change, and puts results of the add-in's functions in its queue. Results go
 * through the engine's own trigger, as an edit does: starting a calculation past it would kill the
 * one under way. The name of the trigger's mutation is ours; the registry of triggers is public.
 */
import {
  CommandType,
  ICommandService,
  type ICommandInfo,
  type IUnitRange,
  ObjectMatrix,
} from "@univerjs/core";
import {
  IActiveDirtyManagerService,
  type ISetFormulaCalculationNotificationMutation,
  type ISetFormulaCalculationResultMutation,
  SetFormulaCalculationNotificationMutation,
  SetFormulaCalculationResultMutation,
  SetFormulaCalculationStartMutation,
  SetRangeValuesMutation,
} from "@univerjs/preset-sheets-core";
import type { Grid } from "./grid";
import { isObject } from "./plain";

/** A calculation that was stopped by hand never ends; nobody waits for it longer than this. */
const PATIENCE_MS = 10_000;
const RESULTS = "workbench.mutation.function-results";
/** States of a finished calculation, as the engine numbers them; 1 is one that was stopped. */
const finished: ReadonlySet<number> = new Set([0, 2, 3]);
/** Triggers of the value mutation that the engine itself does not calculate for. */
const styleTriggers: ReadonlySet<unknown> = new Set([
  "sheet.command.set-style",
  "sheet.command.set-border",
  "sheet.command.clear-selection-format",
]);

/** The cells a calculation went through, by sheet, as "row|column". */
export type CalculatedCells = ReadonlyMap<string, readonly string[]>;

export interface CalculationListener {
  calculated(cells: CalculatedCells): void;
}

export class Calculation {
  readonly #grid: Grid;
  readonly #commands: ICommandService;
  readonly #listeners: CalculationListener[] = [];
  #changes = 0;
  #started = 0;
  #done = 0;
  #waiting: { readonly until: number; readonly resolve: () => void }[] = [];
  #cells = new Map<string, string[]>();
  #dirty: IUnitRange[] = [];
  #pushing = false;

  constructor(grid: Grid) {
    this.#grid = grid;
    this.#commands = grid.injector.get(ICommandService);
    this.#commands.registerCommand({
      id: RESULTS,
      type: CommandType.MUTATION,
      handler: () => true,
    });
    grid.injector.get(IActiveDirtyManagerService).register(RESULTS, {
      commandId: RESULTS,
      getDirtyData: (command) => ({
        dirtyRanges: (command.params as { ranges: IUnitRange[] }).ranges,
      }),
    });
    this.#commands.onCommandExecuted((command, options) => this.#follow(command, options));
  }

  listen(listener: CalculationListener): void {
    this.#listeners.push(listener);
  }

  /** Resolves when every change made until now is calculated and in the cells. */
  settled(): Promise<void> {
    if (this.#done >= this.#changes) return Promise.resolve();
    const until = this.#changes;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        console.error("The formula engine did not answer in time");
        resolve();
      }, PATIENCE_MS);
      this.#waiting.push({
        until,
        resolve: () => {
          clearTimeout(timer);
          resolve();
        },
      });
    });
  }

  /** Has the cells calculated anew: at once, or after the calculation that is under way. */
  recalculate(ranges: readonly IUnitRange[]): void {
    this.#dirty.push(...ranges);
    this.#pushSoon();
  }

  #pushSoon(): void {
    if (this.#pushing || this.#dirty.length === 0) return;
    this.#pushing = true;
    queueMicrotask(() => {
      const ranges = this.#dirty;
      this.#dirty = [];
      void this.#commands.executeCommand(RESULTS, { ranges }, { onlyLocal: true });
    });
  }

  #follow(command: Readonly<ICommandInfo>, options: { onlyLocal?: boolean } | undefined): void {
    if (command.id === SetFormulaCalculationStartMutation.id) {
      this.#started = this.#changes;
    } else if (command.id === SetFormulaCalculationResultMutation.id) {
      this.#collect(command.params as ISetFormulaCalculationResultMutation);
    } else if (command.id === SetFormulaCalculationNotificationMutation.id) {
      const state = (command.params as ISetFormulaCalculationNotificationMutation)
        .functionsExecutedState;
      if (state !== undefined && finished.has(state)) this.#finish();
    } else if (this.#triggers(command, options)) {
      this.#changes += 1;
    }
  }

  #triggers(
    command: Readonly<ICommandInfo>,
    options: { onlyLocal?: boolean } | undefined,
  ): boolean {
    const known = this.#grid.injector.get(IActiveDirtyManagerService).get(command.id) != null;
    if (!known || command.id === RESULTS) return false;
    if (command.id !== SetRangeValuesMutation.id) return true;
    const trigger = isObject(command.params) ? command.params["trigger"] : undefined;
    return options?.onlyLocal !== true && !styleTriggers.has(trigger);
  }

  #collect(result: ISetFormulaCalculationResultMutation): void {
    for (const unit of Object.values(result.unitData)) {
      for (const [sheet, matrix] of Object.entries(unit ?? {})) {
        const cells = this.#cells.get(sheet) ?? [];
        this.#cells.set(sheet, cells);
        new ObjectMatrix(matrix).forValue((row, column) => {
          cells.push(`${row}|${column}`);
        });
      }
    }
  }

  #finish(): void {
    const cells = this.#cells;
    this.#cells = new Map();
    this.#done = this.#started;
    // The engine tells of the end before it has forgotten the calculation: let it finish first.
    setTimeout(() => {
      for (const listener of this.#listeners) listener.calculated(cells);
      const ready = this.#waiting.filter((one) => one.until <= this.#done);
      this.#waiting = this.#waiting.filter((one) => one.until > this.#done);
      for (const one of ready) one.resolve();
      this.#pushing = false;
      this.#pushSoon();
    }, 0);
  }
}
