/** @jest-environment jsdom */
import { describe, expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { manifestRules, type ManifestRule, type Surroundings } from "./support/manifest-rules";

const root = resolve(".");
const text = readFileSync(join(root, "manifest.xml"), "utf8");

/** Where the build takes each file from that the manifest names. */
function sourceOf(path: string): string {
  if (path === "/taskpane.html") return "src/taskpane/taskpane.html";
  if (/^\/functions[^/]*\.json$/.test(path)) return `src/functions${path}`;
  return path.slice(1);
}

function fileOf(path: string): string | null {
  const file = join(root, sourceOf(path));
  return existsSync(file) ? file : null;
}

const around: Surroundings = {
  fileOf,
  pixelsOf(path) {
    const file = fileOf(path);
    if (file === null) return null;
    const bytes = readFileSync(file);
    // PNG: signature, then the IHDR chunk with width and height.
    if (bytes.subarray(1, 4).toString("latin1") !== "PNG") return null;
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  },
  registered: [
    ...readFileSync(join(root, "src/functions/functions.ts"), "utf8").matchAll(
      /CustomFunctions\.associate\("([^"]+)"/g,
    ),
  ].map((match) => match[1] ?? ""),
  functionIdsOf(path) {
    const file = fileOf(path);
    if (file === null) return [];
    const { functions } = JSON.parse(readFileSync(file, "utf8")) as { functions: { id: string }[] };
    return functions.map(({ id }) => id);
  },
};

function parse(xml: string): Document {
  const manifest = new DOMParser().parseFromString(xml, "application/xml");
  const broken = manifest.getElementsByTagName("parsererror")[0];
  if (broken !== undefined) throw new Error(`not XML: ${broken.textContent ?? ""}`);
  return manifest;
}

type RuleName = keyof typeof manifestRules;
const rules = Object.entries(manifestRules) as [RuleName, ManifestRule][];

test.each(rules)("%s", (_, rule) => {
  expect(rule(parse(text), around)).toEqual([]);
});

const chinese = /<bt:Override Locale="zh-CN" Value="直播库存"\/>/;
const faults: [RuleName, string, string | RegExp, string][] = [
  [
    "every address is https",
    "http page",
    '"https://localhost:3000/taskpane',
    '"http://localhost:3000/taskpane',
  ],
  [
    "every address is https",
    "http help, Chinese only",
    'Value="https://localhost:3000/assets/help.zh',
    'Value="http://localhost:3000/assets/help.zh',
  ],
  [
    "every address is https",
    "http domain",
    "<Hosts>",
    "<AppDomains><AppDomain>http://localhost</AppDomain></AppDomains><Hosts>",
  ],
  [
    "every icon comes in 16, 32 and 80 pixels",
    "80 left out of one icon",
    /<bt:Image size="80" resid="Icon.80"\/>/,
    "",
  ],
  [
    "every icon comes in 16, 32 and 80 pixels",
    "16 left out",
    /<bt:Image size="16" resid="Icon.16"\/>/,
    "",
  ],
  [
    "every resource exists and is of the right kind",
    "a misspelt resource",
    'resid="Open.Label"',
    'resid="Open.Lable"',
  ],
  [
    "every resource exists and is of the right kind",
    "a short text for a long one",
    '<Description resid="Open.Description"',
    '<Description resid="Open.Title"',
  ],
  [
    "every resource exists and is of the right kind",
    "an address for an icon",
    'size="16" resid="Icon.16"',
    'size="16" resid="Help.Url"',
  ],
  [
    "runtime, page, commands and pane are the same resource",
    "another page",
    /(<Page>\s*<SourceLocation resid=")[^"]+/,
    "$1Help.Url",
  ],
  [
    "runtime, page, commands and pane are the same resource",
    "another function file",
    '<FunctionFile resid="Taskpane.Url"',
    '<FunctionFile resid="Help.Url"',
  ],
  [
    "runtime, page, commands and pane are the same resource",
    "another pane",
    /(ShowTaskpane">\s*<SourceLocation resid=")[^"]+/,
    "$1Help.Url",
  ],
  [
    "runtime, page, commands and pane are the same resource",
    "another runtime",
    '<Runtime resid="Taskpane.Url"',
    '<Runtime resid="Help.Url"',
  ],
  [
    "there is one long runtime and no pane of its own",
    "a short runtime",
    'lifetime="long"',
    'lifetime="short"',
  ],
  ["there is one long runtime and no pane of its own", "no runtime", /<Runtime [^>]*\/>/, ""],
  [
    "there is one long runtime and no pane of its own",
    "two runtimes",
    /(<Runtime [^>]*\/>)/,
    "$1$1",
  ],
  [
    "there is one long runtime and no pane of its own",
    "a pane of its own",
    /(ShowTaskpane">)/,
    "$1<TaskpaneId>Pane</TaskpaneId>",
  ],
  [
    "ids of groups and controls are unique",
    "the button named as its group",
    'id="StreamStock.Open"',
    'id="StreamStock.Group"',
  ],
  [
    "locales are language tags",
    "an underscore",
    'Locale="zh-CN" Value="直播库存"',
    'Locale="zh_CN" Value="直播库存"',
  ],
  [
    "locales are language tags",
    "a default in lower case",
    "<DefaultLocale>en-US",
    "<DefaultLocale>en-us",
  ],
  ["requirement sets exist", "a misspelt set", 'Name="SharedRuntime"', 'Name="SharedRuntimes"'],
  [
    "requirement sets exist",
    "a version to come",
    'Name="ExcelApi" MinVersion="1.14"',
    'Name="ExcelApi" MinVersion="1.99"',
  ],
  [
    "the namespace is plain capitals, the same in every language",
    "lower case",
    'DefaultValue="STREAM"',
    'DefaultValue="Stream"',
  ],
  [
    "the namespace is plain capitals, the same in every language",
    "translated",
    'DefaultValue="STREAM"/>',
    'DefaultValue="STREAM"><bt:Override Locale="zh-CN" Value="ZHIBO"/></bt:String>',
  ],
  [
    "every file is there, in its size and with the code's functions",
    "a missing icon",
    "icon-20.png",
    "icon-21.png",
  ],
  [
    "every file is there, in its size and with the code's functions",
    "an icon of the wrong size",
    "assets/icon-80.png",
    "assets/icon-64.png",
  ],
  [
    "every file is there, in its size and with the code's functions",
    "no metadata file",
    "3000/functions.json",
    "3000/functions.en.json",
  ],
  ["every text has its Chinese", "a label in English alone", chinese, ""],
  [
    "every text has its Chinese",
    "English given as Chinese",
    /Value="盯住直播库存"/,
    'Value="Watch the stock"',
  ],
  [
    "every text has its Chinese",
    "no Chinese name",
    /<Override Locale="zh-CN" Value="StreamStock 直播库存"\/>/,
    "",
  ],
];

describe("each rule is broken by", () => {
  test.each(faults)("(%s) %s", (name, _, from, to) => {
    const broken = text.replace(from, to);
    expect(broken).not.toBe(text);
    expect((manifestRules[name] as ManifestRule)(parse(broken), around)).not.toEqual([]);
  });

  test("(every file is there) a function that the code does not register", () => {
    const rule = manifestRules["every file is there, in its size and with the code's functions"];
    expect(rule(parse(text), { ...around, registered: ["SELLABLE"] })).toHaveLength(2);
  });

  test("at least one fault for every rule", () => {
    expect(new Set(faults.map(([name]) => name))).toEqual(new Set(Object.keys(manifestRules)));
  });
});

function has(command: string): boolean {
  try {
    execFileSync(command, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** A program of the machine, no package of ours. */
const validator = "xmllint";
const schema = resolve("../shared/reference/xsd/OfficeAppManifestV1_1.xsd");

if (existsSync(schema) && has(validator)) {
  describe("Microsoft's published schema", () => {
    const validate = (xml: string) => {
      const folder = mkdtempSync(join(tmpdir(), "manifest-"));
      const file = join(folder, "manifest.xml");
      writeFileSync(file, xml);
      try {
        execFileSync(validator, ["--noout", "--nonet", "--schema", schema, file], {
          stdio: "pipe",
        });
        return "valid";
      } catch (error) {
        return String((error as { stderr: Buffer }).stderr);
      } finally {
        rmSync(folder, { recursive: true });
      }
    };

    test("accepts the manifest", () => {
      expect(validate(text)).toBe("valid");
    });

    test("refuses it with a wrong permission, and with a label that is too long", () => {
      expect(validate(text.replace("ReadWriteDocument", "ReadWriteDocuments"))).not.toBe("valid");
      expect(validate(text.replace('"Stream stock"', `"${"Stream ".repeat(20)}"`))).not.toBe(
        "valid",
      );
    });
  });
} else {
  test.skip("SKIPPED: without xmllint and ../shared the manifest is not held against the schema", () =>
    undefined);
}

test("Microsoft's own tool reads the manifest", () => {
  const home = mkdtempSync(join(tmpdir(), "home-"));
  const tool = require.resolve("office-addin-manifest/cli.js");
  try {
    const said = execFileSync(process.execPath, [tool, "info", join(root, "manifest.xml")], {
      encoding: "utf8",
      env: { ...process.env, HOME: home, USERPROFILE: home, NO_COLOR: "1" },
      timeout: 30_000,
    });
    expect(said).toMatch(/Id: [0-9a-f-]{36}/);
    expect(said).toMatch(/Hosts: Workbook/);
    expect(said).toMatch(/Permissions: ReadWriteDocument/);
  } finally {
    rmSync(home, { recursive: true });
  }
}, 40_000);
