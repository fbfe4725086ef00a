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
 * Scripts from us alone (and Microsoft, when asked for), none inline. Style tags are made at run
 * time by Fluent UI and by Office.js, so those are allowed.
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
    `frame-ancestors 'self' ${excelOnTheWeb}`,
  ].join("; ");
}

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
      : `<script src="/office-js/office.js"></script>`;
  return template
    .replaceAll(tokenTag, "")
    .replace(/<head\b[^>]*>/i, (head) => `${head}${meta}`)
    .replace(officeTag, scripts);
}
