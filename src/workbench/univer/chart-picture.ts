/** A chart as a drawing: what Excel's own charts look like, near enough to read. */
import type { AxisFacts, ChartType } from "../backend/backend";

export interface DrawnSeries {
  readonly name: string;
  readonly color: string;
  /** null = no number stands there. */
  readonly values: readonly (number | null)[];
}

export interface DrawnChart {
  readonly type: ChartType;
  readonly title: string | null;
  readonly legend: "Bottom" | "Top" | "Right" | "Left" | null;
  readonly categories: readonly string[];
  readonly series: readonly DrawnSeries[];
  readonly category: AxisFacts;
  readonly value: AxisFacts;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

const NS = "http://www.w3.org/2000/svg";
const INK = "#595959";
const GRID = "#E3E3E3";

function shape(name: string, attributes: Record<string, string | number>, text = ""): SVGElement {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.textContent = text;
  return made;
}

/** Steps of 1, 2 or 5 times a power of ten: about five of them. */
function niceStep(span: number): number {
  const rough = Math.max(span, 1e-9) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((n) => n * power >= rough) ?? 10;
  return step * power;
}

interface Scale {
  readonly low: number;
  readonly high: number;
  readonly step: number;
}

function scaleOf(chart: DrawnChart): Scale {
  const numbers = chart.series.flatMap(({ values }) => values.filter((n) => n !== null));
  const low = chart.value.minimum ?? Math.min(0, ...numbers);
  const most = Math.max(low + 1, ...numbers);
  const step = niceStep((chart.value.maximum ?? most) - low);
  const high = chart.value.maximum ?? low + Math.ceil((most - low) / step) * step;
  return { low, high, step };
}

interface Frame {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function drawAxes(svg: SVGElement, chart: DrawnChart, frame: Frame, scale: Scale): void {
  const { left, top, right, bottom } = frame;
  const height = bottom - top;
  const y = (n: number) => bottom - ((n - scale.low) / (scale.high - scale.low)) * height;
  for (let n = scale.low; n <= scale.high + scale.step / 1e6; n += scale.step) {
    svg.append(shape("line", { x1: left, x2: right, y1: y(n), y2: y(n), stroke: GRID }));
    const label = { x: left - 6, y: y(n) + 4, "text-anchor": "end", fill: INK };
    svg.append(shape("text", label, n.toLocaleString("en-US")));
  }
  svg.append(shape("line", { x1: left, x2: right, y1: bottom, y2: bottom, stroke: "#BFBFBF" }));
  const count = Math.max(1, chart.categories.length);
  const spacing = chart.category.labelSpacing ?? Math.max(1, Math.ceil(count / 12));
  chart.categories.forEach((text, index) => {
    if (index % spacing !== 0) return;
    const x = left + ((index + 0.5) / count) * (right - left);
    svg.append(shape("text", { x, y: bottom + 16, "text-anchor": "middle", fill: INK }, text));
  });
}

function drawLine(svg: SVGElement, series: DrawnSeries, frame: Frame, scale: Scale): void {
  const { left, top, right, bottom } = frame;
  const count = Math.max(1, series.values.length);
  let path = "";
  series.values.forEach((value, index) => {
    if (value === null) return;
    const x = left + ((index + 0.5) / count) * (right - left);
    const y = bottom - ((value - scale.low) / (scale.high - scale.low)) * (bottom - top);
    path += `${path === "" ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  const look = { fill: "none", "stroke-width": 2.25, "stroke-linejoin": "round" };
  svg.append(shape("path", { d: path, stroke: series.color, ...look }));
}

function drawColumns(svg: SVGElement, chart: DrawnChart, frame: Frame, scale: Scale): void {
  const { left, top, right, bottom } = frame;
  const count = Math.max(1, chart.categories.length);
  const slot = (right - left) / count;
  const width = (slot * 0.7) / Math.max(1, chart.series.length);
  chart.series.forEach((series, at) => {
    series.values.forEach((value, index) => {
      if (value === null) return;
      const height = ((value - scale.low) / (scale.high - scale.low)) * (bottom - top);
      const x = left + slot * (index + 0.15) + width * at;
      svg.append(shape("rect", { x, y: bottom - height, width, height, fill: series.color }));
    });
  });
}

function drawLegend(svg: SVGElement, chart: DrawnChart, y: number): void {
  const widths = chart.series.map(({ name }) => 34 + Array.from(name).length * 8);
  let x = (chart.width - widths.reduce((sum, n) => sum + n, 0)) / 2;
  chart.series.forEach(({ name, color }, index) => {
    const line = { x1: x, x2: x + 18, y1: y - 4, y2: y - 4, stroke: color, "stroke-width": 2.25 };
    svg.append(shape("line", line), shape("text", { x: x + 23, y, fill: INK }, name));
    x += widths[index] ?? 0;
  });
}

export function drawChart(chart: DrawnChart): SVGElement {
  const { width, height, title, legend } = chart;
  const svg = shape("svg", {
    ...{ width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "font-size": 12 },
    "font-family": "'Segoe UI', 'Microsoft YaHei', 'Noto Sans SC', sans-serif",
    "aria-label": title ?? "",
  });
  const edge = { width: width - 1, height: height - 1, fill: "#fff", stroke: "#D9D9D9" };
  svg.append(shape("rect", { x: 0.5, y: 0.5, ...edge }));
  if (title !== null) {
    const place = { x: width / 2, y: 26, "text-anchor": "middle", "font-size": 15 };
    svg.append(shape("text", { ...place, fill: "#404040" }, title));
  }
  const frame = {
    left: 52,
    right: width - 18,
    top: title === null ? 16 : 42,
    bottom: height - (legend === null ? 28 : 52),
  };
  const scale = scaleOf(chart);
  drawAxes(svg, chart, frame, scale);
  if (chart.type === "ColumnClustered" || chart.type === "BarClustered") {
    drawColumns(svg, chart, frame, scale);
  } else for (const series of chart.series) drawLine(svg, series, frame, scale);
  if (legend !== null) drawLegend(svg, chart, height - 14);
  return svg;
}
