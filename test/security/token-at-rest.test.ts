/**
 * Security 7, tokens at rest, and no more than is claimed: with a keychain nothing in the data folder
 * tells a live shop's secret; without one the files are the owner's alone; rotation never loses both.
 */
import { afterEach, describe, expect, test } from "@jest/globals";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { noKeychain } from "../../src/companion/vault/keychain";
import { Vault } from "../../src/companion/vault/vault";
import { memoryKeychain } from "../support/memory-keychain";
import { temporaryFolder } from "../support/temporary-companion";

const folders: string[] = [];
const folder = () => {
  const made = temporaryFolder();
  folders.push(made);
  return made;
};
afterEach(() => {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
});

const secret = { refreshToken: "canary-at-rest-5d21", clientSecret: "canary-at-rest-90aa" };

function everything(path: string): string {
  return readdirSync(path, { recursive: true })
    .map((name) => join(path, String(name)))
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file, "latin1"))
    .join("\n");
}

describe("with a keychain", () => {
  test("no file tells a secret, and the same vault opens it again", async () => {
    const path = folder();
    const keychain = memoryKeychain();
    await new Vault(path, keychain).write("live-ebay", secret);
    const lying = everything(path);
    for (const canary of Object.values(secret)) {
      expect(lying).not.toContain(canary);
      expect(lying).not.toContain(Buffer.from(canary).toString("base64").slice(4, -4));
    }
    expect(lying).not.toContain(keychain.secret);
    expect(await new Vault(path, keychain).read("live-ebay")).toEqual({
      kind: "found",
      value: secret,
    });
  });

  test("the key is made once, whatever is written", async () => {
    const path = folder();
    const keychain = memoryKeychain();
    for (let n = 0; n < 5; n += 1) await new Vault(path, keychain).write(`n${n}`, secret);
    expect(keychain.writes).toBe(1);
  });

  test("a file that was changed, or moved under another name, does not open", async () => {
    const path = folder();
    const keychain = memoryKeychain();
    const vault = new Vault(path, keychain);
    await vault.write("live-ebay", secret);
    const text = readFileSync(join(path, "live-ebay.json"), "utf8");
    writeFileSync(join(path, "live-amazon.json"), text);
    expect(await vault.read("live-amazon")).toEqual({ kind: "locked" });
    const file = JSON.parse(text);
    const flipped = Buffer.from(file.sealed, "base64");
    flipped[3] = (flipped[3] ?? 0) ^ 1;
    writeFileSync(
      join(path, "live-ebay.json"),
      JSON.stringify({ ...file, sealed: flipped.toString("base64") }),
    );
    expect(await vault.read("live-ebay")).toEqual({ kind: "locked" });
  });

  test("that is locked makes no second key: what it sealed opens again later", async () => {
    const path = folder();
    const keychain = memoryKeychain();
    await new Vault(path, keychain).write("live-ebay", secret);
    keychain.locked = true;
    const locked = new Vault(path, keychain);
    expect(await locked.read("live-ebay")).toEqual({ kind: "locked" });
    await locked.write("live-tiktok", { a: 1 });
    expect(keychain.writes).toBe(1);
    keychain.locked = false;
    expect(await locked.read("live-ebay")).toEqual({ kind: "found", value: secret });
    expect(await locked.read("live-tiktok")).toEqual({ kind: "found", value: { a: 1 } });
  });
});

describe("without a keychain", () => {
  (process.platform === "win32" ? test.skip : test)(
    "only the owner may read the file",
    async () => {
      const path = join(folder(), "vault");
      await new Vault(path, noKeychain).write("live-ebay", secret);
      expect(statSync(path).mode & 0o077).toBe(0);
      expect(statSync(join(path, "live-ebay.json")).mode & 0o077).toBe(0);
    },
  );
});

describe("a token that rotates", () => {
  test("is the old one or the new one after a crash at any moment, never neither", async () => {
    const path = folder();
    const keychain = memoryKeychain();
    const vault = new Vault(path, keychain);
    await vault.write("live-tiktok", { refreshToken: "old" });
    // What a crash leaves behind: the file beside, empty, half written, whole but not yet renamed.
    for (const torn of ["", '{"iv":"', JSON.stringify({ open: { refreshToken: "torn" } })]) {
      writeFileSync(join(path, "live-tiktok.json.new"), torn);
      const after = new Vault(path, keychain);
      expect(await after.read("live-tiktok")).toEqual({
        kind: "found",
        value: { refreshToken: "old" },
      });
    }
    await vault.write("live-tiktok", { refreshToken: "new" });
    expect(await vault.read("live-tiktok")).toEqual({
      kind: "found",
      value: { refreshToken: "new" },
    });
  });

  test("stays the old one when the disk refuses the new one", async () => {
    const path = folder();
    const vault = new Vault(path, memoryKeychain());
    await vault.write("live-tiktok", { refreshToken: "old" });
    // Nothing can be written where a folder lies.
    mkdirSync(join(path, "live-tiktok.json.new", "in-the-way"), { recursive: true });
    await expect(vault.write("live-tiktok", { refreshToken: "new" })).rejects.toThrow();
    expect(await vault.read("live-tiktok")).toMatchObject({ value: { refreshToken: "old" } });
  });
});
