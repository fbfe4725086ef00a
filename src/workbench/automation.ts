/**
 * `window.workbench`: what tests and scripts hold of the workbench (architecture.md 4). Addresses
 * are "Sheet!A1:B2", or "A1" on the active sheet.
 */
import { type Area, isWholeColumns, isWholeRows, parseBox, splitAddress } from "./backend/area";
import { type Cell, isCellError, type WorkbookBackend } from "./backend/backend";
import { enteredText } from "./backend/entered-value";
import { stoppedBy } from "./backend/validation";

export interface ReadCell {
  readonly value: string | number | boolean | null;
  readonly text: string;
  readonly formula: string | null;
  readonly fill: string | null;
  readonly fontColor: string | null;
}

export interface WorkbenchAutomation {
  /** Office.onReady has resolved in the add-in, and its functions are registered. */
  readonly ready: Promise<void>;
  setFormula(address: string, text: string): Promise<void>;
  read(address: string): Promise<ReadCell[][]>;
  /** What stands there at this moment: waits for nothing and draws nothing, for whoever looks often. */
  values(address: string): Promise<ReadCell["value"][][]>;
  sheets(): string[];
  activate(sheet: string): Promise<void>;
  save(): Promise<Blob>;
}

const BUSY = "#BUSY!";
/** How long a function of the add-in may take before its #BUSY! is read as it stands. */
const PATIENCE_MS = 5000;
const GLANCE_MS = 40;

function findSheet(backend: WorkbookBackend, name: string): string {
  const wanted = name.toLowerCase();
  const found = backend.sheets().find((sheet) => sheet.name.toLowerCase() === wanted);
  if (found === undefined) throw new Error(`There is no sheet "${name}"`);
  return found.id;
}

function parseAddress(backend: WorkbookBackend, address: string): Area {
  const { sheet, rest } = splitAddress(address);
  const id = sheet === null ? backend.activeSheet() : findSheet(backend, sheet);
  const box = parseBox(rest);
  if (box === null || isWholeColumns(box) || isWholeRows(box)) {
    throw new Error(`"${address}" is no address of cells`);
  }
  return { sheet: id, ...box };
}

function readValue({ value }: Cell): ReadCell["value"] {
  return isCellError(value) ? value.error : value;
}

function readCell(cell: Cell | undefined): ReadCell {
  if (cell === undefined)
    return { value: null, text: "", formula: null, fill: null, fontColor: null };
  return {
    value: readValue(cell),
    text: cell.text,
    formula: cell.formula,
    fill: cell.shown.fill,
    fontColor: cell.shown.fontColor,
  };
}

function isBusy(cell: Cell): boolean {
  return isCellError(cell.value) ? cell.value.error === BUSY : cell.value === BUSY;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Waits for the calculation, and for answers of the add-in that the area still waits for. */
async function calculated(backend: WorkbookBackend, area: Area): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  await backend.settled();
  while (backend.read(area).some((row) => row.some(isBusy)) && performance.now() < end) {
    await sleep(GLANCE_MS);
    await backend.settled();
  }
}

/** @param opening the workbook, once it is open; `sheets` needs it open already */
export function automation(
  opening: Promise<WorkbookBackend>,
  ready: Promise<void>,
  save: () => Promise<Blob>,
): WorkbenchAutomation {
  let open: WorkbookBackend | null = null;
  opening.then(
    (backend) => {
      open = backend;
    },
    () => undefined,
  );
  return {
    ready,
    save,
    sheets() {
      if (open === null) throw new Error("The workbook is not open yet: wait for ready");
      return open.sheets().map((sheet) => sheet.name);
    },
    async activate(sheet) {
      const backend = await opening;
      backend.activateSheet(findSheet(backend, sheet));
      await backend.settled();
    },
    async setFormula(address, text) {
      const backend = await opening;
      const area = parseAddress(backend, address);
      if (area.rows * area.columns !== 1) throw new Error(`"${address}" is more than one cell`);
      const format = backend.read(area)[0]?.[0]?.style.numberFormat ?? "General";
      const entered = enteredText(text, format, new Date().getFullYear());
      // As Excel's own message box does, to a person who types.
      const stop = stoppedBy(backend.validations(area.sheet), area, entered.entry);
      if (stop !== null) throw new Error(`${stop.title}: ${stop.message}`);
      if (entered.format !== null) backend.applyStyle(area, { numberFormat: entered.format });
      backend.write(area, [[entered.entry]]);
      await calculated(backend, area);
    },
    async values(address) {
      const backend = await opening;
      return backend.read(parseAddress(backend, address)).map((row) => row.map(readValue));
    },
    async read(address) {
      const backend = await opening;
      const area = parseAddress(backend, address);
      await calculated(backend, area);
      const rows = backend.read(area);
      return Array.from({ length: area.rows }, (_, row) =>
        Array.from({ length: area.columns }, (__, column) => readCell(rows[row]?.[column])),
      );
    },
  };
}
