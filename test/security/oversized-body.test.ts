/** Oversized bodies and smuggled requests: bounded, announced or not, and one request stays one. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { connect } from "node:net";
import { host, rawCalls, token } from "../support/raw-calls";
import { temporaryCompanion, type TemporaryCompanion } from "../support/temporary-companion";

let companion: TemporaryCompanion;
beforeAll(async () => {
  companion = await temporaryCompanion();
});
afterAll(() => companion.stop());

const { send } = rawCalls(() => companion);
const json = ["Content-Type: application/json", token, host, "Connection: close"];
const lease = '{"action":"acquire","holder":"smuggler"}';

describe("a body beyond bounds", () => {
  test("is refused by its announced length, before it is sent", async () => {
    const answer = await send(
      ["POST /api/journal/live/append HTTP/1.1", ...json, "Content-Length: 20000000"],
      "{",
    );
    expect(answer.status).toBe(413);
  });

  test("is refused while it comes, when nobody announced it", async () => {
    const sent = await new Promise<number>((done) => {
      const socket = connect(companion.port, "127.0.0.1");
      let bytes = 0;
      let told = "";
      const chunk = `100000\r\n${"x".repeat(0x100000)}\r\n`;
      const pump = () => {
        if (socket.destroyed || bytes > 200_000_000) return;
        bytes += chunk.length;
        socket.write(chunk, pump);
      };
      socket.on("data", (data) => (told += data.toString("latin1")));
      socket.on("error", () => undefined);
      socket.on("close", () => done(told.startsWith("HTTP/1.1 413") || told === "" ? bytes : -1));
      socket.write(
        [
          "POST /api/journal/live/append HTTP/1.1",
          `Host: localhost:${companion.port}`,
          `X-StreamStock-Token: ${companion.token}`,
          "Content-Type: application/json",
          "Transfer-Encoding: chunked",
          "",
          "",
        ].join("\r\n"),
        pump,
      );
    });
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(64_000_000);
    expect((await companion.get("/api/status")).status).toBe(200);
  });

  test("costs the next caller nothing: head and number of headers are bounded too", async () => {
    const big = await send(["GET /api/status HTTP/1.1", ...json, `X-A: ${"x".repeat(100_000)}`]);
    expect(big.status).toBe(431);
    expect((await companion.get("/api/status")).status).toBe(200);
  });
});

describe("a second request inside a first", () => {
  const forms: readonly (readonly [string, readonly string[], string])[] = [
    [
      "two kinds of length",
      ["Content-Length: 5", "Transfer-Encoding: chunked"],
      `0\r\n\r\nPOST /api/lease/live HTTP/1.1\r\n\r\n${lease}`,
    ],
    ["two lengths", ["Content-Length: 5", "Content-Length: 50"], "{}   "],
    ["an odd coding", ["Transfer-Encoding: xchunked"], "0\r\n\r\n"],
    ["an odd chunk", ["Transfer-Encoding: chunked"], `-1\r\n${lease}\r\n0\r\n\r\n`],
    ["a folded header", ["Content-Length: 2", "X-A: b\r\n Transfer-Encoding: chunked"], "{}"],
    ["a bare line feed", ["Content-Length: 2\nTransfer-Encoding: chunked"], "{}"],
    ["a space before the colon", ["Content-Length : 2"], "{}"],
    ["a NUL in a header", ["X-A: \0", "Content-Length: 2"], "{}"],
  ];
  test.each(forms)("by %s is refused and not carried out", async (_, headers, body) => {
    const answer = await send(["POST /api/lease/live HTTP/1.1", ...json, ...headers], body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.head.match(/HTTP\/1\.1 200/g)).toBeNull();
    const asked = await companion.post("/api/lease/live", { action: "acquire", holder: "me" });
    expect(asked.json.granted).toBe(true);
  });

  test("behind a refused one is not read at all", async () => {
    const answer = await send(
      ["POST /api/lease/other HTTP/1.1", "Host: evil.com", "Content-Length: 0"],
      [
        "POST /api/lease/rehearsal-smuggled HTTP/1.1",
        `Host: localhost:${companion.port}`,
        `X-StreamStock-Token: ${companion.token}`,
        "Content-Type: application/json",
        `Content-Length: ${lease.length}`,
        "",
        lease,
      ].join("\r\n"),
    );
    expect(answer.status).toBe(421);
    expect(answer.body).not.toContain("granted");
    const after = await companion.post("/api/lease/rehearsal-smuggled", {
      action: "acquire",
      holder: "me",
    });
    expect(after.json).toMatchObject({ granted: true, fence: 1 });
  });
});
