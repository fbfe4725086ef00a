/** With a certificate the companion speaks https alone, as Excel wants it. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { join } from "node:path";
import { connect, type SecureVersion } from "node:tls";
import { makeCertificate } from "../../src/companion/excel/certificate";
import {
  temporaryCompanion,
  temporaryFolder,
  type TemporaryCompanion,
} from "../support/temporary-companion";

const folder = temporaryFolder();
const cert = join(folder, "cert.pem");
const key = join(folder, "key.pem");
let companion: TemporaryCompanion;

beforeAll(async () => {
  const made = makeCertificate(Date.now());
  writeFileSync(cert, made.cert);
  writeFileSync(key, made.key);
  companion = await temporaryCompanion({
    env: { STREAMSTOCK_TLS_CERT: cert, STREAMSTOCK_TLS_KEY: key },
  });
});
afterAll(async () => {
  await companion.stop();
  rmSync(folder, { recursive: true, force: true });
});

function get(scheme: "http" | "https", headers: Record<string, string> = {}) {
  return new Promise<{ status: number; protocol: string }>((done, fail) => {
    const options = {
      host: "127.0.0.1",
      port: companion.port,
      path: "/api/status",
      ca: readFileSync(cert),
      headers: { host: `localhost:${companion.port}`, ...headers },
    };
    const request = (scheme === "https" ? https : http).get(options, (answer) => {
      const protocol = (answer.socket as { getProtocol?: () => string }).getProtocol?.() ?? "";
      answer.resume();
      done({ status: answer.statusCode ?? 0, protocol });
    });
    request.on("error", fail);
  });
}

test("answers over TLS with the given certificate, and not over plain http", async () => {
  expect((await get("https")).status).toBe(401);
  await expect(get("http")).rejects.toThrow();
});

test("takes its own https pages as origin and no http ones", async () => {
  const origin = (scheme: string) => ({ origin: `${scheme}://localhost:${companion.port}` });
  expect((await get("https", origin("https"))).status).toBe(401);
  expect((await get("https", origin("http"))).status).toBe(403);
});

/** The version that was agreed on, or why none was. */
function handshake(host: string, min: SecureVersion, max: SecureVersion): Promise<string> {
  return new Promise((done) => {
    const options = { host, port: companion.port, servername: "localhost", ca: readFileSync(cert) };
    // Old versions are only offered by a client that has lowered its own guard.
    const old = { minVersion: min, maxVersion: max, ciphers: "DEFAULT:@SECLEVEL=0" };
    const socket = connect({ ...options, ...old }, () => {
      done(socket.getProtocol() ?? "");
      socket.destroy();
    });
    socket.on("error", (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
  });
}

test("speaks TLS 1.2, which Excel on Windows needs, and 1.3, and nothing older", async () => {
  expect(await handshake("127.0.0.1", "TLSv1.2", "TLSv1.2")).toBe("TLSv1.2");
  expect(await handshake("127.0.0.1", "TLSv1.3", "TLSv1.3")).toBe("TLSv1.3");
  for (const version of ["TLSv1", "TLSv1.1"] as const) {
    expect(await handshake("127.0.0.1", version, version)).toMatch(/^ERR_SSL|ECONNRESET/);
  }
});

test("shows the same certificate on ::1, where the machine has it", async () => {
  const agreed = await handshake("::1", "TLSv1.2", "TLSv1.3");
  expect(["TLSv1.3", "EADDRNOTAVAIL", "EAFNOSUPPORT", "ECONNREFUSED"]).toContain(agreed);
});
