/**
 * Random cases under mutation: the same for every mutant, so that whether one is noticed is not left
 * to chance; not shrunk once one fails, since nobody reads it; and fewer of them.
 */
import fc from "fast-check";

fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  seed: 20_261_123,
  numRuns: 25,
  endOnFailure: true,
});
process.env["BRIEF_TESTS"] = "1";
