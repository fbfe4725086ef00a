/** Writes rich-API batches as Office.js writes them, so that the executor can be tried in Node. */
import { MemoryBackend } from "../../src/workbench/backend/memory-backend";
import { WorkbookHost } from "../../src/workbench/richapi/workbook-host";

export interface Answer {
  readonly Results: readonly { readonly ActionId: number; readonly Value: never }[];
  readonly Error?: {
    readonly Code: string;
    readonly ActionIndex: number;
    readonly Location: string;
  };
}

/** An object of a batch under construction: every member it is asked for is a path. */
export class Batch {
  readonly #actions: object[] = [];
  readonly #paths: Record<string, object> = {};
  #last = 0;

  #next(): number {
    this.#last += 1;
    return this.#last;
  }

  #path(
    type: number,
    name: string,
    parent?: number,
    args?: readonly unknown[],
    objects?: readonly number[],
  ): number {
    const id = this.#next();
    this.#paths[id] = {
      Id: id,
      ObjectPathType: type,
      Name: name,
      ...(parent === undefined ? {} : { ParentObjectPathId: parent }),
      ...(args === undefined
        ? {}
        : { ArgumentInfo: { Arguments: args, ReferencedObjectPathIds: objects ?? [] } }),
    };
    return id;
  }

  #action(type: number, path: number, parts: object = {}): number {
    const id = this.#next();
    this.#actions.push({ Id: id, ActionType: type, Name: "", ObjectPathId: path, ...parts });
    return id;
  }

  root = (): number => this.#path(1, "");
  reference = (id: string): number => this.#path(6, id);
  service = (name: string): number => this.#path(2, name);
  property = (parent: number, name: string): number => this.#path(4, name, parent);
  item = (parent: number, key: unknown): number => this.#path(5, "", parent, [key]);
  method = (
    parent: number,
    name: string,
    args: readonly unknown[] = [],
    objects: readonly number[] = [],
  ): number => this.#path(3, name, parent, args, objects);

  instantiate = (path: number): number => this.#action(1, path);
  load = (path: number, ...select: string[]): number =>
    this.#action(2, path, { QueryInfo: select.length === 0 ? {} : { Select: select } });
  call = (path: number, name: string, ...args: unknown[]): number =>
    this.#action(3, path, { Name: name, ArgumentInfo: { Arguments: args } });
  set = (path: number, name: string, value: unknown): number =>
    this.#action(4, path, { Name: name, ArgumentInfo: { Arguments: [value] } });
  trace = (): number => this.#action(5, 0);

  get body(): string {
    return JSON.stringify({
      AutoKeepReference: true,
      Actions: this.#actions,
      ObjectPaths: this.#paths,
    });
  }
}

export interface Bench {
  readonly backend: MemoryBackend;
  readonly host: WorkbookHost;
  /** Messages that the page was sent: [type, target, content]. */
  readonly messages: [number, string, Record<string, unknown>][];
  readonly functionResults: unknown[];
  run(batch: Batch): Promise<Answer>;
  /** The value of one action. */
  value(batch: Batch, action: number): Promise<unknown>;
}

export function bench(...sheets: string[]): Bench {
  const backend = new MemoryBackend(sheets);
  const messages: Bench["messages"] = [];
  const functionResults: unknown[] = [];
  const host = new WorkbookHost(backend, {
    functions: {
      functionsReady: () => functionResults.push("ready"),
      functionResults: (results) => functionResults.push(...results),
    },
    send: (entries) => {
      for (const [, type, target, content] of entries as [number, number, string, string][]) {
        messages.push([type, target, JSON.parse(content) as Record<string, unknown>]);
      }
    },
    thisYear: () => 2026,
  });
  const run = async (batch: Batch) => JSON.parse(await host.run(batch.body)) as Answer;
  return {
    backend,
    host,
    messages,
    functionResults,
    run,
    async value(batch, action) {
      const answer = await run(batch);
      if (answer.Error !== undefined)
        throw new Error(`${answer.Error.Code} at ${answer.Error.Location}`);
      return answer.Results.find((one) => one.ActionId === action)?.Value;
    },
  };
}
