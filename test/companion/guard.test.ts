import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { networkInterfaces } from "node:os";
import { connect } from "node:net";
import {
  rawRequest,
  temporaryCompanion,
  type TemporaryCompanion,
} from "../support/temporary-companion";

let companion: TemporaryCompanion;
beforeAll(async () => {
  companion = await temporaryCompanion({ files: { "dist/assets/a.txt": "hello" } });
});
afterAll(() => companion.stop());

/** `PORT` in a line stands for the companion's port, `TOKEN` for its token. */
function send(lines: readonly string[], body = "") {
  const text = lines
    .map((line) =>
      line.replaceAll("PORT", String(companion.port)).replaceAll("TOKEN", companion.token),
    )
    .join("\r\n");
  return rawRequest(companion.port, `${text}\r\n\r\n${body}`);
}

const get = (path: string, ...headers: string[]) =>
  send([`GET ${path} HTTP/1.1`, "Connection: close", ...headers]);
const host = "Host: localhost:PORT";
const token = "X-StreamStock-Token: TOKEN";

describe("the Host of a request", () => {
  test.each(["localhost:PORT", "127.0.0.1:PORT", "[::1]:PORT"])("%s is ours", async (name) => {
    expect((await get("/assets/a.txt", `Host: ${name}`)).body).toContain("hello");
    expect((await get("/api/status", `Host: ${name}`, token)).status).toBe(200);
  });

  const foreign = [
    "evil.com",
    "evil.com:PORT",
    "localhost",
    "localhost:80",
    "localhost:1",
    "localhost:PORT.evil.com",
    "localhost.evil.com:PORT",
    "evil.localhost:PORT",
    "localhost.:PORT",
    "LOCALHOST:PORT",
    "localhost:0PORT",
    "localhost:PORT0",
    "localhost:+PORT",
    "localhost: PORT",
    "localhost :PORT",
    "user@localhost:PORT",
    "localhost:PORT@evil.com",
    "localhost:PORT, evil.com",
    "evil.com, localhost:PORT",
    "localhost:PORT/",
    "localhost:PORT?",
    "localhost:PORT#",
    "http://localhost:PORT",
    "127.0.0.1",
    "127.0.0.1:80",
    "127.0.0.1.:PORT",
    "127.0.0.1.nip.io:PORT",
    "127.1:PORT",
    "127.0.1:PORT",
    "127.0.0.2:PORT",
    "2130706433:PORT",
    "0x7f000001:PORT",
    "0177.0.0.1:PORT",
    "0.0.0.0:PORT",
    "0:PORT",
    "[::]:PORT",
    "[::1]",
    "[::1]:80",
    "::1:PORT",
    "[0:0:0:0:0:0:0:1]:PORT",
    "[::ffff:127.0.0.1]:PORT",
    "[::1%25lo]:PORT",
    "169.254.169.254:PORT",
    "192.168.0.1:PORT",
    "lоcalhost:PORT",
    "%6cocalhost:PORT",
    "localhost\t:PORT",
    "",
    " ",
    "*",
  ];
  test(`is refused in ${foreign.length} other spellings, on pages, files and calls`, async () => {
    expect(foreign.length).toBeGreaterThanOrEqual(40);
    for (const name of foreign) {
      for (const path of ["/", "/assets/a.txt", "/taskpane.html", "/api/status"]) {
        const answer = await get(path, `Host: ${name}`, token);
        expect([name, path, [400, 421].includes(answer.status)]).toEqual([name, path, true]);
        expect(answer.body).not.toContain("hello");
        expect(answer.body).not.toContain(companion.token);
      }
    }
  });

  test("must be there, once, and the target must be a path", async () => {
    expect([400, 421]).toContain((await get("/api/status", token)).status);
    expect((await send(["GET /api/status HTTP/1.0", token])).status).toBe(421);
    expect([400, 421]).toContain((await get("/api/status", host, "Host: evil.com", token)).status);
    expect([400, 421]).toContain((await get("/api/status", "Host: evil.com", host, token)).status);
    expect((await get("http://evil.com/api/status", host, token)).status).toBe(400);
    expect((await get("http://localhost:PORT/api/status", host, token)).status).toBe(400);
    expect((await send(["OPTIONS * HTTP/1.1", host, "Connection: close"])).status).toBe(400);
    expect(
      (await get("/api/status", "X-Forwarded-Host: localhost:PORT", "Host: evil.com", token))
        .status,
    ).toBe(421);
  });
});

describe("the Origin of a request", () => {
  test.each(["http://localhost:PORT", "http://127.0.0.1:PORT", "http://[::1]:PORT"])(
    "%s is ours",
    async (origin) => {
      const answer = await get("/api/status", host, token, `Origin: ${origin}`);
      expect(answer.status).toBe(200);
      expect(answer.head).not.toMatch(/access-control/i);
    },
  );

  const foreign = [
    "null",
    "",
    "*",
    "http://evil.com",
    "https://evil.com",
    "http://evil.com:PORT",
    "https://localhost:PORT",
    "http://localhost",
    "http://localhost:80",
    "http://localhost:PORT0",
    "http://localhost:PORT.evil.com",
    "http://localhost:PORT@evil.com",
    "http://localhost.evil.com:PORT",
    "http://evil.localhost:PORT",
    "http://LOCALHOST:PORT",
    "HTTP://localhost:PORT",
    "http://localhost:PORT/",
    "http://localhost:PORT, http://evil.com",
    "http://evil.com http://localhost:PORT",
    "http://127.0.0.1",
    "http://127.1:PORT",
    "http://127.0.0.2:PORT",
    "http://0.0.0.0:PORT",
    "http://[::]:PORT",
    "http://[::ffff:127.0.0.1]:PORT",
    "http://192.168.0.2:PORT",
    "file://",
    "chrome-extension://abcdefghijklmnop",
    "https://excel.officeapps.live.com",
    "localhost:PORT",
  ];
  test(`is refused in ${foreign.length} other spellings, and never echoed`, async () => {
    expect(foreign.length).toBeGreaterThanOrEqual(25);
    for (const origin of foreign) {
      for (const path of ["/taskpane.html", "/api/status"]) {
        const answer = await get(path, host, token, `Origin: ${origin}`);
        expect([origin, answer.status]).toEqual([origin, 403]);
        expect(answer.head).not.toMatch(/access-control/i);
        if (origin.includes("evil")) expect(answer.head + answer.body).not.toContain("evil");
      }
    }
  });

  test("twice, or foreign by the browser's own word, is refused", async () => {
    const own = "Origin: http://localhost:PORT";
    expect((await get("/api/status", host, token, own, "Origin: http://evil.com")).status).toBe(
      403,
    );
    for (const site of ["cross-site", "same-site"]) {
      expect((await get("/api/status", host, token, `Sec-Fetch-Site: ${site}`)).status).toBe(403);
    }
    expect((await get("/api/status", host, token, "Sec-Fetch-Site: same-origin")).status).toBe(200);
  });

  test("gets no preflight answered", async () => {
    const answer = await send([
      "OPTIONS /api/lease/live HTTP/1.1",
      host,
      "Origin: http://evil.com",
      "Access-Control-Request-Method: POST",
      "Connection: close",
    ]);
    expect(answer.status).toBe(403);
    expect(answer.head).not.toMatch(/access-control/i);
  });
});

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

  test("with a body beyond bounds is refused, announced or not", async () => {
    const json = ["Content-Type: application/json", token, host, "Connection: close"];
    const announced = await send(
      ["POST /api/journal/live/append HTTP/1.1", ...json, "Content-Length: 20000000"],
      "{",
    );
    expect(announced.status).toBe(413);
    const big = "x".repeat(17 * 1024 * 1024);
    const answer = await companion
      .post("/api/journal/live/append", big)
      .then(({ status }) => status)
      .catch(() => 413);
    expect(answer).toBe(413);
    const smuggled = await send(
      ["POST /api/lease/live HTTP/1.1", ...json, "Content-Length: 5", "Transfer-Encoding: chunked"],
      "0\r\n\r\nGET /api/status HTTP/1.1\r\n\r\n",
    );
    expect(smuggled.status).toBe(400);
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

test("no other address of this machine answers", async () => {
  const others = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, family }) => !internal && family === "IPv4");
  for (const { address } of others) {
    const reached = await new Promise<boolean>((done) => {
      const socket = connect({ host: address, port: companion.port, timeout: 1000 });
      socket.once("connect", () => (socket.destroy(), done(true)));
      socket.once("timeout", () => (socket.destroy(), done(false)));
      socket.once("error", () => done(false));
    });
    expect([address, reached]).toEqual([address, false]);
  }
});

test("a refusal has one form and says nothing of the caller", async () => {
  const answer = await companion.get("/api/nothing<script>");
  expect(answer.status).toBe(404);
  expect(answer.json).toEqual({ error: { code: "not_found", message: expect.any(String) } });
  expect(answer.text).not.toContain("script");
  expect(answer.headers.get("cache-control")).toBe("no-store");
});
