import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { temporaryCompanion, type TemporaryCompanion } from "../support/temporary-companion";
import { upstream, type Upstream } from "../support/upstream";

let sandbox: Upstream;
let companion: TemporaryCompanion;
beforeEach(async () => {
  sandbox = await upstream();
  companion = await temporaryCompanion({
    env: { STREAMSTOCK_SANDBOX: sandbox.origin },
    upstreamTimeoutMs: 500,
  });
});
afterEach(async () => {
  await companion.stop();
  await sandbox.stop();
});

test("the rehearsal's remote control is passed on as it is, answers and refusals", async () => {
  sandbox.answer(({ method, path, body }) => ({
    status: path.endsWith("/start") ? 409 : 200,
    body: { method, path, body },
  }));
  const state = await companion.get("/api/rehearsal");
  expect(state.json).toEqual({ method: "GET", path: "/rehearsal", body: "" });
  const truth = await companion.get("/api/rehearsal/truth");
  expect(truth.json.path).toBe("/rehearsal/truth");
  for (const call of ["new", "stop", "order"]) {
    const answer = await companion.post(`/api/rehearsal/${call}`, { run: "a1" });
    expect([answer.status, answer.json.path]).toEqual([200, `/rehearsal/${call}`]);
    expect(answer.json.body).toBe('{"run":"a1"}');
  }
  expect((await companion.post("/api/rehearsal/start", {})).status).toBe(409);
});

test("nothing else of the sandbox can be reached", async () => {
  for (const path of ["/api/rehearsal/credentials", "/api/rehearsal/", "/api/rehearsalx"]) {
    expect((await companion.get(path)).status).toBe(404);
  }
  expect((await companion.post("/api/rehearsal/truth", {})).status).toBe(404);
  expect((await companion.get("/api/rehearsal/new")).status).toBe(404);
  expect((await companion.post("/api/rehearsal/new%2f..%2f..%2fadmin", {})).status).toBe(404);
  expect(sandbox.asked).toHaveLength(0);
});

test("without a sandbox, or with one that is silent, the answer is no_rehearsal", async () => {
  sandbox.answer(() => ({ silent: true }));
  const silent = await companion.get("/api/rehearsal");
  expect([silent.status, silent.json.error.code]).toEqual([503, "no_rehearsal"]);
  const alone = await temporaryCompanion();
  const answer = await alone.get("/api/rehearsal");
  expect([answer.status, answer.json.error.code]).toEqual([503, "no_rehearsal"]);
  expect((await alone.get("/api/status")).json).toMatchObject({ rehearsal: false, connected: [] });
  await alone.stop();
});
