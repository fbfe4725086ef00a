/** `npm run verify FILE`, as a person runs it. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fingerprintOf } from "../../src/proof/seal";
import { readArguments } from "../../src/verify/terminal";
import { crypto, newSigner, proof, seller } from "../support/proof-world";
import { replaced, SHEET } from "../support/workbook-parts";

const project = resolve(__dirname, "..", "..");
const program = join(project, "src", "verify", "verify.mjs");
const now = Date.now() - (Date.now() % 1000);
const valid = { asOf: now, validUntil: now + 3_600_000 };

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "streamstock-verify-"));
  const keep = (name: string, bytes: Uint8Array) => writeFileSync(join(folder, name), bytes);
  const good = await proof({ statement: valid });
  keep("true.xlsx", good);
  keep("changed.xlsx", await replaced(good, SHEET, "<v>405</v>", "<v>905</v>"));
  keep(
    "expired.xlsx",
    await proof({ statement: { asOf: now - 9_000_000, validUntil: now - 8_000_000 } }),
  );
  keep("other.xlsx", await proof({ statement: valid, signer: newSigner() }));
  keep("rehearsal.xlsx", await proof({ statement: { ...valid, book: "rehearsal-r1" } }));
  keep("noise.xlsx", Buffer.from("hello"));
  mkdirSync(join(folder, "folder.xlsx"));
  // Built before it is timed and its words are looked at.
  verify(["true.xlsx"]);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function verify(args: readonly string[], lang = "en_US.UTF-8") {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "", LC_MESSAGES: "", LANG: lang },
  });
  return { status, text: stdout, said: stderr };
}

describe("npm run verify", () => {
  test.each([
    ["true.xlsx", 0, "TRUE", "属实"],
    ["changed.xlsx", 1, "CHANGED", "已被改动"],
    ["expired.xlsx", 1, "EXPIRED", "已过期"],
    ["rehearsal.xlsx", 1, "REHEARSAL", "仅为演练"],
    ["noise.xlsx", 2, "CANNOT BE READ", "无法读取"],
  ])("of %s ends with %i and says so in both languages", (file, code, en, zh) => {
    expect(verify([file])).toMatchObject({ status: code, text: expect.stringContaining(en) });
    expect(verify([file], "zh_CN.UTF-8")).toMatchObject({
      status: code,
      text: expect.stringContaining(zh),
    });
  });

  test("tells the figures, the fingerprint, and which cell was changed", async () => {
    const fingerprint = await fingerprintOf(crypto, seller.publicKey);
    const { text } = verify(["true.xlsx"]);
    for (const word of ["Moonlight Home", "LAMP-01", "405", fingerprint])
      expect(text).toContain(word);
    expect(verify(["changed.xlsx"]).text).toMatch(/C13.*905/);
  });

  test("with the seller's fingerprint tells another key", async () => {
    const key = await fingerprintOf(crypto, seller.publicKey);
    expect(verify(["true.xlsx", "--key", key]).status).toBe(0);
    const digits = key.replaceAll(" ", "");
    expect(verify(["other.xlsx", "--key", digits])).toMatchObject({
      status: 1,
      text: expect.stringContaining("OTHER KEY"),
    });
  });

  test("as JSON is one object", () => {
    const { text, status } = verify(["changed.xlsx", "--json"]);
    expect(status).toBe(1);
    expect(JSON.parse(text)).toEqual({
      verdict: "changed",
      differences: [{ kind: "changed", where: "C13", now: "905" }],
    });
    expect(JSON.parse(verify(["--json", "true.xlsx"]).text)).toMatchObject({
      verdict: "true",
      statement: { seq: 1234 },
    });
  });

  test("of nothing, of a folder, of no such file says what to do and ends with 2", () => {
    for (const args of [
      [],
      ["none.xlsx"],
      ["folder.xlsx"],
      ["a.xlsx", "b.xlsx"],
      ["--odd", "true.xlsx"],
      ["true.xlsx", "--key", "12"],
    ]) {
      const { status, said, text } = verify(args);
      expect([args, status, text]).toEqual([args, 2, ""]);
      expect(said.trim()).not.toBe("");
    }
  });
});

test("arguments come in any order", () => {
  const key = "123412341234123412341234";
  expect(readArguments(["--json", "--key", key, "a.xlsx"])).toEqual({
    file: "a.xlsx",
    key: "1234 1234 1234 1234 1234 1234",
    json: true,
  });
  expect(readArguments(["a.xlsx"])).toEqual({ file: "a.xlsx", key: null, json: false });
  expect(readArguments(["a.xlsx", "--key"])).toBe("key");
});
