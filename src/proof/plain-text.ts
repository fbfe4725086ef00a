/**
 * Text as it may stand in a proof's cell: one line, without what a file cannot hold, what programs
 * rewrite when they save, or what turns the direction of reading around.
 */
export function plainText(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff\ufffe\uffff]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
}
