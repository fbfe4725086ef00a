/** The open workbook's parts, and the one way by which the backend changes them. */
import {
  ICommandService,
  type IRange,
  IUniverInstanceService,
  UniverInstanceType,
  type Workbook,
  type Worksheet,
} from "@univerjs/core";
import { FormulaDataModel } from "@univerjs/preset-sheets-core";
import type { Area, Box } from "../backend/area";
import type { Grid } from "./grid";

export class WorkbookParts {
  readonly grid: Grid;
  readonly workbook: Workbook;
  readonly formulas: FormulaDataModel;
  readonly #commands: ICommandService;

  constructor(grid: Grid) {
    this.grid = grid;
    const workbook = grid.injector
      .get(IUniverInstanceService)
      .getCurrentUnitOfType<Workbook>(UniverInstanceType.UNIVER_SHEET);
    if (!workbook) throw new Error("No workbook is open");
    this.workbook = workbook;
    this.formulas = grid.injector.get(FormulaDataModel);
    this.#commands = grid.injector.get(ICommandService);
  }

  get unit(): string {
    return this.workbook.getUnitId();
  }

  sheet(id: string): Worksheet {
    const sheet = this.workbook.getSheetBySheetId(id);
    if (sheet == null) throw new Error(`There is no sheet ${id}`);
    return sheet;
  }

  /** The box cut to the rows and columns that the sheet has at present; null when nothing is left. */
  range(area: Area): IRange | null {
    const sheet = this.sheet(area.sheet);
    const endRow = Math.min(area.row + area.rows, sheet.getRowCount()) - 1;
    const endColumn = Math.min(area.column + area.columns, sheet.getColumnCount()) - 1;
    if (endRow < area.row || endColumn < area.column) return null;
    return { startRow: area.row, endRow, startColumn: area.column, endColumn };
  }

  /** Does something to the workbook at once; Univer's own parts hear of it. */
  run(id: string, params: object): boolean {
    return this.#commands.syncExecuteCommand(id, { unitId: this.unit, ...params });
  }
}

export function toBox(range: IRange): Box {
  return {
    row: range.startRow,
    column: range.startColumn,
    rows: range.endRow - range.startRow + 1,
    columns: range.endColumn - range.startColumn + 1,
  };
}

export function toRange(box: Box): IRange {
  return {
    startRow: box.row,
    endRow: box.row + box.rows - 1,
    startColumn: box.column,
    endColumn: box.column + box.columns - 1,
  };
}
