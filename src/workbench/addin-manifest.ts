/**
 * What the workbench needs of the add-in's manifest: the page of its shared runtime, the metadata
 * of its functions and their namespace. The manifest's addresses are those of an installed add-in;
 * here their paths are asked of the server that serves this page.
 */
import type { Language } from "./words";

export interface AddinManifest {
  readonly name: string;
  readonly page: string;
  readonly functions: string | null;
  readonly namespace: string;
}

/** Elements by local name: the manifest mixes three namespaces. */
function elements(root: Document | Element, name: string): Element[] {
  return [...root.getElementsByTagNameNS("*", name)];
}

/** The default value of a resource, or its override for the language. */
function localized(element: Element, language: Language): string {
  const override = elements(element, "Override").find(
    (one) => one.getAttribute("Locale")?.toLowerCase() === language.toLowerCase(),
  );
  return (
    (override ?? element).getAttribute(override === undefined ? "DefaultValue" : "Value") ?? ""
  );
}

function resource(manifest: Document, id: string | null, language: Language): string | null {
  if (id === null) return null;
  const resources = elements(manifest, "Resources")[0];
  if (resources === undefined) return null;
  const named = ["Url", "String"].flatMap((kind) => elements(resources, kind));
  const found = named.find((one) => one.getAttribute("id") === id);
  return found === undefined ? null : localized(found, language);
}

function here(address: string): string {
  const url = new URL(address, location.origin);
  return `${location.origin}${url.pathname}${url.search}`;
}

function resid(element: Element | undefined): string | null {
  return element?.getAttribute("resid") ?? null;
}

/** The manifest asks for Office.js from Microsoft's network; here nothing leaves the machine. */
const CDN_WISH = /\?office=cdn$/;

/** @throws when the manifest names no page */
export function readManifest(xml: string, language: Language): AddinManifest {
  const manifest = new DOMParser().parseFromString(xml, "application/xml");
  if (elements(manifest, "parsererror").length > 0) throw new Error("manifest.xml is not XML");
  const runtime = elements(manifest, "Runtime")[0];
  const page =
    resource(manifest, resid(runtime), language) ??
    elements(manifest, "SourceLocation")
      .map((one) => one.getAttribute("DefaultValue"))
      .find((value) => value !== null);
  if (page == null) throw new Error("manifest.xml names no page");
  const point = elements(manifest, "ExtensionPoint").find(
    (one) => one.getAttribute("xsi:type") === "CustomFunctions",
  );
  const metadata = point === undefined ? undefined : elements(point, "Metadata")[0];
  const source = metadata === undefined ? undefined : elements(metadata, "SourceLocation")[0];
  const functions = resource(manifest, resid(source), language);
  const space = point === undefined ? undefined : elements(point, "Namespace")[0];
  const title = elements(manifest, "DisplayName")[0];
  return {
    name: title === undefined ? "" : localized(title, language),
    page: here(page).replace(CDN_WISH, ""),
    functions: functions === null ? null : here(functions),
    namespace: resource(manifest, resid(space), language) ?? "",
  };
}
