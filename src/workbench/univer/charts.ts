/**
 * Charts over Univer's grid, which has none of its own: drawings in a layer that follows its
 * scrolling. They show, and take no clicks.
 */
import { IRenderManagerService } from "@univerjs/preset-sheets-core";
import type { Area } from "../backend/area";
import type { ChartFacts } from "../backend/backend";
import type { Cells } from "./cells";
import { drawChart, type DrawnChart } from "./chart-picture";
import type { WorkbookParts } from "./workbook-parts";

const PIXELS_PER_POINT = 4 / 3;
/** How often the cells behind a chart are looked at. */
const LOOK_MS = 400;
/** Excel's own first colours. */
const COLORS = ["#0F6CBD", "#E97132", "#196B24", "#A02B93", "#4EA72E"];

interface Drawn {
  readonly element: HTMLElement;
  picture: string;
}

export class Charts {
  readonly #parts: WorkbookParts;
  readonly #cells: Cells;
  readonly #charts = new Map<string, ChartFacts>();
  readonly #drawn = new Map<string, Drawn>();
  #layer: HTMLElement | null = null;
  #lookedAt = 0;

  constructor(parts: WorkbookParts, cells: Cells) {
    this.#parts = parts;
    this.#cells = cells;
  }

  all(sheet: string): readonly ChartFacts[] {
    return [...this.#charts.values()].filter((one) => one.sheet === sheet);
  }

  put(chart: ChartFacts): void {
    this.#charts.set(chart.id, chart);
    this.#lookedAt = 0;
    if (this.#layer === null) this.#start();
  }

  remove(id: string): void {
    this.#charts.delete(id);
    this.#drawn.get(id)?.element.remove();
    this.#drawn.delete(id);
  }

  #start(): void {
    const canvas = this.#canvas();
    const parent = canvas?.parentElement;
    if (canvas === null || parent == null) return;
    const layer = document.createElement("div");
    layer.className = "charts";
    parent.append(layer);
    this.#layer = layer;
    const follow = () => {
      this.#follow(layer);
      requestAnimationFrame(follow);
    };
    follow();
  }

  #render() {
    return this.#parts.grid.injector.get(IRenderManagerService).getRenderById(this.#parts.unit);
  }

  #canvas(): HTMLCanvasElement | null {
    return this.#render()?.engine.getCanvasElement() ?? null;
  }

  #follow(layer: HTMLElement): void {
    const scene = this.#render()?.scene;
    const sheet = this.#parts.workbook.getActiveSheet();
    const skeleton = this.#parts.grid.api.getActiveWorkbook()?.getActiveSheet().getSkeleton();
    if (scene === undefined || skeleton == null) return;
    const { rowHeaderWidth, columnHeaderHeight } = skeleton;
    const zoom = scene.scaleX;
    layer.style.inset = `${columnHeaderHeight * zoom}px 0 0 ${rowHeaderWidth * zoom}px`;
    const view = scene.getViewport("viewMain");
    const [x, y] = [view?.viewportScrollX ?? 0, view?.viewportScrollY ?? 0];
    const look = performance.now() - this.#lookedAt > LOOK_MS;
    if (look) this.#lookedAt = performance.now();
    for (const chart of this.#charts.values()) {
      if (look) this.#draw(layer, chart);
      const drawn = this.#drawn.get(chart.id);
      if (drawn === undefined) continue;
      const [left, top] = [chart.left * PIXELS_PER_POINT - x, chart.top * PIXELS_PER_POINT - y];
      drawn.element.style.display = chart.sheet === sheet.getSheetId() ? "" : "none";
      drawn.element.style.transform = `scale(${zoom}) translate(${left}px, ${top}px)`;
    }
  }

  /** Anew, when what it shows has changed. */
  #draw(layer: HTMLElement, chart: ChartFacts): void {
    const known = this.#parts.workbook.getSheetBySheetId(chart.sheet);
    if (known == null) return;
    const picture = this.#picture(chart);
    const text = JSON.stringify(picture);
    const drawn = this.#drawn.get(chart.id) ?? {
      element: document.createElement("div"),
      picture: "",
    };
    if (drawn.picture === text) return;
    drawn.picture = text;
    drawn.element.className = "chart";
    drawn.element.replaceChildren(drawChart(picture));
    layer.append(drawn.element);
    this.#drawn.set(chart.id, drawn);
  }

  #texts(area: Area): readonly string[] {
    return this.#cells.read(area).flatMap((row) => row.map((cell) => cell.text));
  }

  #picture(chart: ChartFacts): DrawnChart {
    const { type, title, legend, category, value } = chart;
    const series = chart.series.map(({ name, values, color }, index) => ({
      name: typeof name === "string" ? name : (this.#texts(name)[0] ?? ""),
      color: color ?? COLORS[index % COLORS.length] ?? "#000000",
      values: this.#cells
        .read(values)
        .flatMap((row) => row.map((cell) => (typeof cell.value === "number" ? cell.value : null))),
    }));
    const [first] = chart.series;
    const named = first?.categories ?? null;
    const count = Math.max(0, ...series.map((one) => one.values.length));
    return {
      ...{ type, title, legend, category, value, series },
      categories:
        named === null
          ? Array.from({ length: count }, (_, index) => String(index + 1))
          : this.#texts(named),
      width: Math.round(chart.width * PIXELS_PER_POINT),
      height: Math.round(chart.height * PIXELS_PER_POINT),
    };
  }
}
