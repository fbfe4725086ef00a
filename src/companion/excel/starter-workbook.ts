/**
 * The starter workbook as a file: the opening sheets, and a part that makes Excel open the add-in's pane
 * with it, by the registration that `npm run excel` made on this computer (platform.md 5).
 */
import { escapeXml, MAIN, sheetXml, stylesXml, xml } from "./sheet-xml";
import type { Starter } from "./starter";
import { zip } from "./zip";

export interface AddinReference {
  /** The manifest's Id and Version. */
  readonly id: string;
  readonly version: string;
}

const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const EXTENSION = "http://schemas.microsoft.com/office/2011/relationships";
const WEB = "http://schemas.microsoft.com/office/webextensions";
const SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

export function starterWorkbook(starter: Starter, addin: AddinReference): Buffer {
  const styles = Object.keys(starter.styles);
  const activeAt = Math.max(
    0,
    starter.sheets.findIndex(({ name }) => name === starter.active),
  );
  const sheets = starter.sheets.map((sheet, at) => ({
    name: `xl/worksheets/sheet${at + 1}.xml`,
    text: sheetXml(sheet, styles, at === activeAt),
  }));
  return zip([
    { name: "[Content_Types].xml", text: contentTypes(sheets.length) },
    {
      name: "_rels/.rels",
      text: relationships([
        [`${DOCUMENT}/officeDocument`, "xl/workbook.xml"],
        [`${EXTENSION}/webextensiontaskpanes`, "xl/webextensions/taskpanes.xml"],
      ]),
    },
    { name: "xl/workbook.xml", text: workbookXml(starter, activeAt) },
    {
      name: "xl/_rels/workbook.xml.rels",
      text: relationships([
        ...sheets.map(
          (_, at) => [`${DOCUMENT}/worksheet`, `worksheets/sheet${at + 1}.xml`] as const,
        ),
        [`${DOCUMENT}/styles`, "styles.xml"],
      ]),
    },
    { name: "xl/styles.xml", text: stylesXml(starter) },
    ...sheets,
    { name: "xl/webextensions/taskpanes.xml", text: taskpanesXml },
    {
      name: "xl/webextensions/_rels/taskpanes.xml.rels",
      text: relationships([[`${EXTENSION}/webextension`, "webextension1.xml"]]),
    },
    { name: "xl/webextensions/webextension1.xml", text: webextensionXml(addin) },
  ]);
}

function contentTypes(sheets: number): string {
  const overrides: readonly (readonly [string, string])[] = [
    ["xl/workbook.xml", `${SHEET_TYPE}.sheet.main+xml`],
    ["xl/styles.xml", `${SHEET_TYPE}.styles+xml`],
    ...Array.from(
      { length: sheets },
      (_, at) => [`xl/worksheets/sheet${at + 1}.xml`, `${SHEET_TYPE}.worksheet+xml`] as const,
    ),
    ["xl/webextensions/taskpanes.xml", "application/vnd.ms-office.webextensiontaskpanes+xml"],
    ["xl/webextensions/webextension1.xml", "application/vnd.ms-office.webextension+xml"],
  ];
  return [
    `${xml}<Types xmlns="${PACKAGE}/content-types">`,
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    '<Default Extension="xml" ContentType="application/xml"/>',
    ...overrides.map(([part, type]) => `<Override PartName="/${part}" ContentType="${type}"/>`),
    "</Types>",
  ].join("");
}

function relationships(list: readonly (readonly [string, string])[]): string {
  const items = list.map(
    ([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${type}" Target="${target}"/>`,
  );
  return `${xml}<Relationships xmlns="${PACKAGE}/relationships">${items.join("")}</Relationships>`;
}

function workbookXml(starter: Starter, activeAt: number): string {
  const sheets = starter.sheets.map(
    ({ name }, at) => `<sheet name="${escapeXml(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  );
  const names = Object.entries(starter.names).map(
    ([name, target]) => `<definedName name="${escapeXml(name)}">${escapeXml(target)}</definedName>`,
  );
  return [
    `${xml}<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}">`,
    `<bookViews><workbookView activeTab="${activeAt}"/></bookViews>`,
    `<sheets>${sheets.join("")}</sheets>`,
    names.length === 0 ? "" : `<definedNames>${names.join("")}</definedNames>`,
    '<calcPr calcId="191029" fullCalcOnLoad="1"/>',
    "</workbook>",
  ].join("");
}

/** Docked on the right, open, as wide as Excel makes a pane. */
const taskpanesXml = [
  `${xml}<wetp:taskpanes xmlns:wetp="${WEB}/taskpanes/2010/11">`,
  '<wetp:taskpane dockstate="right" visibility="1" width="350" row="1">',
  `<wetp:webextensionref xmlns:r="${DOCUMENT}" r:id="rId1"/>`,
  "</wetp:taskpane></wetp:taskpanes>",
].join("");

function webextensionXml({ id, version }: AddinReference): string {
  const reference = `id="${escapeXml(id)}" version="${escapeXml(version)}" store="developer" storeType="Registry"`;
  return [
    `${xml}<we:webextension xmlns:we="${WEB}/webextension/2010/11" id="{${escapeXml(id.toUpperCase())}}">`,
    `<we:reference ${reference}/>`,
    "<we:alternateReferences/><we:properties/><we:bindings/>",
    `<we:snapshot xmlns:r="${DOCUMENT}"/>`,
    "</we:webextension>",
  ].join("");
}
