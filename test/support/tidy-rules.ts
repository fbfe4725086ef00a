/**
 * What the house asks of its own source (architecture.md section 3) and no linter says. A rule reads
 * one file, or the list of them, and returns its complaints; none means kept. Rules look at the
 * syntax, not at the text, wherever a comment may speak of what code may not do.
 */
import { posix } from "node:path";
import ts from "typescript";

export interface SourceFile {
  /** From the project's root, with slashes. */
  readonly path: string;
  readonly text: string;
}

export type FileRule = (file: SourceFile) => string[];

const isCode = (path: string) => /\.(ts|tsx|mjs)$/.test(path);
const isShipped = (path: string) => path.startsWith("src/");

/** A file is parsed once, however many rules look at it. */
const parsed = new WeakMap<SourceFile, ts.SourceFile>();

function parse(file: SourceFile): ts.SourceFile {
  const known = parsed.get(file);
  if (known !== undefined) return known;
  const kind = file.path.endsWith(".tsx") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true, kind);
  parsed.set(file, source);
  return source;
}

/** What `find` says of each node of a file, with the line it stands on. */
function findings(file: SourceFile, find: (node: ts.Node) => string | null): string[] {
  const source = parse(file);
  const complaints: string[] = [];
  const visit = (node: ts.Node): void => {
    const found = find(node);
    if (found !== null) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      complaints.push(`${file.path}:${line + 1} ${found}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return complaints;
}

export const LINES_MAX = 400;

export const staysShort: FileRule = ({ path, text }) => {
  const lines = text.trimEnd().split("\n").length;
  return isCode(path) && lines > LINES_MAX ? [`${path} has ${lines} lines`] : [];
};

const clockPlaces = /^src\/(base|companion|sandbox|workbench)\/|\/main\.ts$/;

/** Time and chance are arguments, so that a run can be played again. */
export const takesClockAndDice: FileRule = (file) => {
  if (!isShipped(file.path) || !isCode(file.path) || clockPlaces.test(file.path)) return [];
  if (!/Date|Math\.random|performance/.test(file.text)) return [];
  return findings(file, (node) => {
    if (ts.isPropertyAccessExpression(node)) {
      const name = node.getText();
      return ["Date.now", "Math.random", "performance.now"].includes(name) ? name : null;
    }
    const now = ts.isNewExpression(node) && node.expression.getText() === "Date";
    return now && (node.arguments?.length ?? 0) === 0 ? "new Date()" : null;
  });
};

export const speaksExcelInWorkbook: FileRule = (file) => {
  if (!isShipped(file.path) || !isCode(file.path) || file.path.startsWith("src/workbook/")) {
    return [];
  }
  if (!file.text.includes("Excel")) return [];
  return findings(file, (node) => {
    if (ts.isPropertyAccessExpression(node) && node.expression.getText() === "Excel") {
      return node.getText();
    }
    return ts.isQualifiedName(node) && node.left.getText() === "Excel" ? node.getText() : null;
  });
};

/** worker.ts is the composition root that hands the browser's fetch to the relay's client. */
const fetchPlaces = /^src\/(channels\/http|companion|workbench)\/|^src\/worker\/worker\.ts$/;

export const fetchesInItsPlace: FileRule = (file) => {
  if (!isShipped(file.path) || !isCode(file.path) || fetchPlaces.test(file.path)) return [];
  if (!file.text.includes("fetch")) return [];
  return findings(file, (node) => {
    if (!ts.isCallExpression(node)) return null;
    return /^((globalThis|window|self)\.)?fetch$/.test(node.expression.getText()) ? "fetch" : null;
  });
};

// Put together, so that the rule does not find itself.
const leftovers = new RegExp(`\\b(${["TO" + "DO", "FIX" + "ME", "XX" + "X"].join("|")})\\b`);
const printed = "console" + ".log";
/** Programs of the terminal: to print is what they are for. */
const isTerminal = (path: string) => path.startsWith("src/companion/") && path.endsWith(".mjs");

export const leavesNothingOver: FileRule = ({ path, text }) =>
  text.split("\n").flatMap((line, index) => {
    const left = leftovers.exec(line)?.[0];
    const print =
      isShipped(path) && !isTerminal(path) && line.includes(printed) ? printed : undefined;
    const found = left ?? print;
    return found === undefined ? [] : [`${path}:${index + 1} ${found}`];
  });

/** A home, a temporary or a project folder of the machine something was written on. */
const machinePaths = [
  /(?<![\w.~/-])\/(work|root|tmp|var\/tmp)\/[\w.]/,
  /(?<![\w.~/-])\/(home|Users)\/[\w.-]+\//,
  /\b[A-Za-z]:\\{1,2}(Users|work|temp)\\/i,
];

export const namesNoMachine: FileRule = ({ path, text }) =>
  text.split("\n").flatMap((line, index) => {
    const found = machinePaths.map((pattern) => pattern.exec(line)?.[0]).find((hit) => hit);
    return found === undefined ? [] : [`${path}:${index + 1} ${found}`];
  });

const wordPlaces =
  /^src\/locale\/|^src\/workbench\/words\.ts$|^src\/functions\/functions\.zh-CN\.json$|^src\/sandbox\/.*\.json$|^src\/channels\/exports\/headers\.zh-CN\.json$|\.md$/;
const asian = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Chinese is for people to read, and what people read is in `locale`. */
export const keepsWordsInLocale: FileRule = (file) => {
  const { path, text } = file;
  if (!isShipped(path) || wordPlaces.test(path)) return [];
  if (!asian.test(text)) return [];
  if (!isCode(path)) return [path];
  return findings(file, (node) => {
    const literal =
      ts.isStringLiteralLike(node) ||
      ts.isTemplateLiteralToken(node) ||
      ts.isJsxText(node) ||
      ts.isRegularExpressionLiteral(node);
    return literal && asian.test(node.text) ? node.text.trim() : null;
  });
};

const spokenAttributes = /^(alt|title|label|placeholder|content|aria-label|aria-description)$/;
const letters = /\p{L}{2,}/u;

/** Nothing that a person reads or hears is written into a component. */
export const writesNoTextInComponents: FileRule = (file) => {
  if (!isShipped(file.path) || !file.path.endsWith(".tsx")) return [];
  return findings(file, (node) => {
    if (ts.isJsxText(node)) return letters.test(node.text) ? node.text.trim() : null;
    if (ts.isJsxExpression(node) && ts.isJsxElement(node.parent)) {
      const { expression } = node;
      const literal = expression !== undefined && ts.isStringLiteralLike(expression);
      return literal && letters.test(expression.text) ? expression.text : null;
    }
    if (!ts.isJsxAttribute(node) || !spokenAttributes.test(node.name.getText())) return null;
    const value = node.initializer;
    const literal = value !== undefined && ts.isStringLiteral(value);
    return literal && letters.test(value.text) ? `${node.name.getText()}=${value.text}` : null;
  });
};

/** The lockfile is for every registry and mirror: it may not say where a package was fetched. */
export function lockNamesNoAddress(lock: string): string[] {
  const { packages = {} } = JSON.parse(lock) as {
    packages?: Record<string, { resolved?: string }>;
  };
  return Object.entries(packages).flatMap(([name, { resolved }]) =>
    resolved === undefined ? [] : [`${name} ${resolved}`],
  );
}

/** architecture.md section 3, and what tools insist on. */
const topLevel = new Set([
  ...["src", "assets", "test", "manifest.xml", "README.md", "CHANGELOG.md", "LICENSE"],
  ...["package.json", "package-lock.json", "tsconfig.json", "webpack.config.js"],
  ...["eslint.config.mjs", ".dependency-cruiser.cjs", "knip.json", ".npmrc"],
  ...[".ci", ".gitignore", ".gitattributes", ".prettierignore"],
]);
/** Made by tools, never kept. */
const made = new Set([".git", "node_modules", "dist", "build", "coverage"]);

export function topLevelIsKnown(names: readonly string[]): string[] {
  return names.filter((name) => !topLevel.has(name) && !made.has(name));
}

function opensWithItsPurpose(file: SourceFile | undefined): boolean {
  return file !== undefined && /^\s*\/\*\*/.test(file.text);
}

/** `channels` is explained by channel.ts, `tiktok` by tiktok-channel.ts, a program by main.ts or server.ts. */
function speaksFor(folder: string, fileName: string): boolean {
  const name = fileName.replace(/\.(ts|tsx)$/, "");
  return (
    [folder, folder.replace(/s$/, ""), "main", "server"].includes(name) ||
    name.startsWith(`${folder}-`)
  );
}

/**
 * Every folder says what it is for: in its README, at the head of the file that bears its name, or,
 * for a folder within a folder, in the README of the one around it.
 */
export function foldersExplainThemselves(files: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const folders = new Set(
    files.filter(({ path }) => isCode(path)).map(({ path }) => posix.dirname(path)),
  );
  folders.delete("src");
  return [...folders].sort().filter((folder) => {
    if (byPath.has(`${folder}/README.md`)) return false;
    const name = posix.basename(folder);
    const own = files.filter(
      ({ path }) => posix.dirname(path) === folder && speaksFor(name, posix.basename(path)),
    );
    if (own.some(opensWithItsPurpose)) return false;
    for (let around = posix.dirname(folder); around !== "src" && around !== ".";) {
      if (byPath.get(`${around}/README.md`)?.text.includes(`${name}/`)) return false;
      around = posix.dirname(around);
    }
    return true;
  });
}
