/**
 * The add-in in its frame, joined to the workbook: batches run on the object model, functions are
 * called for the cells, and a page that reloads starts from a clean slate while cells keep their
 * values.
 */
import type { IUnitRange } from "@univerjs/core";
import type { DataEdit, WorkbookBackend } from "./backend/backend";
import { type CellKey, FunctionCalls } from "./customfunctions/function-calls";
import { WorkbookHost } from "./richapi/workbook-host";
import type { Calculation } from "./univer/calculation";
import type { FunctionHost } from "./univer/functions";
import type { Language } from "./words";
import { AddinFrame } from "./xdm/addin-frame";

const MESSAGES = "richApiMessage";
/** An edit of more cells than this is not looked through for functions entered anew. */
const REENTERED_MAX = 2000;

export interface SessionParts {
  readonly backend: WorkbookBackend;
  readonly calculation: Calculation;
  readonly unit: string;
  readonly namespace: string;
  readonly language: Language;
  readonly page: string;
  /** A page's functions take calls; again after every reload. */
  connected(): void;
  /** The keyboard leaves the pane: something else takes it. */
  leftByKeyboard(): void;
}

function place(key: CellKey): {
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
} {
  const [sheet = "", row = "0", column = "0"] = key.split("|");
  return { sheet, row: Number(row), column: Number(column) };
}

export class AddinSession {
  readonly frame: AddinFrame;
  readonly #parts: SessionParts;
  readonly #calls: FunctionCalls;
  readonly #host: WorkbookHost;
  readonly #documentSettings = new Map<string, string>();

  constructor(parts: SessionParts) {
    this.#parts = parts;
    const send = (entries: readonly unknown[]) =>
      this.frame.raise(MESSAGES, { ArrayData: entries });
    this.#calls = new FunctionCalls({
      send,
      changed: (cells) => parts.calculation.recalculate([...cells].map((key) => this.#range(key))),
      soon: (action) => setTimeout(action, 0),
    });
    const host = (this.#host = new WorkbookHost(parts.backend, {
      send,
      functions: {
        functionsReady: () => {
          this.#calls.start();
          parts.connected();
        },
        functionResults: (results) => this.#calls.results(results),
      },
      thisYear: () => new Date().getFullYear(),
    }));
    this.frame = new AddinFrame(parts.page, parts.language, {
      connected: () => {
        host.reset();
        this.#calls.reset();
      },
      runBatch: (body) => host.run(body),
      settings: () => this.#documentSettings,
      saveSettings: (properties) => {
        this.#documentSettings.clear();
        for (const [key, value] of properties) this.#documentSettings.set(key, value);
      },
      leftByKeyboard: () => parts.leftByKeyboard(),
    });
    parts.calculation.listen({
      calculated: (cells) => {
        const keys = [...cells].flatMap(([sheet, places]) =>
          places.map((one) => `${sheet}|${one}`),
        );
        this.#calls.calculated(keys, (key) => this.#callsFunction(key));
      },
    });
    parts.backend.listen({
      edited: (edit) => this.#edited(edit),
      sheetAdded: () => undefined,
      sheetDeleted: () => undefined,
      sheetActivated: () => undefined,
    });
  }

  get beside(): WorkbookHost["beside"] {
    return this.#host.beside;
  }

  /** What the formula engine asks while it calculates. */
  get functions(): FunctionHost {
    return {
      value: (cell, request) => this.#calls.value(cell, request),
      sheetName: (id) => this.#parts.backend.sheets().find((one) => one.id === id)?.name ?? id,
    };
  }

  /** What a function of the add-in says of the error in a cell; null = nothing. */
  messageAt(sheet: string, row: number, column: number): string | null {
    return this.#calls.messageOf(`${sheet}|${row}|${column}`);
  }

  #range(key: CellKey): IUnitRange {
    const { sheet, row, column } = place(key);
    return {
      unitId: this.#parts.unit,
      sheetId: sheet,
      range: { startRow: row, endRow: row, startColumn: column, endColumn: column },
    };
  }

  #callsFunction(key: CellKey): boolean {
    const { sheet, row, column } = place(key);
    if (!this.#parts.backend.sheets().some((one) => one.id === sheet)) return false;
    const cell = this.#parts.backend.read({ sheet, row, column, rows: 1, columns: 1 })[0]?.[0];
    return this.#mentions(cell?.formula ?? null);
  }

  #mentions(formula: string | null): boolean {
    return formula?.toUpperCase().includes(`${this.#parts.namespace.toUpperCase()}.`) === true;
  }

  #edited(edit: DataEdit): void {
    if (edit.kind !== "RangeEdited") {
      this.#recalculateAll();
      return;
    }
    const { sheet, row, column, rows, columns } = edit.area;
    if (rows * columns > REENTERED_MAX) return;
    for (let r = row; r < row + rows; r++) {
      for (let c = column; c < column + columns; c++) this.#calls.reentered(`${sheet}|${r}|${c}`);
    }
  }

  /** Rows or columns moved: cells with functions stand elsewhere now, and ask from there. */
  #recalculateAll(): void {
    const ranges: IUnitRange[] = [];
    for (const { id } of this.#parts.backend.sheets()) {
      const box = this.#parts.backend.usedBox(id, true);
      if (box === null) continue;
      for (const [r, row] of this.#parts.backend.read({ sheet: id, ...box }).entries()) {
        for (const [c, cell] of row.entries()) {
          if (this.#mentions(cell.formula))
            ranges.push(this.#range(`${id}|${box.row + r}|${box.column + c}`));
        }
      }
    }
    if (ranges.length > 0) this.#parts.calculation.recalculate(ranges);
  }
}
