/** Tables, drawn by Univer's own plug-in in the blue and the bands of Excel's default style. */
import {
  AddSheetTableMutation,
  DeleteSheetTableMutation,
  SetSheetTableMutation,
  TableManager,
} from "@univerjs/preset-sheets-table";
import type { TableFacts } from "../backend/backend";
import { TABLE_THEME } from "./table-theme";
import { toBox, toRange, type WorkbookParts } from "./workbook-parts";

/** What Univer's tables do not know of themselves. */
type Extra = Pick<TableFacts, "showHeaders" | "showTotals" | "style">;
const usual: Extra = { showHeaders: true, showTotals: false, style: "TableStyleMedium2" };

export class Tables {
  readonly #parts: WorkbookParts;
  readonly #manager: TableManager;
  readonly #extras = new Map<string, Extra>();
  /** Univer names columns by texts of its own; Excel counts them. By table. */
  readonly #columnIds = new Map<string, Map<string, number>>();

  constructor(parts: WorkbookParts) {
    this.#parts = parts;
    this.#manager = parts.grid.injector.get(TableManager);
  }

  /** Univer moves a table's range as rows come and go; it has the truth about it. */
  all(): readonly TableFacts[] {
    return this.#manager.getTableList(this.#parts.unit).map((table) => ({
      ...usual,
      ...this.#extras.get(table.id),
      id: table.id,
      name: table.name,
      area: { sheet: table.subUnitId, ...toBox(table.range) },
      columnIds: this.#idsOf(table.id, table.columns),
    }));
  }

  #idsOf(table: string, columns: readonly { readonly id: string }[]): readonly number[] {
    const known = this.#columnIds.get(table) ?? new Map<string, number>();
    this.#columnIds.set(table, known);
    for (const { id } of columns) {
      if (!known.has(id)) known.set(id, Math.max(0, ...known.values()) + 1);
    }
    return columns.map(({ id }) => known.get(id) ?? 0);
  }

  /** The ids that the caller gives its columns, from left to right. */
  #nameColumns(table: TableFacts): void {
    const columns =
      this.#manager.getTable(this.#parts.unit, table.id)?.getTableInfo().columns ?? [];
    const known = new Map(this.#columnIds.get(table.id));
    columns.forEach(({ id }, index) => {
      const given = table.columnIds[index];
      if (given !== undefined) known.set(id, given);
    });
    this.#columnIds.set(table.id, known);
  }

  put(table: TableFacts): void {
    const { showHeaders, showTotals, style } = table;
    this.#extras.set(table.id, { showHeaders, showTotals, style });
    const range = toRange(table.area);
    const known = this.#manager.getTable(this.#parts.unit, table.id);
    if (known === undefined) {
      this.#parts.run(AddSheetTableMutation.id, {
        subUnitId: table.area.sheet,
        tableId: table.id,
        name: table.name,
        range,
        header: this.#manager.getColumnHeader(this.#parts.unit, table.area.sheet, range),
        options: { showHeader: true, tableStyleId: TABLE_THEME },
      });
      this.#nameColumns(table);
      return;
    }
    const before = this.#idsOf(table.id, known.getTableInfo().columns);
    const inserted = table.columnIds.findIndex((id) => !before.includes(id));
    if (inserted >= 0 && inserted < before.length) {
      this.#parts.run(SetSheetTableMutation.id, {
        subUnitId: table.area.sheet,
        tableId: table.id,
        config: {
          rowColOperation: {
            operationType: "insert",
            rowColType: "column",
            index: table.area.column + inserted,
            count: 1,
          },
        },
      });
    }
    this.#parts.run(SetSheetTableMutation.id, {
      subUnitId: table.area.sheet,
      tableId: table.id,
      config: {
        ...(known.getDisplayName() === table.name ? {} : { name: table.name }),
        updateRange: { newRange: range },
      },
    });
    this.#nameColumns(table);
  }

  remove(id: string): void {
    const table = this.#manager.getTable(this.#parts.unit, id);
    if (table === undefined) return;
    this.#extras.delete(id);
    this.#columnIds.delete(id);
    this.#parts.run(DeleteSheetTableMutation.id, { subUnitId: table.getSubunitId(), tableId: id });
  }
}
