/** The shop's name and the rights that the app was given (channels.md 3.1). */
import { ok, type Result } from "../../base/result";
import type { ConnectionReport, Refusal } from "../channel";
import { ask, type ShopifyShop } from "./ask";
import { connectionDocument, costs } from "./documents";
import { connectionData202610 } from "./wire";

/** What the documents of this adapter need. The right to write includes the right to read. */
const needed = [
  "read_inventory",
  "write_inventory",
  "read_products",
  "write_products",
  "read_orders",
  "read_locations",
] as const;

export async function testConnection(
  shop: ShopifyShop,
): Promise<Result<ConnectionReport, Refusal>> {
  const question = { document: connectionDocument, variables: {}, cost: costs.connection };
  const answer = await ask(shop, question, connectionData202610);
  if (!answer.ok) return answer;
  const { shop: named, currentAppInstallation } = answer.value.data;
  const granted = new Set(currentAppInstallation.accessScopes.map(({ handle }) => handle));
  const missing = needed.filter(
    (right) => !granted.has(right) && !granted.has(right.replace(/^read_/, "write_")),
  );
  return ok({ shopName: named.name, missing });
}
