/** Sorting of a table's rows, in Excel's order: numbers, texts, truths, errors, and blanks last. */
import { type Cell, type CellEntry, type CellValue, isCellError } from "../../backend/backend";
import { invalidArgument } from "../host-error";
import type { Args, HostClass } from "../host-object";
import type { Json } from "../json";
import { cellsOf } from "./range-content";
import { bodyArea, factsOf, type TableSelf } from "./table-data";

interface Field {
  readonly key: number;
  readonly ascending: boolean;
}

function fieldsOf(value: Json, columns: number): readonly Field[] {
  if (!Array.isArray(value)) throw invalidArgument();
  return (value as readonly Json[]).map((one) => {
    const { key, ascending = true } = one as { readonly key?: Json; readonly ascending?: Json };
    const isPlace = typeof key === "number" && Number.isInteger(key) && key >= 0 && key < columns;
    if (!isPlace || typeof ascending !== "boolean") throw invalidArgument();
    return { key, ascending };
  });
}

function rank(value: CellValue): number {
  if (isCellError(value)) return 3;
  if (typeof value === "number") return 0;
  return typeof value === "string" ? 1 : 2;
}

function compare(a: CellValue, b: CellValue): number {
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (typeof a === "string" && typeof b === "string") {
    return a.localeCompare(b, undefined, { sensitivity: "base" });
  }
  return Number(a) - Number(b);
}

function byFields(fields: readonly Field[]) {
  return (a: readonly Cell[], b: readonly Cell[]): number => {
    for (const { key, ascending } of fields) {
      const [x, y] = [a[key]?.value ?? null, b[key]?.value ?? null];
      if (x === null || y === null) {
        if (x === y) continue;
        return x === null ? 1 : -1;
      }
      const order = isCellError(x) && isCellError(y) ? 0 : compare(x, y);
      if (order !== 0) return ascending ? order : -order;
    }
    return 0;
  };
}

function apply(self: TableSelf, args: Args): void {
  const { host } = self;
  const body = bodyArea(factsOf(self));
  const fields = fieldsOf(args.json(0), body.columns);
  const rows = [...cellsOf(host, body)].sort(byFields(fields));
  const entries = rows.map((row) =>
    row.map((cell): CellEntry =>
      cell.formula === null ? { value: cell.value } : { formula: cell.formula },
    ),
  );
  host.backend.asAddin(() => host.backend.write(body, entries));
}

export const tableSortClass: HostClass<TableSelf> = {
  name: "TableSort",
  methods: { Apply: apply, Clear: () => undefined },
};
