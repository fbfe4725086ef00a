/**
 * How often a random test is tried: in full, or briefly where BRIEF_TESTS is set. The mutation test
 * sets it, since it runs them all again for each of its mutants.
 */
const isBrief = process.env["BRIEF_TESTS"] !== undefined;

export function runs(full: number, brief: number): number {
  return isBrief ? brief : full;
}
