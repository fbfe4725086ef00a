/** Security 2, DNS rebinding: a stranger's name that resolves to this machine opens nothing. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { host, rawCalls, token } from "../support/raw-calls";
import { temporaryCompanion, type TemporaryCompanion } from "../support/temporary-companion";

let companion: TemporaryCompanion;
beforeAll(async () => {
  companion = await temporaryCompanion({ files: { "dist/assets/a.txt": "hello" } });
});
afterAll(() => companion.stop());

const { get, send } = rawCalls(() => companion);

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
