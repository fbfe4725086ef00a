/**
 * What Excel asks of a manifest and no schema says (platform.md 1.6). Each rule reads the parsed
 * manifest and returns its complaints; none means kept. Needs a DOM.
 */

export interface Surroundings {
  /** The project's file behind a path such as "/assets/icon-16.png", or null. */
  fileOf(path: string): string | null;
  /** Width and height of a PNG behind such a path. */
  pixelsOf(path: string): { readonly width: number; readonly height: number } | null;
  /** Ids of the functions: as registered by the code, and in each metadata file by its path. */
  readonly registered: readonly string[];
  functionIdsOf(path: string): readonly string[];
}

export type ManifestRule = (manifest: Document, around: Surroundings) => string[];

type Kind = "Url" | "Image" | "ShortString" | "LongString";

function elements(root: Document | Element, name: string): Element[] {
  return [...root.getElementsByTagNameNS("*", name)];
}

function attribute(element: Element, name: string): string {
  return element.getAttribute(name) ?? "";
}

function residOf(element: Element | undefined): string {
  return element === undefined ? "" : attribute(element, "resid");
}

function child(element: Element, name: string): Element | undefined {
  return [...element.children].find((one) => one.localName === name);
}

function resourcesOf(manifest: Document): Map<string, { kind: Kind; element: Element }> {
  const found = new Map<string, { kind: Kind; element: Element }>();
  const groups: [string, string, Kind][] = [
    ["Urls", "Url", "Url"],
    ["Images", "Image", "Image"],
    ["ShortStrings", "String", "ShortString"],
    ["LongStrings", "String", "LongString"],
  ];
  for (const resources of elements(manifest, "Resources")) {
    for (const [group, name, kind] of groups) {
      for (const holder of elements(resources, group)) {
        for (const element of elements(holder, name)) {
          found.set(attribute(element, "id"), { kind, element });
        }
      }
    }
  }
  return found;
}

/** Every address in the manifest, with its overrides. */
function addresses(manifest: Document): string[] {
  const named = ["IconUrl", "HighResolutionIconUrl", "SupportUrl", "SourceLocation", "AppDomain"];
  const holders = [
    ...named.flatMap((name) => elements(manifest, name)),
    ...elements(manifest, "Resources").flatMap((r) => [
      ...elements(r, "Url"),
      ...elements(r, "Image"),
    ]),
  ];
  const values = holders.flatMap((holder) => [
    attribute(holder, "DefaultValue"),
    holder.localName === "AppDomain" ? (holder.textContent ?? "") : "",
    ...elements(holder, "Override").map((override) => attribute(override, "Value")),
  ]);
  return values.filter((value) => value !== "");
}

function addressesAreSecure(manifest: Document): string[] {
  return addresses(manifest).filter((address) => !address.startsWith("https://"));
}

function iconsHaveTheirSizes(manifest: Document): string[] {
  return elements(manifest, "Icon").flatMap((icon) => {
    const sizes = elements(icon, "Image").map((image) => attribute(image, "size"));
    return ["16", "32", "80"].filter((size) => !sizes.includes(size)).map((size) => `no ${size}`);
  });
}

/** Which kind of resource an element may name. */
function kindFor(element: Element): Kind {
  const parent = element.parentElement?.localName ?? "";
  if (element.localName === "Image") return "Image";
  if (element.localName === "Description") return "LongString";
  if (["Title", "Label", "Namespace"].includes(element.localName)) return "ShortString";
  if (["SourceLocation", "Runtime", "FunctionFile", "LearnMoreUrl"].includes(element.localName)) {
    return "Url";
  }
  throw new Error(`which resource may <${element.localName}> in <${parent}> name?`);
}

function resourcesResolve(manifest: Document): string[] {
  const resources = resourcesOf(manifest);
  return [...manifest.querySelectorAll("[resid]")].flatMap((element) => {
    const resid = residOf(element);
    const kind = resources.get(resid)?.kind;
    if (kind === undefined) return [`${resid} is not there`];
    return kind === kindFor(element) ? [] : [`${resid} is a ${kind}`];
  });
}

function oneSharedPage(manifest: Document): string[] {
  const runtime = residOf(elements(manifest, "Runtime")[0]);
  const page = elements(manifest, "Page").flatMap((element) => elements(element, "SourceLocation"));
  const panes = elements(manifest, "Action")
    .filter((action) => attribute(action, "xsi:type") === "ShowTaskpane")
    .flatMap((action) => elements(action, "SourceLocation"));
  const users = [...page, ...elements(manifest, "FunctionFile"), ...panes];
  if (page.length === 0 || panes.length === 0) return ["no page or no pane"];
  return users.filter((user) => residOf(user) !== runtime).map((user) => residOf(user));
}

function oneLongRuntime(manifest: Document): string[] {
  const runtimes = elements(manifest, "Runtime");
  const complaints = runtimes
    .filter((runtime) => attribute(runtime, "lifetime") !== "long")
    .map(() => "not long");
  if (runtimes.length !== 1) complaints.push(`${runtimes.length} runtimes`);
  if (elements(manifest, "TaskpaneId").length > 0) complaints.push("a TaskpaneId");
  return complaints;
}

function controlsAreUnique(manifest: Document): string[] {
  const ids = [...elements(manifest, "Control"), ...elements(manifest, "Group")].map((element) =>
    attribute(element, "id"),
  );
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}

function isLocale(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text)[0] === text;
  } catch {
    return false;
  }
}

function localesAreLanguageTags(manifest: Document): string[] {
  const locales = [
    ...elements(manifest, "DefaultLocale").map((element) => element.textContent ?? ""),
    ...elements(manifest, "Override").map((override) => attribute(override, "Locale")),
  ];
  return locales.filter((locale) => !isLocale(locale));
}

/** Sets that a manifest of ours may ask for, with the highest 1.x that Excel has. */
const knownSets: Readonly<Record<string, number>> = {
  CustomFunctionsRuntime: 5,
  ExcelApi: 20,
  SharedRuntime: 2,
};

function requirementsAreKnown(manifest: Document): string[] {
  return elements(manifest, "Set").flatMap((set) => {
    const name = attribute(set, "Name");
    const version = attribute(set, "MinVersion");
    const minor = Number(/^1\.(\d+)$/.exec(version)?.[1] ?? NaN);
    const known = Object.hasOwn(knownSets, name) && minor >= 1 && minor <= (knownSets[name] ?? 0);
    return known ? [] : [`${name} ${version}`];
  });
}

function namespaceIsPlain(manifest: Document): string[] {
  const resources = resourcesOf(manifest);
  const resid = residOf(elements(manifest, "Namespace")[0]);
  const element = resources.get(resid)?.element;
  if (element === undefined) return ["no namespace"];
  const name = attribute(element, "DefaultValue");
  const complaints = /^[A-Z][A-Z0-9_.]*$/.test(name) ? [] : [name];
  // Formulas are shared between languages, so the name must not change with them.
  if (elements(element, "Override").length > 0) complaints.push("translated");
  return complaints;
}

function pathOf(address: string): string {
  return new URL(address).pathname;
}

function filesAreThere(manifest: Document, around: Surroundings): string[] {
  const missing = addresses(manifest)
    .filter((address) => URL.canParse(address))
    .filter((address) => around.fileOf(pathOf(address)) === null);
  const resources = resourcesOf(manifest);
  const sized = elements(manifest, "Icon")
    .flatMap((icon) => elements(icon, "Image"))
    .map((image): [string, number] => {
      const element = resources.get(residOf(image))?.element;
      return [element ? attribute(element, "DefaultValue") : "", Number(attribute(image, "size"))];
    });
  const base = (name: string, size: number) =>
    elements(manifest, name).map((e): [string, number] => [attribute(e, "DefaultValue"), size]);
  const blurred = [...sized, ...base("IconUrl", 32), ...base("HighResolutionIconUrl", 64)]
    .filter(([address]) => URL.canParse(address))
    .filter(([address, size]) => {
      const pixels = around.pixelsOf(pathOf(address));
      return pixels?.width !== size || pixels.height !== size;
    })
    .map(([address, size]) => `${address} is not ${size} pixels`);
  return [...missing, ...blurred, ...metadataAgrees(manifest, around)];
}

function metadataAgrees(manifest: Document, around: Surroundings): string[] {
  const resources = resourcesOf(manifest);
  const resid = residOf(
    elements(manifest, "Metadata").flatMap((m) => elements(m, "SourceLocation"))[0],
  );
  const element = resources.get(resid)?.element;
  if (element === undefined) return ["no metadata"];
  const wanted = [...around.registered].sort().join();
  return [
    attribute(element, "DefaultValue"),
    ...elements(element, "Override").map((o) => attribute(o, "Value")),
  ]
    .filter((address) => URL.canParse(address))
    .filter((address) => [...around.functionIdsOf(pathOf(address))].sort().join() !== wanted)
    .map((address) => `${address} has other functions than the code`);
}

function chineseIsComplete(manifest: Document): string[] {
  const namespace = residOf(elements(manifest, "Namespace")[0]);
  const root = manifest.documentElement;
  const texts = [
    ...["DisplayName", "Description", "SupportUrl"].map((name) => child(root, name)),
    ...[...resourcesOf(manifest).values()]
      .filter(({ kind }) => kind === "ShortString" || kind === "LongString")
      .map(({ element }) => element)
      .filter((element) => attribute(element, "id") !== namespace),
  ].filter((element) => element !== undefined);
  return texts
    .filter((element) => {
      const override = elements(element, "Override").find(
        (o) => attribute(o, "Locale") === "zh-CN",
      );
      const value = override === undefined ? "" : attribute(override, "Value");
      return element.localName === "SupportUrl" ? value === "" : !/\p{Script=Han}/u.test(value);
    })
    .map((element) => attribute(element, "id") || element.localName);
}

/** The eleven rules, each under the sentence that holds. */
export const manifestRules = {
  "every address is https": addressesAreSecure,
  "every icon comes in 16, 32 and 80 pixels": iconsHaveTheirSizes,
  "every resource exists and is of the right kind": resourcesResolve,
  "runtime, page, commands and pane are the same resource": oneSharedPage,
  "there is one long runtime and no pane of its own": oneLongRuntime,
  "ids of groups and controls are unique": controlsAreUnique,
  "locales are language tags": localesAreLanguageTags,
  "requirement sets exist": requirementsAreKnown,
  "the namespace is plain capitals, the same in every language": namespaceIsPlain,
  "every file is there, in its size and with the code's functions": filesAreThere,
  "every text has its Chinese": chineseIsComplete,
} satisfies Record<string, ManifestRule>;
