/** Security 1, loopback only: this machine by both of its addresses, and nobody else. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { connect, createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { readFileSync } from "node:fs";
import { temporaryCompanion, type TemporaryCompanion } from "../support/temporary-companion";

let companion: TemporaryCompanion;
beforeAll(async () => {
  companion = await temporaryCompanion();
});
afterAll(() => companion.stop());

function reaches(host: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host, port: companion.port, timeout: 1000 });
    socket.once("connect", () => (socket.destroy(), done(true)));
    socket.once("timeout", () => (socket.destroy(), done(false)));
    socket.once("error", () => done(false));
  });
}

function machineHas(host: string): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", () => done(false));
    server.listen(0, host, () => server.close(() => done(true)));
  });
}

test("127.0.0.1 answers, and ::1 wherever the machine has it", async () => {
  expect(await reaches("127.0.0.1")).toBe(true);
  expect(await reaches("::1")).toBe(await machineHas("::1"));
  if (!(await machineHas("::1"))) return;
  const answer = await fetch(`http://[::1]:${companion.port}/api/status`, {
    headers: { "x-streamstock-token": companion.token },
  });
  expect(answer.status).toBe(200);
});

test("no other address of this machine answers", async () => {
  const others = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal }) => !internal)
    .map(({ address, scopeid }) => (scopeid ? `${address}%${scopeid}` : address));
  for (const address of [...others, "127.0.0.2"]) {
    expect([address, await reaches(address)]).toEqual([address, false]);
  }
});

// Linux tells every listening socket; elsewhere the test above has to be enough.
(process.platform === "linux" ? test : test.skip)(
  "the system lists no other socket of the port",
  () => {
    const port = companion.port.toString(16).toUpperCase().padStart(4, "0");
    const listening = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((path) =>
      readFileSync(path, "utf8")
        .split("\n")
        .slice(1)
        .map((line) => line.trim().split(/\s+/))
        .filter(([, local, , state]) => state === "0A" && local?.endsWith(`:${port}`))
        .map(([, local = ""]) => local.split(":")[0]),
    );
    expect(listening).toContain("0100007F");
    const own = new Set(["0100007F", "00000000000000000000000001000000"]);
    expect(listening.filter((address) => !own.has(address ?? ""))).toEqual([]);
  },
);
