/** A batch as it arrives (workbench.md 2): parsed here, trusted after. */
import * as v from "valibot";

export const pathType = {
  global: 1,
  newObject: 2,
  method: 3,
  property: 4,
  indexer: 5,
  reference: 6,
  nullObject: 7,
} as const;

export const actionType = {
  instantiate: 1,
  query: 2,
  method: 3,
  setProperty: 4,
  trace: 5,
  update: 9,
} as const;

/** Already plain JSON, being parsed from JSON text: no second walk through thousands of cells. */
const anyJson = v.unknown();

const argumentsSchema = v.object({
  Arguments: v.optional(v.array(anyJson), []),
  ReferencedObjectPathIds: v.optional(v.array(v.nullable(v.number())), []),
});
export type ArgumentInfo = v.InferOutput<typeof argumentsSchema>;

const querySchema = v.object({
  Select: v.optional(v.array(v.string())),
  Expand: v.optional(v.array(v.string())),
  Top: v.optional(v.number()),
  Skip: v.optional(v.number()),
});
export type QueryInfo = v.InferOutput<typeof querySchema>;

const actionSchema = v.object({
  Id: v.number(),
  ActionType: v.number(),
  Name: v.optional(v.string(), ""),
  ObjectPathId: v.optional(v.number(), 0),
  ArgumentInfo: v.optional(argumentsSchema),
  QueryInfo: v.optional(querySchema),
  ObjectState: v.optional(v.record(v.string(), anyJson)),
});
export type Action = v.InferOutput<typeof actionSchema>;

const pathSchema = v.object({
  Id: v.number(),
  ObjectPathType: v.number(),
  Name: v.optional(v.string(), ""),
  ParentObjectPathId: v.optional(v.number()),
  ArgumentInfo: v.optional(argumentsSchema),
});
export type ObjectPath = v.InferOutput<typeof pathSchema>;

export const batchSchema = v.object({
  Actions: v.array(actionSchema),
  ObjectPaths: v.optional(v.record(v.string(), pathSchema), {}),
});
export type Batch = v.InferOutput<typeof batchSchema>;
