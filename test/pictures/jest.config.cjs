// `npm run pictures`: takes the README's pictures anew. Not part of the tests.
const { jest: config } = require("../../package.json");
const [{ transform }] = config.projects;
module.exports = {
  rootDir: "../..",
  transform,
  testEnvironment: "node",
  testMatch: ["<rootDir>/test/pictures/*.pictures.ts"],
};
