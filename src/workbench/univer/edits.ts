/**
 * Tells data edits from all else that changes Univer's cells: results of the formula engine, looks
 * and layout are no edits, and Excel raises no onChanged for them either.
 */
import { ICommandService, type ICommandInfo, type IRange, ObjectMatrix } from "@univerjs/core";
import {
  InsertColMutation,
  InsertRowMutation,
  InsertSheetMutation,
  MoveRangeMutation,
  RemoveColMutation,
  RemoveRowMutation,
  RemoveSheetMutation,
  SetRangeValuesMutation,
  SetWorksheetActiveOperation,
} from "@univerjs/preset-sheets-core";
import { COLUMNS_MAX, ROWS_MAX } from "../backend/area";
import type { BackendEvents, CellValue, DataEdit } from "../backend/backend";
import type { Cells } from "./cells";
import { STYLE_TRIGGER } from "./cells";
import { isObject } from "./plain";
import { toBox, type WorkbookParts } from "./workbook-parts";

const content: ReadonlySet<string> = new Set(["v", "f", "si", "p", "t"]);

interface CommandOptions {
  readonly onlyLocal?: boolean;
  readonly fromFormula?: boolean;
}

interface CellMutation {
  readonly subUnitId: string;
  readonly cellValue?: Record<number, Record<number, unknown>>;
  readonly trigger?: string;
}

interface RangeMutation {
  readonly subUnitId: string;
  readonly range: IRange;
}

/** The box around the cells whose content the mutation sets, or null when it sets none. */
function editedRange(params: CellMutation): IRange | null {
  const touched = new ObjectMatrix<unknown>();
  new ObjectMatrix(params.cellValue).forValue((row, column, cell) => {
    const isContent = isObject(cell) && Object.keys(cell).some((key) => content.has(key));
    if (isContent || cell == null) touched.setValue(row, column, true);
  });
  return touched.getSizeOf() === 0 ? null : touched.getDataRange();
}

export class Edits {
  readonly #cells: Cells;
  readonly #listeners: BackendEvents[] = [];
  #byAddin = false;
  #before: { readonly key: string; readonly value: CellValue } | null = null;

  constructor(parts: WorkbookParts, cells: Cells) {
    this.#cells = cells;
    const commands = parts.grid.injector.get(ICommandService);
    commands.beforeCommandExecuted((command, options) => this.#remember(command, options));
    commands.onCommandExecuted((command, options) => this.#follow(command, options));
  }

  listen(events: BackendEvents): void {
    this.#listeners.push(events);
  }

  asAddin<T>(action: () => T): T {
    const outer = this.#byAddin;
    this.#byAddin = true;
    try {
      return action();
    } finally {
      this.#byAddin = outer;
    }
  }

  #dataEdit(command: Readonly<ICommandInfo>, options: CommandOptions | undefined): IRange | null {
    if (command.id !== SetRangeValuesMutation.id) return null;
    if (options?.fromFormula === true || options?.onlyLocal === true) return null;
    const params = command.params as CellMutation;
    return params.trigger === STYLE_TRIGGER ? null : editedRange(params);
  }

  /** Excel tells of the value before only when one cell is edited. */
  #remember(command: Readonly<ICommandInfo>, options: CommandOptions | undefined): void {
    const range = this.#dataEdit(command, options);
    this.#before = null;
    if (range?.startRow !== range?.endRow || range?.startColumn !== range?.endColumn) return;
    if (range === null) return;
    const sheet = (command.params as CellMutation).subUnitId;
    const cell = this.#cells.read({ sheet, ...toBox(range) })[0]?.[0];
    if (cell !== undefined)
      this.#before = { key: `${sheet}|${JSON.stringify(toBox(range))}`, value: cell.value };
  }

  #follow(command: Readonly<ICommandInfo>, options: CommandOptions | undefined): void {
    switch (command.id) {
      case SetRangeValuesMutation.id: {
        const range = this.#dataEdit(command, options);
        if (range !== null) this.#edited((command.params as CellMutation).subUnitId, range);
        return;
      }
      case MoveRangeMutation.id: {
        const params = command.params as { to: { subUnitId: string }; toRange: IRange };
        this.#raise({ sheet: params.to.subUnitId, ...toBox(params.toRange) }, "RangeEdited");
        return;
      }
      case InsertRowMutation.id:
        this.#rows(command.params as RangeMutation, "RowInserted");
        return;
      case RemoveRowMutation.id:
        this.#rows(command.params as RangeMutation, "RowDeleted");
        return;
      case InsertColMutation.id:
        this.#columns(command.params as RangeMutation, "ColumnInserted");
        return;
      case RemoveColMutation.id:
        this.#columns(command.params as RangeMutation, "ColumnDeleted");
        return;
      default:
        this.#followSheets(command);
    }
  }

  #followSheets(command: Readonly<ICommandInfo>): void {
    const params = command.params;
    if (command.id === InsertSheetMutation.id) {
      const id = (params as { sheet: { id: string } }).sheet.id;
      for (const listener of this.#listeners) listener.sheetAdded(id);
    } else if (command.id === RemoveSheetMutation.id) {
      const id = (params as { subUnitId: string }).subUnitId;
      for (const listener of this.#listeners) listener.sheetDeleted(id);
    } else if (command.id === SetWorksheetActiveOperation.id) {
      const id = (params as { subUnitId: string }).subUnitId;
      for (const listener of this.#listeners) listener.sheetActivated(id);
    }
  }

  #edited(sheet: string, range: IRange): void {
    const box = toBox(range);
    const area = { sheet, ...box };
    const known = this.#before?.key === `${sheet}|${JSON.stringify(box)}` ? this.#before : null;
    this.#raise(area, "RangeEdited", known === null ? {} : { before: known.value });
  }

  #rows(params: RangeMutation, kind: DataEdit["kind"]): void {
    const box = toBox(params.range);
    this.#raise({ sheet: params.subUnitId, ...box, column: 0, columns: COLUMNS_MAX }, kind);
  }

  #columns(params: RangeMutation, kind: DataEdit["kind"]): void {
    const box = toBox(params.range);
    this.#raise({ sheet: params.subUnitId, ...box, row: 0, rows: ROWS_MAX }, kind);
  }

  #raise(
    area: DataEdit["area"],
    kind: DataEdit["kind"],
    details: Pick<DataEdit, "before"> = {},
  ): void {
    const edit: DataEdit = { area, kind, byAddin: this.#byAddin, ...details };
    for (const listener of this.#listeners) listener.edited(edit);
  }
}
