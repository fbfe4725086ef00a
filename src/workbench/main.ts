/** The composition root of the workbench: grid, workbook, add-in, and what automation holds of them. */
import "./page.css";
import { readManifest } from "./addin-manifest";
import { AddinSession } from "./addin-session";
import { applyParts, bookOf } from "./book-file";
import { automation, type WorkbenchAutomation } from "./automation";
import { type FunctionFacts, parseFunctions } from "./customfunctions/metadata";
import { keptBooks } from "./kept-book";
import { setStage, type Stage } from "./stage";
import { loadKept, loadStarter } from "./starter-workbook";
import { Calculation } from "./univer/calculation";
import { registerFunctions } from "./univer/functions";
import { mountGrid, openWorkbook } from "./univer/grid";
import { UniverBackend } from "./univer/univer-backend";
import { workbookData } from "./univer/workbook-data";
import { WorkbookParts } from "./univer/workbook-parts";
import { chosenLanguage, wordsIn } from "./words";

declare global {
  interface Window {
    workbench?: WorkbenchAutomation;
  }
}

async function fetchText(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.text();
}

async function fetchFunctions(url: string | null): Promise<readonly FunctionFacts[]> {
  return url === null ? [] : parseFunctions(JSON.parse(await fetchText(url)));
}

const NOTE_MS = 300;

/** A moment after the last change; a book that changes all the time is kept every few seconds. */
const KEEP_AFTER_MS = 1000;
const KEEP_WITHIN_MS = 5000;

function keepBook(backend: UniverBackend, book: () => unknown): void {
  let timer = 0;
  let since = 0;
  const keep = () => {
    since = 0;
    if (!forgotten) void backend.settled().then(() => keptBooks.write(language, book()));
  };
  const soon = () => {
    since = since === 0 ? performance.now() : since;
    clearTimeout(timer);
    const wait = Math.min(KEEP_AFTER_MS, since + KEEP_WITHIN_MS - performance.now());
    timer = window.setTimeout(keep, Math.max(0, wait));
  };
  backend.listen({ edited: soon, sheetAdded: soon, sheetDeleted: soon, sheetActivated: soon });
}

/** The page is about to begin with a new workbook: what stands here is not kept any more. */
let forgotten = false;

async function beginAnew(): Promise<void> {
  forgotten = true;
  await keptBooks.forget(language);
  location.reload();
}

/** The workbook comes in by the way that a reloaded page takes: kept, and opened again. */
async function openFile(file: File): Promise<void> {
  const { readWorkbook } = await import("./open-workbook");
  const read = await readWorkbook(await file.arrayBuffer(), file.name);
  if (!read.ok) {
    alert(wordsIn(language).unreadable);
    return;
  }
  forgotten = true;
  await keptBooks.write(language, read.value);
  location.reload();
}

function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

const language = chosenLanguage(location.search, navigator.languages);

async function open(stage: Stage, ready: () => void): Promise<WorkbenchParts> {
  const [manifest, starter] = await Promise.all([
    fetchText("/manifest.xml").then((xml) => readManifest(xml, language)),
    loadKept(language).then((kept) => kept ?? loadStarter(language)),
  ]);
  const functions = await fetchFunctions(manifest.functions);
  stage.titled(starter.name, manifest.name);
  const grid = mountGrid(stage.grid, language);
  openWorkbook(grid, workbookData(starter, language));
  const parts = new WorkbookParts(grid);
  const calculation = new Calculation(grid);
  const backend = new UniverBackend(parts, calculation);
  const session = new AddinSession({
    backend,
    calculation,
    unit: parts.unit,
    namespace: manifest.namespace,
    language,
    page: manifest.page,
    connected: ready,
    leftByKeyboard: () => stage.focusTools(),
  });
  registerFunctions(grid, manifest.namespace, functions, session.functions);
  for (const [name, formula] of Object.entries(starter.names)) {
    backend.putName({ name, formula: `=${formula}`, visible: true, comment: "" });
  }
  applyParts(backend, session.beside, starter);
  keepBook(backend, () => bookOf(backend, session.beside));
  const active = backend.sheets().find((sheet) => sheet.name === starter.active);
  if (active !== undefined) backend.activateSheet(active.id);
  stage.pane.append(session.frame.element);
  // Excel shows it when the mark beside the cell is pointed at; here it is enough to select the cell.
  setInterval(() => {
    const { sheet, row, column } = backend.selection();
    stage.noted(session.messageAt(sheet, row, column));
  }, NOTE_MS);
  return {
    backend,
    reload: () => session.frame.reload(),
    isProtected: (sheet) => session.beside.protectedSheets.has(sheet),
  };
}

interface WorkbenchParts {
  readonly backend: UniverBackend;
  reload(): void;
  readonly isProtected: (sheet: string) => boolean;
}

function start(): void {
  const { ready, resolve, reject } = readiness();
  const save = async () => {
    const { backend, isProtected } = await opened;
    const { saveWorkbook } = await import("./save-workbook");
    return saveWorkbook(backend, isProtected);
  };
  const stage = setStage(language, {
    anew: () => void beginAnew(),
    open: openFile,
    reload: () => void opened.then((parts) => parts.reload()),
    save: async () => download(await save(), (await opened).backend.name),
  });
  const opened = open(stage, () => {
    stage.connected();
    resolve();
  });
  const backend = opened.then((parts) => parts.backend);
  // There from the first moment, so that a test can wait for `ready` as soon as the page is loaded.
  window.workbench = automation(backend, ready, save);
  opened.catch((error: unknown) => {
    console.error("The workbench could not be opened", error);
    stage.failed(String(error));
    reject(error);
  });
}

interface Readiness {
  readonly ready: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

function readiness(): Readiness {
  let resolve: () => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const ready = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // Whoever waits for it is told; nobody waiting is no fault of the page.
  ready.catch(() => undefined);
  return { ready, resolve: () => resolve(), reject: (reason) => reject(reason) };
}

start();
