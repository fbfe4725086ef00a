/** Names of columns and states as they compare: whatever the case, the width and the punctuation. */
import chinese from "./headers.zh-CN.json";

/** What a state of an order or of one line means for stock. */
export type StateWord = "unpaid" | "open" | "shipped" | "cancelled";

/** "Custom label (SKU)" and "CUSTOM LABEL - SKU" are one name; Chinese keeps its characters. */
export function plainName(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}#]/gu, "");
}

function byName(lists: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, string[]> {
  return new Map(
    Object.entries(lists).map(([name, others]) => [plainName(name), others.map(plainName)]),
  );
}

const otherNames = byName(chinese.columns);

/** A column's name and what it is called in Chinese, as they compare. */
export function namesOf(column: string): readonly string[] {
  const plain = plainName(column);
  return [plain, ...(otherNames.get(plain) ?? [])];
}

const states = new Map<string, StateWord>([
  ["unpaid", "unpaid"],
  ["awaitingpayment", "unpaid"],
  // Amazon: the payment is not authorised yet.
  ["pending", "unpaid"],
  ["pendingavailability", "unpaid"],
  ["pendingwaitingforpickup", "open"],
  ["toship", "open"],
  ["onhold", "open"],
  ["awaitingshipment", "open"],
  ["awaitingcollection", "open"],
  ["partiallyshipped", "open"],
  ["partiallyshipping", "open"],
  ["unshipped", "open"],
  ["paid", "open"],
  ["processing", "open"],
  ["unfulfilled", "open"],
  ["shipping", "open"],
  ["shipped", "shipped"],
  ["intransit", "shipped"],
  ["delivered", "shipped"],
  ["completed", "shipped"],
  ["complete", "shipped"],
  ["fulfilled", "shipped"],
  ["cancelled", "cancelled"],
  ["canceled", "cancelled"],
  ["unfulfillable", "cancelled"],
]);
for (const [state, names] of byName(chinese.statuses)) {
  for (const name of names) states.set(name, state as StateWord);
}

/**
 * Null: a word that is not known. Amazon adds to its own: "Shipped - Delivered to Buyer" is shipped.
 */
function stateWord(text: string): StateWord | null {
  const known = states.get(plainName(text));
  if (known !== undefined) return known;
  const before = text.split(" - ")[0] ?? "";
  return before === text ? null : (states.get(plainName(before)) ?? null);
}

const ofTheChannel = new Set(chinese.fulfilledByChannel.map(plainName));

/** Sent from the platform's own warehouse: Amazon, AFN, AMAZON_NA, "Fulfillment by TikTok Shop". */
function isOfTheChannel(text: string): boolean {
  const plain = plainName(text);
  if (plain === "" || plain.includes("byseller")) return false;
  return (
    /^(amazon|afn|fba|fbt)/.test(plain) ||
    /^fulfil+(ment|ed)by(tiktok|amazon)/.test(plain) ||
    ofTheChannel.has(plain)
  );
}

function remembered<Answer>(find: (text: string) => Answer): (text: string) => Answer {
  const known = new Map<string, Answer>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const answer = find(text);
    // Somebody's own texts in a column of words are not kept for ever.
    if (known.size < 1000) known.set(text, answer);
    return answer;
  };
}

/** The same answers, each worked out once: an export says a few words in 100,000 rows. One per file. */
export class Words {
  readonly plain = remembered(plainName);
  readonly state = remembered(stateWord);
  readonly isOfTheChannel = remembered(isOfTheChannel);
}
