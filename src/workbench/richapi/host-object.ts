/**
 * How a class of Excel's object model is written down here: a table of its members by their names
 * on the wire. What the table lacks, the workbench does not play, and the executor says so.
 */
import { invalidArgument } from "./host-error";
import { type Json, oneOf } from "./json";

export interface Scalar<T> {
  get(self: T): Json;
  set?(self: T, value: Json): void;
  /** A second name of another member, which "load everything" does not ask for. */
  readonly alias?: true;
}

/** A method yields an object (null: Excel's null object), or the value of a ClientResult. */
export type MethodResult = HostObject | Json;

export interface HostClass<T> {
  readonly name: string;
  /** "Id" or "_Id" of the object, which the library needs to name the members of a collection. */
  identity?(self: T): Record<string, string>;
  readonly scalars?: Readonly<Record<string, Scalar<T>>>;
  readonly objects?: Readonly<Record<string, (self: T) => HostObject | null>>;
  // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- a method may give nothing back
  readonly methods?: Readonly<Record<string, (self: T, args: Args) => MethodResult | void>>;
  /** Collections only. */
  item?(self: T, args: Args): HostObject;
  items?(self: T): readonly HostObject[];
}

/** An object together with its class; what it stands for is known to its class alone. */
export class HostObject {
  readonly className: string;
  readonly scalarNames: readonly string[];
  readonly identity: () => Record<string, string>;
  readonly scalar: (name: string) => { get(): Json; set: ((value: Json) => void) | null } | null;
  readonly child: (name: string) => (() => HostObject | null) | null;
  readonly method: (name: string) => ((args: Args) => MethodResult) | null;
  readonly item: ((args: Args) => HostObject) | null;
  readonly items: (() => readonly HostObject[]) | null;
  /** The thing itself, for arguments that are objects ("Range" of names.add). */
  readonly self: unknown;

  private constructor(parts: Omit<HostObject, never>) {
    this.className = parts.className;
    this.scalarNames = parts.scalarNames;
    this.identity = parts.identity;
    this.scalar = parts.scalar;
    this.child = parts.child;
    this.method = parts.method;
    this.item = parts.item;
    this.items = parts.items;
    this.self = parts.self;
  }

  static of<T>(type: HostClass<T>, self: T): HostObject {
    const { scalars = {}, objects = {}, methods = {} } = type;
    return new HostObject({
      self,
      className: type.name,
      scalarNames: Object.keys(scalars).filter((name) => scalars[name]?.alias !== true),
      identity: () => type.identity?.(self) ?? {},
      scalar: (name) => {
        const found = scalars[name];
        if (found === undefined) return null;
        const set = found.set?.bind(found);
        return {
          get: () => found.get(self),
          set: set === undefined ? null : (value) => set(self, value),
        };
      },
      child: (name) => {
        const found = objects[name];
        return found === undefined ? null : () => found(self);
      },
      method: (name) => {
        const found = methods[name];
        return found === undefined ? null : (args) => found(self, args) ?? null;
      },
      item: type.item === undefined ? null : (args) => required(type.item?.(self, args)),
      items: type.items === undefined ? null : () => type.items?.(self) ?? [],
    });
  }
}

function required(object: HostObject | undefined): HostObject {
  if (object === undefined) throw invalidArgument();
  return object;
}

export function isHostObject(value: MethodResult): value is HostObject {
  return value instanceof HostObject;
}

/** The arguments of a call: checked as they are taken, an ill-formed one is InvalidArgument. */
export class Args {
  readonly #values: readonly (Json | HostObject)[];

  constructor(values: readonly (Json | HostObject)[]) {
    this.#values = values;
  }

  json(index: number): Json {
    const value = this.#values[index] ?? null;
    if (isHostObject(value)) throw invalidArgument();
    return value;
  }

  /** The object named by the argument, or null when the argument is plain JSON. */
  object(index: number): HostObject | null {
    const value = this.#values[index] ?? null;
    return isHostObject(value) ? value : null;
  }

  text(index: number): string {
    const value = this.json(index);
    if (typeof value !== "string") throw invalidArgument();
    return value;
  }

  optionalText(index: number): string | null {
    return this.json(index) === null ? null : this.text(index);
  }

  integer(index: number): number {
    const value = this.json(index);
    if (typeof value !== "number" || !Number.isInteger(value)) throw invalidArgument();
    return value;
  }

  optionalInteger(index: number, otherwise: number): number {
    return this.json(index) === null ? otherwise : this.integer(index);
  }

  flag(index: number): boolean {
    const value = this.json(index);
    if (value !== null && typeof value !== "boolean") throw invalidArgument();
    return value === true;
  }

  oneOf<T extends string>(index: number, choices: readonly T[], otherwise: T): T {
    const value = this.optionalText(index);
    if (value === null) return otherwise;
    return oneOf(value, choices);
  }
}
