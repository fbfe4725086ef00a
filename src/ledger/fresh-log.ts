/**
 * A fresh page in the browser's own log, before a session's first write.
 *
 * Chromium keeps IndexedDB in LevelDB, which after a start writes on at the end of its last log. Where
 * a power cut left that end torn, all that is written behind the tear is lost at the next start: the
 * reader gives up there, or finds the log corrupt and Chromium empties the origin. Strict durability
 * does not help, the bytes are on the disk (test/e2e/ledger-power.test.ts: without this, 7 of 300
 * cuts lost a session or the whole book, always of a disk that had been cut before).
 *
 * A log that has outgrown LevelDB's buffer (4 MB at most) is put away and a new one begun, so it is
 * filled: twice, since the second change of logs waits until the first is in a table. The room is
 * given back at once. In another browser this does nothing but that.
 */
const DATABASE = "streamstock-log";
const STORE = "filler";
/** Smaller than a value that Chromium would put in a file of its own (64 KiB). */
const VALUE_BYTES = 60_000;
const VALUES = 150;
const VALUES_AT_ONCE = 15;
/** With less room than this nothing is filled up for the sake of a rare loss. */
const ROOM_MIN_BYTES = 100_000_000;

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(STORE);
    };
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new DOMException("not opened", "UnknownError"));
    };
  });
}

function written(db: IDBDatabase, work: (store: IDBObjectStore) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    // Relaxed: it is the log's length that counts, nobody misses what was in it.
    const tx = db.transaction(STORE, "readwrite", { durability: "relaxed" });
    tx.oncomplete = () => {
      resolve();
    };
    tx.onabort = () => {
      reject(tx.error ?? new DOMException("aborted", "AbortError"));
    };
    work(tx.objectStore(STORE));
  });
}

/** As rows deleted one by one are only written on top, a database that is dropped gives its room back. */
function dropped(): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(DATABASE);
    request.onsuccess =
      request.onerror =
      request.onblocked =
        () => {
          resolve();
        };
  });
}

/** What the browser says; Chromium says 10 GB to every site, and finds out when it is written. */
async function hasRoom(): Promise<boolean> {
  const { quota = 0, usage = 0 } = await navigator.storage.estimate();
  return quota - usage > ROOM_MIN_BYTES;
}

/** Resolves in any case: a session without a fresh page is as good as it was, the journal has it. */
export async function freshLog(): Promise<void> {
  try {
    if (!(await hasRoom())) return;
    const db = await open();
    try {
      // Does not compress, or it would not fill.
      const value = crypto.getRandomValues(new Uint8Array(VALUE_BYTES));
      for (let from = 0; from < VALUES; from += VALUES_AT_ONCE) {
        await written(db, (store) => {
          for (let n = from; n < from + VALUES_AT_ONCE; n += 1) store.put(value, n);
        });
      }
      await written(db, (store) => store.clear());
    } finally {
      db.close();
    }
  } catch {
    // Refused, full, or busy: whoever writes next finds out and says so.
    await dropped();
  }
}
