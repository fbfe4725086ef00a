import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  rawRequest,
  temporaryCompanion,
  type TemporaryCompanion,
} from "../support/temporary-companion";

const taskpane = `<!doctype html>
<html>
  <head>
    <meta charset="utf-8">
    <title>StreamStock</title>
    <script type="text/javascript" src="/office-js/office.js"></script>
    <script src="addin.0123abcd.js"></script></head>
  <body></body>
</html>`;

let companion: TemporaryCompanion;
beforeAll(async () => {
  companion = await temporaryCompanion({
    files: {
      "dist/taskpane.html": taskpane,
      "dist/addin.0123abcd.js": "let addin;",
      "dist/functions.json": "{}",
      "dist/assets/icon-32.png": "png",
      "dist/assets/中文 名.txt": "named",
      "dist/.hidden": "hidden",
      "build/workbench/index.html": "<title>workbench</title>",
      "build/workbench/workbench.js": "let workbench;",
      "build/companion.cjs": "the program",
      "manifest.xml": "<OfficeApp/>",
      "package.json": '{"secret":1}',
    },
  });
  symlinkSync(join(companion.root, "package.json"), join(companion.root, "dist", "link.json"));
});
afterAll(() => companion.stop());

const get = (path: string, headers: Record<string, string> = {}) => companion.get(path, headers);

describe("what is served", () => {
  test("the front door leads to the workbench", async () => {
    for (const path of ["/", "/workbench"]) {
      const answer = await get(path);
      expect([answer.status, answer.headers.get("location")]).toEqual([302, "/workbench/"]);
    }
    const page = await get("/workbench/");
    expect(page.text).toContain("<title>workbench</title>");
    expect(page.headers.get("cache-control")).toBe("no-store");
  });

  const files: readonly (readonly [string, string, RegExp])[] = [
    ["/workbench/workbench.js", "text/javascript; charset=utf-8", /^no-cache$/],
    ["/addin.0123abcd.js", "text/javascript; charset=utf-8", /immutable/],
    ["/functions.json", "application/json; charset=utf-8", /^no-cache$/],
    ["/assets/icon-32.png", "image/png", /^public, max-age=\d+$/],
    ["/manifest.xml", "application/xml; charset=utf-8", /^no-cache$/],
    ["/office-js/office.js", "text/javascript; charset=utf-8", /max-age/],
    ["/taskpane.html", "text/html; charset=utf-8", /^no-store$/],
  ];
  test.each(files)("%s comes as %s", async (path, type, cache) => {
    const answer = await get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe(type);
    expect(answer.headers.get("cache-control")).toMatch(cache);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  });

  test("a file that did not change is not sent twice, a changed one is", async () => {
    const first = await get("/functions.json");
    const tag = { "if-none-match": first.headers.get("etag") ?? "" };
    expect((await get("/functions.json", tag)).status).toBe(304);
    writeFileSync(join(companion.root, "dist", "functions.json"), '{"functions":[]}');
    expect((await get("/functions.json", tag)).text).toBe('{"functions":[]}');
  });

  test("a name in any script is found", async () => {
    expect((await get(`/assets/${encodeURIComponent("中文 名.txt")}`)).text).toBe("named");
  });

  test("Office.js is found in any spelling of upper and lower case", async () => {
    const names = [
      "/office-js/agaveerrorux/index.html",
      "/office-js/AgaveErrorUX/index.html",
      "/Office-JS/AGAVEERRORUX/INDEX.HTML",
      "/office-js/AgaveErrorUX%5Cindex.html",
    ];
    const bodies = await Promise.all(names.map(async (name) => (await get(name)).text));
    expect(new Set(bodies).size).toBe(1);
    expect(bodies[0]).toContain("<html");
    expect((await get("/OFFICE-JS/Office.js")).status).toBe(200);
    expect((await get("/office-js/nothing.js")).status).toBe(404);
  });
});

describe("the add-in's page", () => {
  test("carries the token once, in a meta tag, and Office.js from here", async () => {
    const { text } = await get("/taskpane.html");
    expect(text.split(companion.token)).toHaveLength(2);
    expect(text).toContain(`<meta name="streamstock-token" content="${companion.token}">`);
    expect(text).toContain('<script src="/office-js/office.js"></script>');
    expect(text).not.toContain("appsforoffice");
  });

  test("takes Office.js from Microsoft when asked, with the local copy behind it", async () => {
    const { text, headers } = await get("/taskpane.html?office=cdn");
    const cdn = text.indexOf("https://appsforoffice.microsoft.com/lib/1/hosted/office.js");
    const fallback = text.indexOf('src="/office-fallback.js"');
    expect(cdn).toBeGreaterThan(0);
    expect(fallback).toBeGreaterThan(cdn);
    expect(text.indexOf("addin.0123abcd.js")).toBeGreaterThan(fallback);
    expect(headers.get("content-security-policy")).toContain("https://appsforoffice.microsoft.com");
    expect((await get("/office-fallback.js")).text).toContain("/office-js/office.js");
  });

  test("runs no script but ours, and lets Excel frame it", async () => {
    const policy = (await get("/taskpane.html")).headers.get("content-security-policy") ?? "";
    const rules = new Map(
      policy.split("; ").map((rule) => [rule.split(" ")[0], rule.split(" ").slice(1).join(" ")]),
    );
    expect(rules.get("default-src")).toBe("'none'");
    expect(rules.get("script-src")).toBe("'self'");
    expect(rules.get("connect-src")).toBe("'self'");
    expect(rules.get("worker-src")).toBe("'self'");
    expect(rules.get("frame-ancestors")).toBe(
      "'self' https://*.officeapps.live.com https://*.office.com https://*.microsoft.com https://*.sharepoint.com",
    );
    expect(policy).not.toContain("appsforoffice");
  });

  test("binds its worker as well: a script may call nobody but us", async () => {
    const policy = (await get("/addin.0123abcd.js")).headers.get("content-security-policy");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("default-src 'none'");
  });

  test("has the same token after a restart", async () => {
    await companion.restart();
    expect((await get("/taskpane.html")).text).toContain(companion.token);
  });
});

describe("what is not served", () => {
  const outside = [
    "/../package.json",
    "/%2e%2e/package.json",
    "/..%2fpackage.json",
    "/..%5cpackage.json",
    "/%2e%2e%2fpackage.json",
    "/%252e%252e/package.json",
    "/assets/../../package.json",
    "/assets/..%2f..%2fpackage.json",
    "/workbench/../companion.cjs",
    "/workbench/..%2fcompanion.cjs",
    "/workbench/%2e%2e/companion.cjs",
    "/office-js/../package.json",
    "/office-js/..%2fpackage.json",
    "/office-js/..%5C..%5Cpackage.json",
    "/office-js/%2e%2e%5cpackage.json",
    "//etc/passwd",
    "/%2fetc/passwd",
    "/etc/passwd",
    "/C:/Windows/win.ini",
    "/C:%5CWindows%5Cwin.ini",
    "/functions.json%00.png",
    "/functions.json::$DATA",
    "/functions.json.",
    "/functions.json%20",
    "/.hidden",
    "/assets/",
    "/assets",
    "/link.json",
    "/package.json",
    "/token",
    "/%",
    "/%ff",
    "/node_modules/@microsoft/office-js/package.json",
    "/manifest.xml/",
  ];
  test(`is everything else: ${outside.length} ways out lead nowhere`, async () => {
    for (const path of outside) {
      const answer = await rawRequest(
        companion.port,
        `GET ${path} HTTP/1.1\r\nHost: localhost:${companion.port}\r\nConnection: close\r\n\r\n`,
      );
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });

  test("a missing build is told, not hidden", async () => {
    const empty = await temporaryCompanion();
    try {
      const answer = await empty.get("/taskpane.html");
      expect(answer.status).toBe(503);
      expect(answer.text).toContain("npm start");
    } finally {
      await empty.stop();
    }
  });
});
