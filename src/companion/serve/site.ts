/** The pages and files that a browser or Excel loads from the companion. */
import { join } from "node:path";
import { refusal, refusalResponse } from "../refusal";
import { CaselessFolder, Folder, type FoundFile } from "./folder";
import {
  officeFallbackPath,
  officeFallbackScript,
  taskpanePage,
  taskpanePolicy,
  trustedTypesPath,
  trustedTypesScript,
  type OfficeSource,
} from "./taskpane-page";

export interface SiteOptions {
  /** The project's folder: dist/, build/workbench/, manifest.xml and node_modules/ lie in it. */
  readonly root: string;
  readonly token: string;
}

const contentTypes: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  csv: "text/csv; charset=utf-8",
  gif: "image/gif",
  html: "text/html; charset=utf-8",
  ico: "image/x-icon",
  jpg: "image/jpeg",
  js: "text/javascript; charset=utf-8",
  json: "application/json; charset=utf-8",
  map: "application/json; charset=utf-8",
  png: "image/png",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
  wasm: "application/wasm",
  woff: "font/woff",
  woff2: "font/woff2",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  xml: "application/xml; charset=utf-8",
};

/** Excel fetches icons itself and will not show one that it may not keep. */
const images = new Set(["gif", "ico", "jpg", "png", "svg"]);

const workbenchPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** For scripts: binds a worker, which has the rules of its own file and not those of the page. */
const workerPolicy = "default-src 'none'; script-src 'self'; connect-src 'self'";

/** The page that checks stock proofs; also the name of its file. */
const VERIFY_PATH = "/verify.html";

export type Site = (request: Request) => Promise<Response>;

export function createSite(options: SiteOptions): Site {
  const addin = new Folder(join(options.root, "dist"));
  const workbench = new Folder(join(options.root, "build", "workbench"));
  const verify = new Folder(join(options.root, "build", "verify"));
  const project = new Folder(options.root);
  const office = new CaselessFolder(
    join(options.root, "node_modules", "@microsoft", "office-js", "dist"),
  );

  async function taskpane(url: URL): Promise<Response> {
    const template = await addin.find("/taskpane.html");
    if (template === null) return notBuilt();
    const source: OfficeSource = url.searchParams.get("office") === "cdn" ? "cdn" : "local";
    return page(taskpanePage(template.bytes.toString("utf8"), options.token, source), {
      "content-security-policy": taskpanePolicy(source),
    });
  }

  async function workbenchFile(path: string, request: Request): Promise<Response> {
    if (path !== "/" && path !== "/index.html") {
      return fileResponse(path, await workbench.find(path), request);
    }
    const index = await workbench.find("/index.html");
    if (index === null) return notBuilt();
    return page(index.bytes.toString("utf8"), { "content-security-policy": workbenchPolicy });
  }

  async function verifyPage(): Promise<Response> {
    const file = await verify.find(VERIFY_PATH);
    if (file === null) return notBuilt();
    // The rest of its policy stands in the page: it travels without us, too.
    const policy = "frame-ancestors 'none'; connect-src 'none'";
    return page(file.bytes.toString("utf8"), { "content-security-policy": policy });
  }

  return async (request) => {
    const url = new URL(request.url);
    const path = url.pathname;
    if (path === "/" || path === "/workbench") return redirect("/workbench/");
    if (path.startsWith("/workbench/")) return workbenchFile(path.slice(10), request);
    if (path === "/taskpane.html") return taskpane(url);
    if (path === VERIFY_PATH) return verifyPage();
    if (path === "/manifest.xml") return fileResponse(path, await project.find(path), request);
    if (path === officeFallbackPath) return script(officeFallbackScript);
    if (path === trustedTypesPath) return script(trustedTypesScript);
    if (path === "/favicon.ico") return new Response(null, { status: 204, headers: common });
    if (path.toLowerCase().startsWith("/office-js/")) {
      return fileResponse(path, await office.find(path.slice(10)), request);
    }
    return fileResponse(path, await addin.find(path), request);
  };
}

const common: Readonly<Record<string, string>> = {
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
};

function page(html: string, headers: Readonly<Record<string, string>>): Response {
  return new Response(html, {
    headers: {
      ...common,
      ...headers,
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "cross-origin-opener-policy": "same-origin-allow-popups",
    },
  });
}

function script(text: string): Response {
  return new Response(text, {
    headers: {
      ...common,
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "no-cache",
    },
  });
}

function redirect(location: string): Response {
  return new Response(null, {
    status: 302,
    headers: { ...common, location, "cache-control": "no-store" },
  });
}

function notBuilt(): Response {
  return new Response("This page is not built yet. Run: npm start\n", {
    status: 503,
    headers: { ...common, "content-type": "text/plain; charset=utf-8", "retry-after": "2" },
  });
}

function extensionOf(path: string): string {
  return /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? "";
}

function cacheControl(path: string, extension: string): string {
  if (extension === "html") return "no-store";
  if (/\.[0-9a-f]{8,}\.[a-z0-9]+(\.map)?$/.test(path)) return "public, max-age=31536000, immutable";
  if (images.has(extension)) return "public, max-age=86400";
  if (path.toLowerCase().startsWith("/office-js/")) return "public, max-age=3600";
  return "no-cache";
}

function fileResponse(path: string, file: FoundFile | null, request: Request): Response {
  if (file === null) return refusalResponse(refusal("not_found", "No such file"));
  const extension = extensionOf(path);
  const headers: Record<string, string> = {
    ...common,
    "content-type": contentTypes[extension] ?? "application/octet-stream",
    "cache-control": cacheControl(path, extension),
    etag: file.tag,
    ...(extension === "js" ? { "content-security-policy": workerPolicy } : {}),
  };
  if (request.headers.get("if-none-match") === file.tag) {
    return new Response(null, { status: 304, headers });
  }
  return new Response(new Uint8Array(file.bytes), { headers });
}
