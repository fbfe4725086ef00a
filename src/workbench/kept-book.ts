/**
 * The workbook as it was when the page was left, one for each language of the workbench: reloading
 * the page, or the machine going to sleep, loses nothing that stood in a cell.
 */
const DATABASE = "streamstock-workbench";
const STORE = "books";

function ask<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB refused"));
  });
}

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return ask(request);
}

async function inStore<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T | null> {
  try {
    const database = await open();
    const done = await ask(work(database.transaction(STORE, mode).objectStore(STORE)));
    database.close();
    return done;
  } catch {
    // Storage may be forbidden: the workbench then begins anew each time.
    return null;
  }
}

export const keptBooks = {
  read: (language: string): Promise<unknown> =>
    inStore<unknown>("readonly", (store) => store.get(language)),
  write: (language: string, book: unknown): Promise<unknown> =>
    inStore("readwrite", (store) => store.put(book, language)),
  forget: (language: string): Promise<unknown> =>
    inStore("readwrite", (store) => store.delete(language)),
};
