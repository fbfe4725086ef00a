/** Security 4, cross-site requests: no token, no effect; nothing that a form or a socket can send counts. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { host, rawCalls, token } from "../support/raw-calls";
import { temporaryCompanion, type TemporaryCompanion } from "../support/temporary-companion";

let companion: TemporaryCompanion;
beforeAll(async () => {
  companion = await temporaryCompanion({ files: { "dist/assets/a.txt": "hello" } });
});
afterAll(() => companion.stop());

const { get, send } = rawCalls(() => companion);

describe("a call without the install's token", () => {
  const wrong = ["", "x", "TOKENx", "TOKEN, TOKEN", "undefined", `${"a".repeat(43)}`];
  test("is refused, whatever stands in its place", async () => {
    expect((await get("/api/status", host)).status).toBe(401);
    for (const value of wrong) {
      expect((await get("/api/status", host, `X-StreamStock-Token: ${value}`)).status).toBe(401);
    }
    expect((await get("/api/status", host, token, "X-StreamStock-Token: x")).status).toBe(401);
    expect((await get("/api/status?token=TOKEN", host, "Cookie: token=TOKEN")).status).toBe(401);
  });

  test("is not let in by another spelling of the path", async () => {
    const spellings = [
      "/API/status",
      "/%61pi/status",
      "//api/status",
      "/x/../api/status",
      "/x/%2e%2e/api/status",
      "/./api/status",
      "/api%2fstatus",
      "/\\api/status",
      "/api;x/status",
      "/assets/..%2fapi/status",
    ];
    for (const path of spellings) {
      const answer = await get(path, host);
      expect([path, answer.status >= 300]).toEqual([path, true]);
      expect(answer.body).not.toContain("connected");
    }
  });
});

describe("a POST", () => {
  const body = '{"action":"acquire","holder":"stranger"}';
  const post = (...headers: string[]) =>
    send(
      [
        "POST /api/lease/live HTTP/1.1",
        host,
        "Connection: close",
        `Content-Length: ${body.length}`,
        ...headers,
      ],
      body,
    );

  test("of any kind that a form or a simple fetch can send has no effect", async () => {
    const types = [
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "text/plain",
      "text/plain; application/json",
      "text/plain, application/json",
      "application/json, text/plain",
      "application/jsonx",
      "application/json; charset=utf-16",
      "text/json",
      "application/csp-report",
      "",
    ];
    for (const type of types) {
      expect((await post(token, `Content-Type: ${type}`)).status).toBe(415);
    }
    expect((await post(token)).status).toBe(415);
    expect((await post("Content-Type: application/json")).status).toBe(401);
    expect((await post("Content-Type: text/plain")).status).toBe(401);
    const answer = await companion.post("/api/lease/live", { action: "acquire", holder: "me" });
    expect(answer.json).toMatchObject({ granted: true, fence: 1 });
  });

  test("outside /api, and any other method, is refused", async () => {
    for (const method of ["POST", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"]) {
      const answer = await send([
        `${method} /taskpane.html HTTP/1.1`,
        host,
        "Content-Length: 0",
        "Connection: close",
      ]);
      expect([method, answer.status]).toEqual([method, 405]);
    }
    for (const method of ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"]) {
      const answer = await send([
        `${method} /api/status HTTP/1.1`,
        host,
        token,
        "Content-Length: 0",
        "Connection: close",
      ]);
      expect([method, answer.status]).toEqual([method, 405]);
    }
  });
});

test("a WebSocket is refused, with and without the token", async () => {
  for (const extra of [[], [token]]) {
    const answer = await get(
      "/api/status",
      host,
      ...extra,
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    );
    expect(answer.status).toBe(400);
  }
});

test("a refusal has one form and says nothing of the caller", async () => {
  const answer = await companion.get("/api/nothing<script>");
  expect(answer.status).toBe(404);
  expect(answer.json).toEqual({ error: { code: "not_found", message: expect.any(String) } });
  expect(answer.text).not.toContain("script");
  expect(answer.headers.get("cache-control")).toBe("no-store");
});
