/**
 * IndexedDB that fails as browsers do (limits.md 5b and 5c), where a browser cannot be made to. The
 * store underneath is a real implementation of the standard, in memory.
 */
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import type { DatabaseOptions } from "../../src/ledger/dexie-database";

type Fault =
  /** The browser gives this page no storage. */
  | "refused"
  /** A write is undone for want of quota; the connection lives on. */
  | "quota"
  /** A write is undone for want of disk; the connection is dead until it is opened anew. */
  | "disk"
  /** The same, and no other connection can be opened while there is no room. */
  | "disk_shut"
  /** The connection is gone, and the next transaction says so. */
  | "closed"
  /** The write is kept, but the connection dies before anybody is told. */
  | "untold";

/** What is not in the standard's types. */
interface Transaction extends EventTarget {
  error: DOMException | null;
  onabort: (() => void) | null;
  oncomplete: (() => void) | null;
  _abort(name: string): void;
}

export class FaultyStorage {
  fault: Fault | null = null;
  /** How many databases were opened. */
  opened = 0;
  readonly #factory = new IDBFactory();
  readonly options: DatabaseOptions;

  constructor() {
    const factory = new Proxy(this.#factory, {
      get: (target, name) => {
        if (name === "open") return (...args: [string, number?]) => this.#open(...args);
        const member: unknown = Reflect.get(target, name);
        return typeof member === "function" ? member.bind(target) : member;
      },
    });
    this.options = {
      indexedDB: factory as unknown as globalThis.IDBFactory,
      IDBKeyRange: IDBKeyRange as unknown as typeof globalThis.IDBKeyRange,
      blockedAfterMs: 50,
    };
  }

  #open(name: string, version?: number): IDBOpenDBRequest {
    if (this.fault === "refused") throw new DOMException("denied", "SecurityError");
    if (this.fault === "disk_shut") {
      throw new DOMException("Internal error opening backing store", "UnknownError");
    }
    this.opened += 1;
    const request = this.#factory.open(name, version) as unknown as IDBOpenDBRequest;
    request.addEventListener("success", () => this.#spoil(request.result));
    return request;
  }

  #spoil(db: IDBDatabase): void {
    const transaction = db.transaction.bind(db);
    let dead = false;
    db.transaction = (stores, mode, options) => {
      if (this.fault === "closed") {
        this.fault = null;
        dead = true;
      }
      if (dead) throw new DOMException("The connection is closing", "InvalidStateError");
      const tx = transaction(stores, mode, options);
      if (mode !== "readwrite" || this.fault === null) return tx;
      const { fault } = this;
      dead = fault !== "quota";
      if (fault === "untold") this.#keepQuiet(tx as unknown as Transaction);
      else this.#undo(tx, fault);
      return tx;
    };
  }

  /** At the end, where a browser finds out: every write is done, and none is kept. */
  #undo(tx: IDBTransaction, fault: Fault): void {
    let waiting = 0;
    const watched = <T>(request: IDBRequest<T>): IDBRequest<T> => {
      waiting += 1;
      request.addEventListener("success", () => {
        waiting -= 1;
        if (waiting > 0) return;
        const inner = tx as unknown as Transaction;
        inner._abort(fault === "quota" ? "QuotaExceededError" : "UnknownError");
        if (fault !== "quota") {
          inner.error = new DOMException("Internal error: FILE_ERROR_NO_SPACE", "UnknownError");
        }
      });
      return request;
    };
    const objectStore = tx.objectStore.bind(tx);
    tx.objectStore = (name) => {
      const store = objectStore(name);
      const [add, put] = [store.add.bind(store), store.put.bind(store)];
      store.add = (value: unknown, key?: IDBValidKey) => watched(add(value, key));
      store.put = (value: unknown, key?: IDBValidKey) => watched(put(value, key));
      return store;
    };
  }

  #keepQuiet(tx: Transaction): void {
    this.fault = null;
    tx.addEventListener("complete", () => {
      tx.oncomplete = null;
      tx.error = new DOMException("Connection lost", "AbortError");
      tx.onabort?.();
    });
  }
}
