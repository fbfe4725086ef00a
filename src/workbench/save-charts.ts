/**
 * Charts in the saved file: ExcelJS writes none, so their parts are put into its package afterwards
 * (ECMA-376, DrawingML charts and spreadsheet drawings).
 */
import JSZip from "jszip";
import { type Area, boxName, quoteSheet } from "./backend/area";
import type {
  AxisFacts,
  ChartFacts,
  ChartType,
  SeriesFacts,
  WorkbookBackend,
} from "./backend/backend";
import { isCellError } from "./backend/backend";

const EMU_PER_POINT = 12_700;
const DRAWING = "http://schemas.openxmlformats.org/drawingml/2006";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships";
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function reference(backend: WorkbookBackend, area: Area): string {
  const sheet = backend.sheets().find(({ id }) => id === area.sheet)?.name ?? "";
  return escaped(`${quoteSheet(sheet)}!${boxName(area, true)}`);
}

/** With what stands there now, so that programs which do not calculate show it too. */
function numbers(backend: WorkbookBackend, area: Area): string {
  const values = backend.read(area).flatMap((row) => row.map(({ value }) => value));
  const points = values.map((value, index) =>
    typeof value === "number" ? `<c:pt idx="${index}"><c:v>${value}</c:v></c:pt>` : "",
  );
  const cache = `<c:formatCode>General</c:formatCode><c:ptCount val="${values.length}"/>${points.join("")}`;
  return `<c:numRef><c:f>${reference(backend, area)}</c:f><c:numCache>${cache}</c:numCache></c:numRef>`;
}

function texts(backend: WorkbookBackend, area: Area): string {
  const values = backend.read(area).flatMap((row) => row.map(({ text }) => text));
  const points = values.map(
    (text, index) => `<c:pt idx="${index}"><c:v>${escaped(text)}</c:v></c:pt>`,
  );
  const cache = `<c:ptCount val="${values.length}"/>${points.join("")}`;
  return `<c:strRef><c:f>${reference(backend, area)}</c:f><c:strCache>${cache}</c:strCache></c:strRef>`;
}

function isNumeric(backend: WorkbookBackend, area: Area): boolean {
  return backend
    .read(area)
    .every((row) => row.every(({ value }) => typeof value === "number" || isCellError(value)));
}

function seriesXml(
  backend: WorkbookBackend,
  { name, values, categories, color }: SeriesFacts,
  index: number,
  type: ChartType,
): string {
  const solid = `<a:solidFill><a:srgbClr val="${(color ?? "#0F6CBD").slice(1)}"/></a:solidFill>`;
  const isLine = !type.startsWith("Column") && !type.startsWith("Bar") && type !== "Area";
  const look = isLine ? `<a:ln w="28575" cap="rnd">${solid}<a:round/></a:ln>` : solid;
  const title = typeof name === "string" ? `<c:v>${escaped(name)}</c:v>` : texts(backend, name);
  const cat =
    categories === null
      ? ""
      : `<c:cat>${isNumeric(backend, categories) ? numbers(backend, categories) : texts(backend, categories)}</c:cat>`;
  return [
    `<c:ser><c:idx val="${index}"/><c:order val="${index}"/><c:tx>${title}</c:tx>`,
    `<c:spPr>${look}</c:spPr>`,
    isLine ? '<c:marker><c:symbol val="none"/></c:marker>' : '<c:invertIfNegative val="0"/>',
    `${cat}<c:val>${numbers(backend, values)}</c:val>`,
    isLine ? '<c:smooth val="0"/>' : "",
    "</c:ser>",
  ].join("");
}

function richText(text: string): string {
  return `<c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>${escaped(text)}</a:t></a:r></a:p></c:rich></c:tx>`;
}

function titleXml(text: string | null): string {
  return text === null ? "" : `<c:title>${richText(text)}<c:overlay val="0"/></c:title>`;
}

function scaling({ minimum, maximum }: AxisFacts): string {
  const bounds = [
    maximum === null ? "" : `<c:max val="${maximum}"/>`,
    minimum === null ? "" : `<c:min val="${minimum}"/>`,
  ].join("");
  return `<c:scaling><c:orientation val="minMax"/>${bounds}</c:scaling>`;
}

function axesXml({ category, value }: ChartFacts): string {
  const skip =
    category.labelSpacing === null
      ? ""
      : `<c:tickLblSkip val="${category.labelSpacing}"/><c:tickMarkSkip val="${category.labelSpacing}"/>`;
  const ticks =
    '<c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>';
  return [
    `<c:catAx><c:axId val="111"/>${scaling(category)}<c:delete val="0"/><c:axPos val="b"/>`,
    `${titleXml(category.title)}<c:numFmt formatCode="General" sourceLinked="0"/>${ticks}`,
    '<c:crossAx val="222"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/>',
    `<c:lblOffset val="100"/>${skip}<c:noMultiLvlLbl val="0"/></c:catAx>`,
    `<c:valAx><c:axId val="222"/>${scaling(value)}<c:delete val="0"/><c:axPos val="l"/>`,
    `<c:majorGridlines/>${titleXml(value.title)}<c:numFmt formatCode="#,##0" sourceLinked="0"/>`,
    `${ticks}<c:crossAx val="111"/><c:crosses val="autoZero"/></c:valAx>`,
  ].join("");
}

function plotXml(chart: ChartFacts, series: string): string {
  const axes = '<c:axId val="111"/><c:axId val="222"/>';
  if (chart.type === "ColumnClustered" || chart.type === "BarClustered") {
    const direction = chart.type === "BarClustered" ? "bar" : "col";
    return `<c:barChart><c:barDir val="${direction}"/><c:grouping val="clustered"/>${series}<c:gapWidth val="100"/>${axes}</c:barChart>`;
  }
  if (chart.type === "Area") {
    return `<c:areaChart><c:grouping val="standard"/>${series}${axes}</c:areaChart>`;
  }
  return `<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>${series}<c:marker val="1"/>${axes}</c:lineChart>`;
}

const sides = { Bottom: "b", Top: "t", Right: "r", Left: "l" } as const;

function chartXml(backend: WorkbookBackend, chart: ChartFacts): string {
  const series = chart.series.map((one, at) => seriesXml(backend, one, at, chart.type)).join("");
  const legend =
    chart.legend === null
      ? ""
      : `<c:legend><c:legendPos val="${sides[chart.legend]}"/><c:overlay val="0"/></c:legend>`;
  return [
    `${XML}<c:chartSpace xmlns:c="${DRAWING}/chart" xmlns:a="${DRAWING}/main" xmlns:r="${RELATIONS}">`,
    `<c:chart>${titleXml(chart.title)}<c:autoTitleDeleted val="${chart.title === null ? 1 : 0}"/>`,
    `<c:plotArea><c:layout/>${plotXml(chart, series)}${axesXml(chart)}</c:plotArea>`,
    `${legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart></c:chartSpace>`,
  ].join("");
}

function drawingXml(charts: readonly ChartFacts[]): string {
  const emu = (points: number) => Math.round(points * EMU_PER_POINT);
  const anchors = charts.map(({ name, left, top, width, height }, at) =>
    [
      `<xdr:absoluteAnchor><xdr:pos x="${emu(left)}" y="${emu(top)}"/>`,
      `<xdr:ext cx="${emu(width)}" cy="${emu(height)}"/><xdr:graphicFrame macro="">`,
      `<xdr:nvGraphicFramePr><xdr:cNvPr id="${at + 2}" name="${escaped(name)}"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>`,
      '<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>',
      `<a:graphic><a:graphicData uri="${DRAWING}/chart"><c:chart xmlns:c="${DRAWING}/chart" r:id="rId${at + 1}"/></a:graphicData></a:graphic>`,
      "</xdr:graphicFrame><xdr:clientData/></xdr:absoluteAnchor>",
    ].join(""),
  );
  const spaces = `xmlns:xdr="${DRAWING}/spreadsheetDrawing" xmlns:a="${DRAWING}/main" xmlns:r="${RELATIONS}"`;
  return `${XML}<xdr:wsDr ${spaces}>${anchors.join("")}</xdr:wsDr>`;
}

async function textOf(zip: JSZip, path: string): Promise<string | null> {
  return (await zip.file(path)?.async("string")) ?? null;
}

function withRelation(before: string | null, id: string, type: string, target: string): string {
  const entry = `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
  const empty = `${XML}<Relationships xmlns="${PACKAGE}"></Relationships>`;
  return (before ?? empty)
    .replace(/<Relationships([^>]*)\/>/, "<Relationships$1></Relationships>")
    .replace("</Relationships>", `${entry}</Relationships>`);
}

/** @param file as ExcelJS wrote it, with sheets in the backend's order */
export async function addCharts(backend: WorkbookBackend, file: ArrayBuffer): Promise<ArrayBuffer> {
  const sheets = backend.sheets().map(({ id }) => backend.charts(id));
  if (sheets.every((charts) => charts.length === 0)) return file;
  const zip = await JSZip.loadAsync(file);
  const parts: string[] = [];
  let number = 0;
  for (const [at, charts] of sheets.entries()) {
    if (charts.length === 0) continue;
    const drawing = `xl/drawings/streamstock${at + 1}.xml`;
    let relations: string | null = null;
    for (const [index, chart] of charts.entries()) {
      number += 1;
      const path = `xl/charts/chart${number}.xml`;
      zip.file(path, chartXml(backend, chart));
      parts.push(
        `<Override PartName="/${path}" ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>`,
      );
      relations = withRelation(
        relations,
        `rId${index + 1}`,
        "chart",
        `../charts/chart${number}.xml`,
      );
    }
    zip.file(drawing, drawingXml(charts));
    zip.file(`xl/drawings/_rels/streamstock${at + 1}.xml.rels`, relations ?? "");
    parts.push(
      `<Override PartName="/${drawing}" ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/>`,
    );
    await attach(zip, at + 1);
  }
  const types = (await textOf(zip, "[Content_Types].xml")) ?? "";
  zip.file("[Content_Types].xml", types.replace("</Types>", `${parts.join("")}</Types>`));
  return zip.generateAsync({ type: "arraybuffer", compression: "DEFLATE" });
}

/** The sheet names its drawing before its tables: the order of its parts is fixed. */
async function attach(zip: JSZip, sheet: number): Promise<void> {
  const path = `xl/worksheets/sheet${sheet}.xml`;
  const relations = `xl/worksheets/_rels/sheet${sheet}.xml.rels`;
  const target = `../drawings/streamstock${sheet}.xml`;
  zip.file(relations, withRelation(await textOf(zip, relations), "rIdCharts", "drawing", target));
  const xml = (await textOf(zip, path)) ?? "";
  const mark = ["<legacyDrawing", "<tableParts", "<extLst", "</worksheet>"].find((one) =>
    xml.includes(one),
  );
  const place = `<drawing xmlns:r="${RELATIONS}" r:id="rIdCharts"/>`;
  if (mark !== undefined) zip.file(path, xml.replace(mark, `${place}${mark}`));
}
