/** What `load` asks for: scalars, members of collections, and both of them further down. */
import { HostError } from "./host-error";
import type { HostObject } from "./host-object";
import type { Json } from "./json";
import type { QueryInfo } from "./wire";

type Identity = (object: HostObject) => Record<string, string>;

/** Names on the wire are camelCase where they are asked for and PascalCase everywhere else. */
function pascal(name: string): string {
  if (name.startsWith("_")) return name;
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function split(path: string): { head: string; rest: string } {
  const mark = path.indexOf("/");
  return mark < 0
    ? { head: path, rest: "" }
    : { head: path.slice(0, mark), rest: path.slice(mark + 1) };
}

/** Nothing selected means all scalars, of the object itself or of a collection's members. */
export function query(target: HostObject, info: QueryInfo, identity: Identity): Json {
  const asked = [...(info.Select ?? []), ...(info.Expand ?? [])];
  const everything = (info.Select ?? []).length === 0;
  return target.items === null
    ? readObject(target, asked, everything, identity)
    : readCollection(target, asked, everything, info, identity);
}

function readObject(
  target: HostObject,
  asked: readonly string[],
  everything: boolean,
  identity: Identity,
): Json {
  const result: Record<string, Json> = { ...identity(target) };
  const deeper = new Map<string, string[]>();
  for (const name of everything ? target.scalarNames : []) {
    result[name] = target.scalar(name)?.get() ?? null;
  }
  for (const path of asked) {
    const { head, rest } = split(path);
    const name = pascal(head);
    const scalar = target.scalar(name);
    if (scalar !== null) result[name] = scalar.get();
    else if (target.child(name) !== null) deeper.set(name, [...(deeper.get(name) ?? []), rest]);
    else if (name !== "IsNullObject") {
      throw new HostError("ApiNotFound", `${target.className}.${head}`);
    }
  }
  for (const [name, paths] of deeper) {
    const child = target.child(name)?.() ?? null;
    const wanted = paths.filter((path) => path !== "");
    result[name] =
      child === null
        ? null
        : query(child, wanted.length < paths.length ? {} : { Select: wanted }, identity);
  }
  return result;
}

function readCollection(
  target: HostObject,
  asked: readonly string[],
  everything: boolean,
  info: QueryInfo,
  identity: Identity,
): Json {
  const result: Record<string, Json> = {};
  const ofItems: string[] = [];
  let wholeItems = everything;
  for (const name of everything ? target.scalarNames : []) {
    result[name] = target.scalar(name)?.get() ?? null;
  }
  for (const path of asked) {
    const bare = path.replace(/^items\//, "");
    const scalar = target.scalar(pascal(bare));
    if (scalar !== null) result[pascal(bare)] = scalar.get();
    else if (bare === "items" || bare === "") wholeItems = true;
    else ofItems.push(bare);
  }
  const items = target.items?.() ?? [];
  const skip = info.Skip ?? 0;
  const page = items.slice(skip, info.Top === undefined ? undefined : skip + info.Top);
  result["_Items"] = page.map((item) => readObject(item, ofItems, wholeItems, identity));
  return result;
}

/** Writes an object's state member by member, as `set` and `update` do. */
export function writeState(target: HostObject, state: Readonly<Record<string, Json>>): void {
  for (const [key, value] of Object.entries(state)) {
    const name = pascal(key);
    const scalar = target.scalar(name);
    const child = target.child(name);
    if (scalar?.set != null) scalar.set(value);
    else if (child !== null && typeof value === "object" && value !== null) {
      const object = child();
      if (object !== null) writeState(object, value as Readonly<Record<string, Json>>);
    } else throw new HostError("ApiNotFound", `${target.className}.${key}`);
  }
}
