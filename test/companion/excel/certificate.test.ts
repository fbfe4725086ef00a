/** The certificate of this machine, read by Node, by openssl where there is one, and used over TLS. */
import { describe, expect, test } from "@jest/globals";
import { X509Certificate } from "node:crypto";
import { execFileSync, spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { connect } from "node:tls";
import {
  CERTIFICATE_DAYS,
  isUsable,
  makeCertificate,
  thumbprint,
} from "../../../src/companion/excel/certificate";
import { temporaryFolder } from "../../support/temporary-companion";

const DAY_MS = 86_400_000;
const now = Date.now();
const made = makeCertificate(now);
const parsed = new X509Certificate(made.cert);

describe("the certificate", () => {
  test("is for this machine by all of its names, and for nothing else", () => {
    expect(parsed.subjectAltName).toBe(
      "DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1",
    );
    expect(parsed.checkHost("localhost")).toBe("localhost");
    expect(parsed.checkHost("evil.com")).toBeUndefined();
    expect(parsed.checkHost("a.localhost")).toBeUndefined();
    expect(parsed.checkIP("127.0.0.1")).toBe("127.0.0.1");
    expect(parsed.checkIP("192.168.0.1")).toBeUndefined();
  });

  test("is no authority: trusting it vouches for no other", () => {
    expect(parsed.ca).toBe(false);
    expect(parsed.verify(parsed.publicKey)).toBe(true);
    expect(parsed.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
  });

  test("holds for at most the 825 days that Apple allows, and a day back for slow clocks", () => {
    const days = (Date.parse(parsed.validTo) - Date.parse(parsed.validFrom)) / DAY_MS;
    expect(days).toBeLessThanOrEqual(825);
    expect(days).toBeGreaterThan(CERTIFICATE_DAYS);
    expect(Date.parse(parsed.validFrom)).toBeLessThanOrEqual(now - DAY_MS);
  });

  test("is another one on every machine, key and number", () => {
    const other = makeCertificate(now);
    expect(other.key).not.toBe(made.key);
    expect(new X509Certificate(other.cert).serialNumber).not.toBe(parsed.serialNumber);
    expect(thumbprint(other.cert)).not.toBe(thumbprint(made.cert));
    expect(thumbprint(made.cert)).toBe(parsed.fingerprint.replaceAll(":", ""));
  });

  test("is used for as long as it holds, with its own key only", () => {
    expect(isUsable(made, now)).toBe(true);
    expect(isUsable(made, now + (CERTIFICATE_DAYS - 31) * DAY_MS)).toBe(true);
    expect(isUsable(made, now + (CERTIFICATE_DAYS - 29) * DAY_MS)).toBe(false);
    expect(isUsable(made, now - 2 * DAY_MS)).toBe(false);
    expect(isUsable({ ...made, key: makeCertificate(now).key }, now)).toBe(false);
    expect(isUsable({ cert: "", key: "" }, now)).toBe(false);
    expect(isUsable({ cert: made.cert.slice(0, 300), key: made.key }, now)).toBe(false);
  });

  test("made in any year has a date that is read as that year", () => {
    for (const year of [2026, 2049, 2050, 2077]) {
      const at = Date.UTC(year, 5, 1);
      const read = new X509Certificate(makeCertificate(at).cert);
      expect(Date.parse(read.validFrom)).toBe(at - DAY_MS);
    }
  });

  test("is trusted by a program that was told of it, and by no other", async () => {
    const server = createServer({ ...made }, (_, answer) => answer.end("ok"));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo;
    const shake = (ca?: string) =>
      new Promise<boolean>((done) => {
        const socket = connect(
          { host: "127.0.0.1", port, servername: "localhost", ...(ca ? { ca } : {}) },
          () => (done(true), socket.destroy()),
        );
        socket.on("error", () => done(false));
      });
    expect([await shake(made.cert), await shake(), await shake(makeCertificate(now).cert)]).toEqual(
      [true, false, false],
    );
    server.close();
  });
});

const openssl = spawnSync("openssl", ["version"]).status === 0;
(openssl ? test : test.skip)("openssl reads it as a well-formed certificate of a server", () => {
  const folder = temporaryFolder();
  const path = join(folder, "localhost.crt");
  writeFileSync(path, made.cert);
  const verify = ["verify", "-x509_strict", "-check_ss_sig", "-CAfile", path];
  const said = execFileSync("openssl", [...verify, "-purpose", "sslserver", path], {
    encoding: "utf8",
  });
  expect(said).toContain("OK");
  rmSync(folder, { recursive: true, force: true });
});
