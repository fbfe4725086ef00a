import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { relayClient } from "../../../src/channels/http/relay-client";
import type { RelayRequest } from "../../../src/channels/http/relay-contract";
import { upstream, type Told, type Upstream } from "../../support/upstream";

const request: RelayRequest = {
  method: "POST",
  path: "/order/202309/orders/search",
  query: { page_token: "a+b/c=" },
  body: '{"update_time_ge":1}',
};

let companion: Upstream;
beforeEach(async () => {
  companion = await upstream();
});
afterEach(() => companion.stop());

const send = (told: Told, more: { timeoutMs?: number } = {}) => {
  companion.answer(() => told);
  const { origin } = companion;
  return relayClient({ origin, book: "live", channel: "tiktok", fetch, ...more }).send(request);
};

describe("the way through the companion", () => {
  test("the request goes to the book's and channel's relay as it is, the answer comes back as it is", async () => {
    const answer = { status: 429, headers: { "retry-after": "3" }, body: "é{" };
    expect(await send({ body: answer })).toEqual({ ok: true, value: answer });
    const [asked] = companion.asked;
    expect([asked?.method, asked?.path]).toEqual(["POST", "/api/relay/live/tiktok"]);
    expect(asked?.headers["content-type"]).toBe("application/json");
    expect(JSON.parse(asked?.body ?? "")).toEqual(request);
  });

  const refused = (status: number, code: string) => ({
    status,
    body: { error: { code, message: "words" } },
  });
  test.each<[string, Told, object]>([
    ["fenced_off", refused(423, "fenced_off"), { kind: "fenced_off" }],
    ["lease_held", refused(423, "lease_held"), { kind: "fenced_off" }],
    [
      "upstream_unreachable",
      refused(502, "upstream_unreachable"),
      { kind: "unreachable", message: "words" },
    ],
    ["no_rehearsal", refused(503, "no_rehearsal"), { kind: "unreachable" }],
    [
      "not_connected",
      refused(409, "not_connected"),
      { kind: "unauthorised", code: "not_connected" },
    ],
    ["internal", refused(500, "internal"), { kind: "server_error", status: 500 }],
    ["bad_request", refused(400, "bad_request"), { kind: "rejected", code: "bad_request" }],
    ["bad_token", refused(401, "bad_token"), { kind: "rejected", code: "bad_token" }],
    ["a stranger on its port", { status: 404, body: "<html>" }, { kind: "companion_down" }],
    ["a cut connection", { reset: true }, { kind: "companion_down" }],
    ["200 and no relay's answer", { body: { status: "200" } }, { kind: "malformed" }],
  ])("%s", async (_name, told, refusal) => {
    expect(await send(told)).toMatchObject({ ok: false, error: refusal });
  });

  test("a redirect is not followed, wherever it leads", async () => {
    companion.answer(({ path }) =>
      path === "/elsewhere"
        ? { body: { status: 200, headers: {}, body: "" } }
        : { status: 307, headers: { location: "/elsewhere" } },
    );
    const { origin } = companion;
    const client = relayClient({ origin, book: "live", channel: "tiktok", fetch });
    expect(await client.send(request)).toEqual({ ok: false, error: { kind: "companion_down" } });
    expect(companion.asked).toHaveLength(1);
  });

  test("silence is not waited for longer than the time-out", async () => {
    const started = performance.now();
    expect(await send({ silent: true }, { timeoutMs: 150 })).toEqual({
      ok: false,
      error: { kind: "companion_down" },
    });
    expect(performance.now() - started).toBeLessThan(3000);
  });

  test("a companion that is not there is down", async () => {
    await companion.stop();
    expect(await send({})).toEqual({ ok: false, error: { kind: "companion_down" } });
  });
});
