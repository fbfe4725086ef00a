import { describe, expect, test } from "@jest/globals";
import { readSettings } from "../../src/companion/settings";
import { isLoopback, isPublic, loopbackOrigin } from "../../src/companion/relay/addresses";

const read = (env: Record<string, string>) => readSettings(env, "linux");

describe("the companion's settings", () => {
  test("have a default for everything", () => {
    const settings = readSettings({ XDG_DATA_HOME: "/data" }, "linux");
    expect(settings).toEqual({
      ok: true,
      value: {
        port: 3000,
        home: "/data/streamstock",
        sandbox: null,
        redirects: {},
        credentialsFile: null,
        tls: null,
      },
    });
  });

  test("put the data where each platform keeps it", () => {
    const home = (platform: NodeJS.Platform, env = {}) => {
      const settings = readSettings(env, platform);
      return settings.ok ? settings.value.home : "";
    };
    expect(home("win32", { LOCALAPPDATA: "X:\\Local" })).toContain("StreamStock");
    expect(home("darwin")).toMatch(/Library\/Application Support\/StreamStock$/);
    expect(home("linux")).toMatch(/streamstock$/);
    expect(home("linux", { STREAMSTOCK_HOME: " /elsewhere " })).toBe("/elsewhere");
  });

  test("refuse a port that is none", () => {
    for (const PORT of ["x", "-1", "1.5", "70000", "3000x", "NaN"]) {
      expect(read({ PORT })).toMatchObject({ ok: false });
    }
  });

  test("take redirects to this machine for every host of every channel", () => {
    const settings = read({
      STREAMSTOCK_UPSTREAM_TIKTOK: "http://127.0.0.1:1",
      STREAMSTOCK_UPSTREAM_TIKTOK_AUTH: "http://localhost:2/",
      STREAMSTOCK_UPSTREAM_AMAZON: "http://[::1]:3",
      STREAMSTOCK_UPSTREAM_AMAZON_AUTH: "https://127.0.0.1:4",
      STREAMSTOCK_UPSTREAM_SHOPIFY: "http://127.0.0.1:5",
      STREAMSTOCK_UPSTREAM_EBAY: "http://127.0.0.1:6",
      STREAMSTOCK_UPSTREAM_EBAY_AUTH: "http://127.0.0.1:7",
    });
    expect(settings.ok && settings.value.redirects).toEqual({
      tiktok: { api: "http://127.0.0.1:1", auth: "http://localhost:2" },
      amazon: { api: "http://[::1]:3", auth: "https://127.0.0.1:4" },
      shopify: { api: "http://127.0.0.1:5" },
      ebay: { api: "http://127.0.0.1:6", auth: "http://127.0.0.1:7" },
    });
  });

  const elsewhere = [
    "http://evil.com",
    "https://open-api.tiktokglobalshop.com",
    "http://127.0.0.1.evil.com",
    "http://127.0.0.1@evil.com",
    "http://evil.com@127.0.0.1",
    "http://user:secret@127.0.0.1:1",
    "http://127.0.0.1:1/path",
    "http://127.0.0.1:1?x",
    "http://127.0.0.1:1#x",
    "http://127.0.0.1:99999",
    "http://127.0.0.2",
    "http://127.1",
    "http://2130706433",
    "http://0x7f.1",
    "http://0.0.0.0:1",
    "http://[::]:1",
    "http://[::ffff:127.0.0.1]:1",
    "http://[::ffff:a9fe:a9fe]",
    "http://169.254.169.254",
    "http://10.0.0.1",
    "http://localhost.evil.com",
    "http://localhost.:1",
    "ftp://127.0.0.1",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "127.0.0.1:8080",
    "//127.0.0.1",
    "http://",
    "http:127.0.0.1",
    "http:\\\\127.0.0.1",
    "http://127.0.0.1\n",
    "x",
  ];
  test(`refuse ${elsewhere.length} redirects to anywhere else, by name and without the value`, () => {
    for (const value of elsewhere) {
      expect([value, loopbackOrigin(value)]).toEqual([value, null]);
    }
    const refused = read({ STREAMSTOCK_UPSTREAM_SHOPIFY: "http://user:secret@127.0.0.1:1" });
    expect(refused).toMatchObject({ ok: false });
    expect(JSON.stringify(refused)).toContain("STREAMSTOCK_UPSTREAM_SHOPIFY");
    expect(JSON.stringify(refused)).not.toContain("secret");
    expect(read({ STREAMSTOCK_SANDBOX: "http://evil.com" })).toMatchObject({ ok: false });
  });
});

describe("an address", () => {
  test("of this machine or a private network is never taken for a public one", () => {
    const inside = [
      ...["127.0.0.1", "127.255.255.254", "0.0.0.0", "10.1.2.3", "100.64.0.1", "169.254.169.254"],
      ...["172.16.0.1", "172.31.255.255", "192.168.1.1", "198.18.0.1", "224.0.0.1"],
      ...["255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "fe80::1"],
      ...["fc00::1", "fd12::1", "ff02::1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1"],
      ...["", "localhost", "8.8.8", "8.8.8.8.8"],
    ];
    for (const address of inside) expect([address, isPublic(address)]).toEqual([address, false]);
    for (const address of ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111"]) {
      expect([address, isPublic(address)]).toEqual([address, true]);
    }
    expect(["127.0.0.1", "127.9.9.9", "::1"].every(isLoopback)).toBe(true);
    expect(["8.8.8.8", "128.0.0.1", "::2", "::"].some(isLoopback)).toBe(false);
  });
});
