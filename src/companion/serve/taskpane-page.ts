/**
 * The add-in's page as it is served: with the install's token in a meta tag, and with Office.js from
 * this machine or, for `?office=cdn`, from Microsoft with the local copy behind it.
 */

const OFFICE_CDN = "https://appsforoffice.microsoft.com";
const OFFICE_CDN_SCRIPT = `${OFFICE_CDN}/lib/1/hosted/office.js`;

/** Where Excel on the web frames an add-in from. */
const excelOnTheWeb =
  "https://*.officeapps.live.com https://*.office.com https://*.microsoft.com https://*.sharepoint.com";

export type OfficeSource = "local" | "cdn";

/**
 * Scripts from us alone (and Microsoft, when asked for), none inline, and no text that becomes markup:
 * where a browser has Trusted Types, a title that found its way into `innerHTML` stops there. Style tags
 * are made at run time by Fluent UI and by Office.js, so those are allowed; with images from here
 * alone, a style can tell nobody anything.
 */
export function taskpanePolicy(office: OfficeSource): string {
  const cdn = office === "cdn" ? ` ${OFFICE_CDN}` : "";
  return [
    "default-src 'none'",
    `script-src 'self'${cdn}`,
    `style-src 'self' 'unsafe-inline'${cdn}`,
    `img-src 'self' data: blob:${cdn}`,
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    `frame-src 'self'${cdn}`,
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
    // Microsoft's copy changes without notice, and what it does with markup is not ours to forbid.
    ...(office === "local" ? ["require-trusted-types-for 'script'", "trusted-types default"] : []),
    `frame-ancestors 'self' ${excelOnTheWeb}`,
  ].join("; ");
}

/**
 * The page's first script: an address of a script or a worker may be a text if it is one of ours
 * (Office.js loads its parts that way), and a text may be parsed into a document beside the page.
 * Markup in the page itself is made of no text at all.
 */
export const trustedTypesPath = "/trusted-types.js";
export const trustedTypesScript = `"use strict";
if (globalThis.trustedTypes) {
  trustedTypes.createPolicy("default", {
    createScriptURL: (text) =>
      new URL(text, location.href).origin === location.origin ? text : null,
    createHTML: (text, type, sink) => (sink === "DOMParser parseFromString" ? text : null),
  });
}
`;

/** The script of our own that loads the local copy when the CDN's did not come. */
export const officeFallbackPath = "/office-fallback.js";
export const officeFallbackScript = `"use strict";
if (typeof Office === "undefined") {
  // Office.js finds its other files beside the first script of its name: the one that failed.
  document.querySelectorAll('script[src^="${OFFICE_CDN}/"]').forEach((script) => script.remove());
  // A script written here runs before the page's next one, as office.js itself would have.
  document.write('<script src="/office-js/office.js"><\\/script>');
}
`;

const officeTag = /<script\b[^>]*\bsrc\s*=\s*["']?[^"'\s>]*\/office\.js["']?[^>]*>\s*<\/script>/i;
const tokenTag = /<meta\b[^>]*\bname\s*=\s*["']streamstock-token["'][^>]*>/gi;

export function taskpanePage(template: string, token: string, office: OfficeSource): string {
  const meta = `<meta name="streamstock-token" content="${token}">`;
  const scripts =
    office === "cdn"
      ? `<script src="${OFFICE_CDN_SCRIPT}"></script><script src="${officeFallbackPath}"></script>`
      : `<script src="${trustedTypesPath}"></script><script src="/office-js/office.js"></script>`;
  return template
    .replaceAll(tokenTag, "")
    .replace(/<head\b[^>]*>/i, (head) => `${head}${meta}`)
    .replace(officeTag, scripts);
}
