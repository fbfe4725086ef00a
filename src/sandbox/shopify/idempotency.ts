/**
 * `@idempotent(key:)`: mandatory on the inventory mutations since 2026-04, although the schema does
 * not show it (channels.md 3.4). The same key with the same parameters gets the first answer again;
 * with others, or after a failure, a user error.
 */
import { getDirectiveValues, type GraphQLResolveInfo } from "graphql";
import type { Stage } from "../stage";
import { refusal } from "./connection";
import type { InventoryAnswer } from "./inventory";
import { shopifySchema } from "./schema";

export function idempotencyKey(info: GraphQLResolveInfo): string {
  const directive = shopifySchema.getDirective("idempotent");
  const node = info.fieldNodes[0];
  const values = directive && node && getDirectiveValues(directive, node, info.variableValues);
  const key = values?.["key"];
  if (typeof key !== "string") {
    throw refusal("The @idempotent directive is required for this mutation but was not provided.");
  }
  if (key.trim() === "") throw refusal("The idempotency key cannot be blank.");
  return key;
}

function failed(code: string, message: string): InventoryAnswer {
  return { group: null, userErrors: [{ code, field: [], message }] };
}

/** Runs `attempt` unless this key was used before. */
export function once(
  stage: Stage,
  key: string,
  parameters: string,
  attempt: () => InventoryAnswer,
): InventoryAnswer {
  const before = stage.recall(key);
  if (before && before.parameters !== parameters) {
    return failed(
      "IDEMPOTENCY_KEY_PARAMETER_MISMATCH",
      "The same idempotency key cannot be used with different operation parameters.",
    );
  }
  if (before?.failed) {
    return failed(
      "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED",
      "A previous request with this idempotency key failed. Retry with a new idempotency key.",
    );
  }
  // Written by this process and read back through the schema of the saved state.
  if (before) return JSON.parse(before.answer) as InventoryAnswer;
  const answer = attempt();
  stage.remember({
    key,
    parameters,
    failed: answer.userErrors.length > 0,
    answer: JSON.stringify(answer),
  });
  return answer;
}
