/** Security 3, foreign origin: a page of anybody else is refused, whatever it calls itself. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { host, rawCalls, token } from "../support/raw-calls";
import { temporaryCompanion, type TemporaryCompanion } from "../support/temporary-companion";

let companion: TemporaryCompanion;
beforeAll(async () => {
  companion = await temporaryCompanion({ files: { "dist/assets/a.txt": "hello" } });
});
afterAll(() => companion.stop());

const { get, send } = rawCalls(() => companion);

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
