import * as v from "valibot";
import { err, ok, type Result } from "../../base/result";

/** Where a reply did not fit: a dotted path into it, or what is wrong with the text as a whole. */
export type Misfit = string;

/** Reads a text as JSON of the given form. Never throws: the text comes from outside. */
export function readJson<Schema extends v.GenericSchema>(
  text: string,
  schema: Schema,
): Result<v.InferOutput<Schema>, Misfit> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return err("body: not JSON");
  }
  const result = v.safeParse(schema, parsed, { abortEarly: true });
  if (result.success) return ok(result.output);
  const issue = result.issues[0];
  return err(`${v.getDotPath(issue) ?? "body"}: ${issue.message}`);
}
