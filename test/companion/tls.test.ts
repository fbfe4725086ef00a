/** With a certificate the companion speaks https alone, as Excel wants it. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { join } from "node:path";
import {
  temporaryCompanion,
  temporaryFolder,
  type TemporaryCompanion,
} from "../support/temporary-companion";

const folder = temporaryFolder();
const cert = join(folder, "cert.pem");
const key = join(folder, "key.pem");
let companion: TemporaryCompanion;

const openssl = spawnSync("openssl", ["version"]).status === 0;
// Without openssl there is no certificate to make; the runner then shows these as skipped.
const overTls = openssl ? test : test.skip;

beforeAll(async () => {
  if (!openssl) return;
  execFileSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
      ...["-keyout", key, "-out", cert, "-days", "1", "-subj", "/CN=localhost"],
      ...["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
    ],
    { stdio: "ignore" },
  );
  companion = await temporaryCompanion({
    env: { STREAMSTOCK_TLS_CERT: cert, STREAMSTOCK_TLS_KEY: key },
  });
});
afterAll(() => companion?.stop());

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

overTls("answers over TLS with the given certificate, and not over plain http", async () => {
  expect((await get("https")).status).toBe(401);
  await expect(get("http")).rejects.toThrow();
});

overTls("takes its own https pages as origin and no http ones", async () => {
  const origin = (scheme: string) => ({ origin: `${scheme}://localhost:${companion.port}` });
  expect((await get("https", origin("https"))).status).toBe(401);
  expect((await get("https", origin("http"))).status).toBe(403);
});
