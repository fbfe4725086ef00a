/** The body of a call, read as JSON of a given form; the refusal repeats nothing of it. */
import * as v from "valibot";
import { err, ok, type Result } from "../base/result";
import { refusal, type Refusal } from "./refusal";

export function parseBody<Schema extends v.GenericSchema>(
  body: string,
  schema: Schema,
): Result<v.InferOutput<Schema>, Refusal> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return err(refusal("bad_request", "The body is not JSON"));
  }
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  if (parsed.success) return ok(parsed.output);
  // The place alone: valibot's own sentence repeats the value, and values may be secret.
  const where = v.getDotPath(parsed.issues[0]) ?? "the whole body";
  return err(refusal("bad_request", `The body does not fit at: ${where.slice(0, 100)}`));
}
