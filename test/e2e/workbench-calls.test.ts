/** The list of calls that can be pasted into a real Excel, run in the workbench. */
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { bundle } from "../support/bundle";
import { type Conformance, OPEN_WITHIN_MS, openConformance } from "./fixtures/conformance-stage";

jest.setTimeout(90_000);

interface Result {
  readonly name: string;
  readonly isExpected: boolean;
}
type Calling = typeof globalThis & {
  officeCallsAreAsked: boolean;
  runOfficeCalls(): Promise<readonly Result[]>;
};

let conformance: Conformance;

beforeAll(async () => {
  conformance = await openConformance();
}, OPEN_WITHIN_MS);
afterAll(() => conformance?.close());

test("the workbench answers each call as the list expects", async () => {
  const { pane } = conformance;
  await pane.evaluate(() => {
    (globalThis as Calling).officeCallsAreAsked = true;
  });
  await pane.addScriptTag({ content: await bundle("test/e2e/fixtures/office-calls.ts") });
  const results = await pane.evaluate(() => (globalThis as Calling).runOfficeCalls());
  expect(results.length).toBeGreaterThan(10);
  expect(results.filter(({ isExpected }) => !isExpected)).toEqual([]);
});
