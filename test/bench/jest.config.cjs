/** The benchmarks run by jest, so that they share the tests' browser and bundler. */
const { projects } = require("../../package.json").jest;

const browser = projects.find(({ displayName }) => displayName === "browser");

module.exports = {
  ...browser,
  displayName: "bench",
  rootDir: "../..",
  testMatch: ["<rootDir>/test/bench/*.bench.ts"],
};
