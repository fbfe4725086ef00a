/**
 * Proofs are sealed for our own page alone, and the private key is in no answer, no proof, no log and,
 * with a keychain, in no file: who has it could speak as the seller.
 */
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { generateKeyPairSync } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fromBase64Url } from "../../src/proof/bytes";
import { memoryKeychain, type MemoryKeychain } from "../support/memory-keychain";
import { judge } from "../support/proof-world";
import { host, rawCalls, token } from "../support/raw-calls";
import { temporaryCompanion, type TemporaryCompanion } from "../support/temporary-companion";

let companion: TemporaryCompanion;
let keychain: MemoryKeychain;
const told: string[] = [];

beforeEach(async () => {
  told.length = 0;
  for (const way of ["log", "info", "warn", "error"] as const) {
    jest
      .spyOn(console, way)
      .mockImplementation((...said: unknown[]) => void told.push(said.join(" ")));
  }
  keychain = memoryKeychain();
  companion = await temporaryCompanion({ keychain });
  const fence = await companion.lead("live");
  await companion.post("/api/journal/live/append", { records: [{ seq: 1, json: "{}" }] }, fence);
});
afterEach(() => companion.stop());

const { get, send } = rawCalls(() => companion);
const order = (more: object = {}) => ({
  locale: "en",
  seller: "S",
  creator: "C",
  streamAt: null,
  asOf: Date.now(),
  validUntil: Date.now() + 60_000,
  seq: 1,
  zoneMinutes: 0,
  lines: [{ sku: "A", onHand: 1, reserved: 1, available: 1, expected: null, requirement: 3 }],
  ...more,
});

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path).isFile());
}

/** The secret number of the key, in the spellings it could leave in. */
function spellings(): string[] {
  const secret = Buffer.from(
    generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({
      format: "der",
      type: "pkcs8",
    }),
  );
  return [secret.subarray(0, 26).toString("base64").slice(0, 30)];
}

describe("a call for a proof", () => {
  const calls = ["GET /api/proof/live/key", "POST /api/proof/live"] as const;

  test.each(calls)("%s needs the token", async (call) => {
    const answer = await send(
      [
        `${call} HTTP/1.1`,
        host,
        "Connection: close",
        "Content-Type: application/json",
        "Content-Length: 2",
      ],
      "{}",
    );
    expect(answer.status).toBe(401);
  });

  test.each(calls)(
    "%s from another origin, site or name is refused, token or not",
    async (call) => {
      for (const odd of [
        "Origin: https://evil.example",
        "Origin: null",
        "Sec-Fetch-Site: cross-site",
      ]) {
        const answer = await send(
          [
            `${call} HTTP/1.1`,
            host,
            token,
            odd,
            "Connection: close",
            "Content-Type: application/json",
            "Content-Length: 2",
          ],
          "{}",
        );
        expect([odd, answer.status]).toEqual([odd, 403]);
      }
      const rebound = await send([
        `${call} HTTP/1.1`,
        "Host: evil.example",
        token,
        "Connection: close",
        "Content-Length: 0",
      ]);
      expect(rebound.status).toBe(421);
    },
  );

  test("as a form, as a GET, or for a book that is none is refused", async () => {
    const form = await send(
      [
        "POST /api/proof/live HTTP/1.1",
        host,
        token,
        "Connection: close",
        "Content-Type: text/plain",
        "Content-Length: 2",
      ],
      "{}",
    );
    expect(form.status).toBe(415);
    expect((await get("/api/proof/live", host, token)).status).toBe(404);
    for (const book of ["__proto__", "..%2Flive", "LIVE", "rehearsal-"]) {
      expect((await companion.post(`/api/proof/${book}`, order())).status).toBe(404);
      expect((await companion.get(`/api/proof/${book}/key`)).status).toBe(404);
    }
  });

  test("with more than the server takes is refused before it is read", async () => {
    const answer = await send(
      [
        "POST /api/proof/live HTTP/1.1",
        host,
        token,
        "Connection: close",
        "Content-Type: application/json",
        "Content-Length: 20000000",
      ],
      "{",
    );
    expect(answer.status).toBe(413);
  });

  test.each(["__proto__", "constructor", "prototype"])(
    "with %s for a key changes nothing",
    async (name) => {
      const poisoned = JSON.stringify(order())
        .replace("{", `{"${name}":{"polluted":1},`)
        .replace('"sku"', `"${name}":{"polluted":1},"sku"`);
      const answer = await companion.post("/api/proof/live", poisoned);
      expect([200, 400]).toContain(answer.status);
      expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    },
  );

  test("seals no text of the caller's choice: only whole statements of now, of an entry that is there", async () => {
    for (const body of [
      { hash: "ab" },
      { bytes: "x" },
      order({ seq: 99 }),
      order({ asOf: 1, validUntil: 2 }),
      order({ book: "x", head: "0".repeat(64), seq: 7 }),
    ]) {
      expect((await companion.post("/api/proof/live", body)).status).not.toBe(200);
    }
    const lying = await companion.post(
      "/api/proof/live",
      order({ head: "0".repeat(64), book: "rehearsal-x", fingerprint: "0" }),
    );
    const verdict = await judge(fromBase64Url(lying.json.file)!, { now: Date.now() });
    expect(verdict).toMatchObject({ kind: "true", statement: { book: "live" } });
    expect("statement" in verdict && verdict.statement.head).not.toBe("0".repeat(64));
  });

  test("turns line breaks and reversed writing in names into blanks", async () => {
    const answer = await companion.post(
      "/api/proof/live",
      order({ seller: "A\r\nB\u202eC", creator: "D\u0000E" }),
    );
    const verdict = await judge(fromBase64Url(answer.json.file)!, { now: Date.now() });
    expect(verdict).toMatchObject({ statement: { seller: "A B C", creator: "D E" } });
  });
});

describe("the private key", () => {
  test("is in no answer, no proof, no log and no file", async () => {
    const key = await companion.get("/api/proof/live/key");
    const made = await companion.post("/api/proof/live", order());
    await companion.post("/api/proof/live", { broken: true });
    const proof = Buffer.from(fromBase64Url(made.json.file)!).toString("latin1");
    const files = filesIn(companion.home).map((path) => readFileSync(path, "latin1"));
    const everything = [key.text, made.text, proof, told.join("\n"), ...files].join("\n");
    // Every private key of this kind begins so, whatever its number (RFC 5958).
    for (const start of spellings()) expect(everything).not.toContain(start);
    expect(everything).not.toMatch(/PRIVATE KEY|pkcs8|"d":/);
    expect(Object.keys(key.json)).toEqual(["fingerprint"]);
    expect(Object.keys(made.json).sort()).toEqual(["file", "fingerprint", "name"]);
  });

  test("lies in one file, for the owner's eyes alone, where there is no keychain", async () => {
    const open = await temporaryCompanion();
    await open.get("/api/proof/live/key");
    const holding = filesIn(open.home).filter((path) =>
      readFileSync(path, "latin1").includes("pkcs8"),
    );
    expect(holding).toHaveLength(1);
    if (process.platform !== "win32") expect(statSync(holding[0]!).mode & 0o077).toBe(0);
    await open.stop();
  });

  test("is for no file of the add-in: the page has no way to it", async () => {
    for (const path of [
      "/vault/proof-live.json",
      "/api/vault/proof-live",
      "/..%2fvault%2fproof-live.json",
    ]) {
      expect((await companion.get(path)).text).not.toContain("sealed");
    }
  });
});
