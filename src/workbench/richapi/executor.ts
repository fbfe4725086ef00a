/**
 * Runs rich-API batches one after the other over host objects (workbench.md 2). Strict: a member
 * that no class has answers ApiNotFound and is named on the console, never a silent null.
 */
import * as v from "valibot";
import { HostError } from "./host-error";
import { Args, type HostObject, isHostObject } from "./host-object";
import type { Json } from "./json";
import { query, writeState } from "./query";
import {
  type Action,
  actionType,
  type ArgumentInfo,
  type Batch,
  batchSchema,
  type ObjectPath,
  pathType,
} from "./wire";

export interface ObjectRoots {
  root(): HostObject;
  /** A service by its type name, such as the custom functions' one; null when there is none. */
  service(name: string): HostObject | null;
  /** Resolves when all that was written is calculated. */
  settled(): Promise<void>;
}

/** References that the page keeps across batches; a reloaded page starts with none. */
class References {
  readonly #byId = new Map<string, HostObject>();
  readonly #ids = new Map<HostObject, string>();
  #last = 0;

  keep(object: HostObject): void {
    if (this.#ids.has(object)) return;
    this.#last += 1;
    const id = `ref-${this.#last}`;
    this.#byId.set(id, object);
    this.#ids.set(object, id);
  }

  find(id: string): HostObject {
    const object = this.#byId.get(id);
    if (object === undefined) throw new HostError("InvalidReference");
    return object;
  }

  idOf(object: HostObject): string | undefined {
    return this.#ids.get(object);
  }

  remove(id: string): void {
    const object = this.#byId.get(id);
    this.#byId.delete(id);
    if (object !== undefined) this.#ids.delete(object);
  }
}

export class Executor {
  readonly #roots: ObjectRoots;
  #references = new References();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(roots: ObjectRoots) {
    this.#roots = roots;
  }

  reset(): void {
    this.#references = new References();
  }

  /** @returns the answer's JSON text; a refused batch is an answer too, never a rejection. */
  run(body: string): Promise<string> {
    const result = this.#queue.then(() => this.#run(body));
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async #run(body: string): Promise<string> {
    const batch = v.parse(batchSchema, JSON.parse(body));
    const run = new BatchRun(batch, this.#roots, this.#references);
    return JSON.stringify(await run.all());
  }
}

class BatchRun {
  readonly #batch: Batch;
  readonly #roots: ObjectRoots;
  readonly #references: References;
  readonly #resolved = new Map<number, HostObject | null>();
  /** "Class.Member" that is being done, for an error's location. */
  #doing = "";

  constructor(batch: Batch, roots: ObjectRoots, references: References) {
    this.#batch = batch;
    this.#roots = roots;
    this.#references = references;
  }

  async all(): Promise<Json> {
    const results: Json[] = [];
    for (const [index, action] of this.#batch.Actions.entries()) {
      this.#doing = "";
      try {
        results.push({ ActionId: action.Id, Value: await this.#do(action) });
      } catch (error) {
        return { Error: this.#report(error, index), Results: results };
      }
    }
    return { Results: results };
  }

  #report(error: unknown, index: number): Json {
    const refusal = error instanceof HostError ? error : new HostError("GeneralException");
    if (!(error instanceof HostError)) console.error("The workbench failed in a batch", error);
    if (refusal.location === "") refusal.location = this.#doing;
    if (refusal.code === "ApiNotFound") {
      console.error(`The workbench does not play ${refusal.location}`);
    }
    return {
      Code: refusal.code,
      Message: refusal.message,
      HttpStatusCode: refusal.status,
      ActionIndex: index,
      Location: refusal.location,
    };
  }

  async #do(action: Action): Promise<Json> {
    if (action.ActionType === actionType.trace) return null;
    const target = this.#resolve(action.ObjectPathId);
    switch (action.ActionType) {
      case actionType.instantiate:
        return target === null ? null : this.#identity(target);
      case actionType.query:
        if (target === null) return null;
        await this.#roots.settled();
        return query(target, action.QueryInfo ?? {}, (object) => this.#identity(object));
      case actionType.method:
        return target === null ? { _IsNull: true } : this.#call(target, action);
      case actionType.setProperty:
        if (target !== null) this.#set(target, action);
        return null;
      case actionType.update:
        if (target !== null) writeState(target, (action.ObjectState ?? {}) as Record<string, Json>);
        return null;
      default:
        throw new HostError("ApiNotFound", `action type ${action.ActionType}`);
    }
  }

  #identity(object: HostObject): Record<string, string> {
    const reference = this.#references.idOf(object);
    return {
      ...object.identity(),
      ...(reference === undefined ? {} : { _ReferenceId: reference }),
    };
  }

  #call(target: HostObject, action: Action): Json {
    const result = this.#invoke(target, action.Name, action.ArgumentInfo);
    return isHostObject(result) ? this.#identity(result) : result;
  }

  #set(target: HostObject, action: Action): void {
    this.#doing = `${target.className}.${action.Name}`;
    const scalar = target.scalar(action.Name);
    if (scalar === null) throw new HostError("ApiNotFound");
    if (scalar.set === null) throw new HostError("AccessDenied");
    scalar.set(this.#args(action.ArgumentInfo).json(0));
  }

  #invoke(target: HostObject, name: string, info: ArgumentInfo | undefined): HostObject | Json {
    this.#doing = `${target.className}.${name}`;
    if (name === "_KeepReference") {
      this.#references.keep(target);
      return null;
    }
    if (name === "_RemoveReference") {
      this.#references.remove(this.#args(info).text(0));
      return null;
    }
    const method = target.method(name);
    if (method === null) throw new HostError("ApiNotFound");
    return method(this.#args(info));
  }

  #args(info: ArgumentInfo | undefined): Args {
    const values = (info?.Arguments ?? []).map((value, index) => {
      const path = info?.ReferencedObjectPathIds[index] ?? 0;
      return path === 0 ? (value as Json) : this.#resolve(path);
    });
    return new Args(values);
  }

  /** Each path is walked once: a method on the way, such as Add, must not run twice. */
  #resolve(id: number): HostObject | null {
    const known = this.#resolved.get(id);
    if (known !== undefined) return known;
    const path = this.#batch.ObjectPaths[String(id)];
    if (path === undefined) throw new HostError("InvalidReference");
    const object = this.#walk(path);
    this.#resolved.set(id, object);
    return object;
  }

  #walk(path: ObjectPath): HostObject | null {
    if (path.ObjectPathType === pathType.global) return this.#roots.root();
    if (path.ObjectPathType === pathType.nullObject) return null;
    if (path.ObjectPathType === pathType.reference) return this.#references.find(path.Name);
    if (path.ObjectPathType === pathType.newObject) {
      const service = this.#roots.service(path.Name);
      if (service === null) throw new HostError("ApiNotFound", path.Name);
      return service;
    }
    const parent = this.#resolve(path.ParentObjectPathId ?? 0);
    if (parent === null) return null;
    const doing = `${parent.className}.${path.Name === "" ? "getItem" : path.Name}`;
    this.#doing = doing;
    return this.#step(parent, path);
  }

  #step(parent: HostObject, path: ObjectPath): HostObject | null {
    switch (path.ObjectPathType) {
      case pathType.property: {
        const child = parent.child(path.Name);
        if (child === null) throw new HostError("ApiNotFound");
        return child();
      }
      case pathType.indexer:
        if (parent.item === null) throw new HostError("ApiNotFound");
        return parent.item(this.#args(path.ArgumentInfo));
      case pathType.method: {
        const result = this.#invoke(parent, path.Name, path.ArgumentInfo);
        if (result !== null && !isHostObject(result)) throw new HostError("GeneralException");
        return result;
      }
      default:
        throw new HostError("ApiNotFound", `object path type ${path.ObjectPathType}`);
    }
  }
}
