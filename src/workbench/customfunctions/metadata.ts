/** functions.json as Excel reads it: what each function is called, takes and may do. */
import * as v from "valibot";

const parameterSchema = v.object({
  name: v.string(),
  description: v.optional(v.string(), ""),
  type: v.optional(v.string(), "any"),
  dimensionality: v.optional(v.string(), "scalar"),
  optional: v.optional(v.boolean(), false),
  repeating: v.optional(v.boolean(), false),
});
export type FunctionParameter = v.InferOutput<typeof parameterSchema>;

const functionSchema = v.object({
  id: v.string(),
  name: v.string(),
  description: v.optional(v.string(), ""),
  parameters: v.optional(v.array(parameterSchema), []),
  options: v.optional(
    v.object({
      stream: v.optional(v.boolean(), false),
      cancelable: v.optional(v.boolean(), false),
      volatile: v.optional(v.boolean(), false),
      requiresAddress: v.optional(v.boolean(), false),
      requiresParameterAddresses: v.optional(v.boolean(), false),
    }),
    {},
  ),
});
export type FunctionFacts = v.InferOutput<typeof functionSchema>;

const metadataSchema = v.object({ functions: v.array(functionSchema) });

/** @throws a ValiError that says what is wrong with the file. */
export function parseFunctions(json: unknown): readonly FunctionFacts[] {
  return v.parse(metadataSchema, json).functions;
}
