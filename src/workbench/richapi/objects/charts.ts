/** Excel's charts of a sheet: lines, columns, bars and areas over ranges of cells. */
import type { Area } from "../../backend/area";
import {
  type AxisFacts,
  type ChartFacts,
  type ChartType,
  chartTypes,
  type SeriesFacts,
} from "../../backend/backend";
import { assertWritable, type Host, rangeArgument } from "../host";
import { HostError, invalidArgument } from "../host-error";
import { type Args, type HostClass, HostObject, type Scalar } from "../host-object";
import { asColor, asFlag, asNumber, asText, type Json, oneOf } from "../json";
import { cellsOf } from "./range-content";
import { resolveAddress } from "./range";

const POINTS_PER_PIXEL = 0.75;

interface ChartSelf {
  readonly host: Host;
  readonly sheet: string;
  readonly id: string;
}

function factsOf({ host, sheet, id }: ChartSelf): ChartFacts {
  const found = host.backend.charts(sheet).find((one) => one.id === id);
  if (found === undefined) throw new HostError("ItemNotFound");
  return found;
}

function change(self: ChartSelf, patch: Partial<ChartFacts>): void {
  assertWritable(self.host, self.sheet);
  self.host.backend.putChart({ ...factsOf(self), ...patch });
}

function number(key: "left" | "top" | "width" | "height"): Scalar<ChartSelf> {
  return {
    get: (self) => factsOf(self)[key],
    set: (self, value) => change(self, { [key]: asNumber(value) }),
  };
}

/** Series as Excel cuts a range into them: a first row or column of texts names, a first of the other kind counts. */
function seriesOf(host: Host, area: Area, by: "Columns" | "Rows"): readonly SeriesFacts[] {
  const cells = cellsOf(host, area);
  const isText = (row: number, column: number) =>
    typeof cells[row]?.[column]?.value === "string" || cells[row]?.[column]?.value === null;
  const hasTop =
    area.rows > 1 && Array.from({ length: area.columns }, (_, c) => c).every((c) => isText(0, c));
  const hasLeft =
    area.columns > 1 && Array.from({ length: area.rows }, (_, r) => r).every((r) => isText(r, 0));
  const [top, left] = [Number(hasTop), Number(hasLeft)];
  const columns = by === "Columns";
  const count = columns ? area.columns - left : area.rows - top;
  return Array.from({ length: count }, (_, index): SeriesFacts => {
    const at = columns ? area.column + left + index : area.row + top + index;
    const body: Area = columns
      ? { ...area, row: area.row + top, rows: area.rows - top, column: at, columns: 1 }
      : { ...area, column: area.column + left, columns: area.columns - left, row: at, rows: 1 };
    const head: Area = columns
      ? { ...area, rows: 1, column: at, columns: 1 }
      : { ...area, columns: 1, row: at, rows: 1 };
    const side: Area = columns ? { ...body, column: area.column } : { ...body, row: area.row };
    return {
      name: (columns ? hasTop : hasLeft) ? head : `Series${index + 1}`,
      values: body,
      categories: (columns ? hasLeft : hasTop) ? side : null,
      color: null,
    };
  });
}

function readBy(value: Json, area: Area): "Columns" | "Rows" {
  const by = value === null ? "Auto" : oneOf(value, ["Auto", "Columns", "Rows"] as const);
  if (by !== "Auto") return by;
  return area.rows >= area.columns ? "Columns" : "Rows";
}

const titleClass: HostClass<ChartSelf> = {
  name: "ChartTitle",
  scalars: {
    Text: {
      get: (self) => factsOf(self).title ?? "",
      set: (self, value) => change(self, { title: asText(value) }),
    },
    Visible: {
      get: (self) => factsOf(self).title !== null,
      set: (self, value) =>
        change(self, { title: asFlag(value) ? (factsOf(self).title ?? "") : null }),
    },
  },
};

const legendPlaces = ["Bottom", "Top", "Right", "Left"] as const;
const legendClass: HostClass<ChartSelf> = {
  name: "ChartLegend",
  scalars: {
    Position: {
      get: (self) => factsOf(self).legend ?? "Bottom",
      set: (self, value) => change(self, { legend: oneOf(value, legendPlaces) }),
    },
    Visible: {
      get: (self) => factsOf(self).legend !== null,
      set: (self, value) => change(self, { legend: asFlag(value) ? "Bottom" : null }),
    },
  },
};

interface AxisSelf extends ChartSelf {
  readonly axis: "category" | "value";
}

function axisOf(self: AxisSelf): AxisFacts {
  return factsOf(self)[self.axis];
}

function changeAxis(self: AxisSelf, patch: Partial<AxisFacts>): void {
  change(self, { [self.axis]: { ...axisOf(self), ...patch } });
}

function bound(key: "minimum" | "maximum"): Scalar<AxisSelf> {
  return {
    get: (self) => axisOf(self)[key] ?? "",
    set: (self, value) => changeAxis(self, { [key]: value === "" ? null : asNumber(value) }),
  };
}

const spacing: Scalar<AxisSelf> = {
  get: (self) => axisOf(self).labelSpacing ?? 1,
  set: (self, value) => changeAxis(self, { labelSpacing: asNumber(value) }),
};

const axisTitleClass: HostClass<AxisSelf> = {
  name: "ChartAxisTitle",
  scalars: {
    Text: {
      get: (self) => axisOf(self).title ?? "",
      set: (self, value) => changeAxis(self, { title: asText(value) }),
    },
    Visible: {
      get: (self) => axisOf(self).title !== null,
      set: (self, value) =>
        changeAxis(self, { title: asFlag(value) ? (axisOf(self).title ?? "") : null }),
    },
  },
};

const axisClass: HostClass<AxisSelf> = {
  name: "ChartAxis",
  scalars: {
    Minimum: bound("minimum"),
    Maximum: bound("maximum"),
    TickLabelSpacing: spacing,
    // Marks and labels go together here.
    TickMarkSpacing: spacing,
  },
  objects: { Title: (self) => HostObject.of(axisTitleClass, self) },
};

const axesClass: HostClass<ChartSelf> = {
  name: "ChartAxes",
  objects: {
    CategoryAxis: (self) => HostObject.of(axisClass, { ...self, axis: "category" }),
    ValueAxis: (self) => HostObject.of(axisClass, { ...self, axis: "value" }),
  },
};

interface SeriesSelf extends ChartSelf {
  readonly index: number;
}

function seriesFacts(self: SeriesSelf): SeriesFacts {
  const found = factsOf(self).series[self.index];
  if (found === undefined) throw new HostError("ItemNotFound");
  return found;
}

function changeSeries(self: SeriesSelf, patch: Partial<SeriesFacts>): void {
  seriesFacts(self);
  const series = factsOf(self).series.map((one, at) =>
    at === self.index ? { ...one, ...patch } : one,
  );
  change(self, { series });
}

function rangeOf(args: Args): Area {
  const area = rangeArgument(args.object(0));
  if (area === null) throw invalidArgument();
  return area;
}

const lineClass: HostClass<SeriesSelf> = {
  name: "ChartLineFormat",
  scalars: {
    Color: {
      get: (self) => seriesFacts(self).color ?? "",
      set: (self, value) => changeSeries(self, { color: asColor(value) }),
    },
  },
  methods: { Clear: (self) => changeSeries(self, { color: null }) },
};

const fillClass: HostClass<SeriesSelf> = {
  name: "ChartFill",
  methods: {
    Clear: (self) => changeSeries(self, { color: null }),
    SetSolidColor: (self, args) => changeSeries(self, { color: asColor(args.json(0)) }),
  },
};

const seriesFormatClass: HostClass<SeriesSelf> = {
  name: "ChartSeriesFormat",
  objects: {
    Line: (self) => HostObject.of(lineClass, self),
    Fill: (self) => HostObject.of(fillClass, self),
  },
};

export function seriesName(host: Host, name: SeriesFacts["name"]): string {
  return typeof name === "string" ? name : (cellsOf(host, name)[0]?.[0]?.text ?? "");
}

const seriesClass: HostClass<SeriesSelf> = {
  name: "ChartSeries",
  scalars: {
    Name: {
      get: (self) => seriesName(self.host, seriesFacts(self).name),
      set: (self, value) => changeSeries(self, { name: asText(value) }),
    },
  },
  objects: { Format: (self) => HostObject.of(seriesFormatClass, self) },
  methods: {
    Delete: (self) =>
      change(self, { series: factsOf(self).series.filter((_, at) => at !== self.index) }),
    SetValues: (self, args) => changeSeries(self, { values: rangeOf(args) }),
    SetXAxisValues: (self, args) => changeSeries(self, { categories: rangeOf(args) }),
  },
};

const seriesCollectionClass: HostClass<ChartSelf> = {
  name: "ChartSeriesCollection",
  scalars: { Count: { get: (self) => factsOf(self).series.length } },
  items: (self) =>
    factsOf(self).series.map((_, index) => HostObject.of(seriesClass, { ...self, index })),
  methods: {
    GetCount: (self) => factsOf(self).series.length,
    GetItemAt: (self, args) => {
      const series = { ...self, index: args.integer(0) };
      seriesFacts(series);
      return HostObject.of(seriesClass, series);
    },
  },
};

const chartClass: HostClass<ChartSelf> = {
  name: "Chart",
  identity: ({ id }) => ({ Id: id }),
  scalars: {
    Id: { get: ({ id }) => id },
    Name: {
      get: (self) => factsOf(self).name,
      set: (self, value) => change(self, { name: asText(value) }),
    },
    ChartType: {
      get: (self) => factsOf(self).type,
      set: (self, value) => change(self, { type: oneOf(value, chartTypes) }),
    },
    Left: number("left"),
    Top: number("top"),
    Width: number("width"),
    Height: number("height"),
  },
  objects: {
    Axes: (self) => HostObject.of(axesClass, self),
    Legend: (self) => HostObject.of(legendClass, self),
    Series: (self) => HostObject.of(seriesCollectionClass, self),
    Title: (self) => HostObject.of(titleClass, self),
    Worksheet: ({ host, sheet }) => host.make.worksheet(sheet),
  },
  methods: {
    Delete: (self) => {
      assertWritable(self.host, self.sheet);
      self.host.backend.removeChart(factsOf(self).id);
    },
    SetData: (self, args) => {
      const area = rangeOf(args);
      const old = factsOf(self).series;
      const series = seriesOf(self.host, area, readBy(args.json(1), area));
      change(self, {
        series: series.map((one, at) => ({ ...one, color: old[at]?.color ?? null })),
      });
    },
    SetPosition: setPosition,
  },
};

function setPosition(self: ChartSelf, args: Args): void {
  const place = (index: number): Area | null => {
    const range = rangeArgument(args.object(index));
    if (range !== null) return range;
    const text = args.optionalText(index);
    return text === null ? null : resolveAddress(self.host, self.sheet, text);
  };
  const from = place(0);
  if (from === null) throw invalidArgument();
  const to = place(1);
  const left = points(self, from.column, "column");
  const top = points(self, from.row, "row");
  const size =
    to === null
      ? {}
      : {
          width: points(self, to.column + to.columns, "column") - left,
          height: points(self, to.row + to.rows, "row") - top,
        };
  change(self, { left, top, ...size });
}

function points({ host, sheet }: ChartSelf, before: number, side: "column" | "row"): number {
  let pixels = 0;
  for (let at = 0; at < before; at++) {
    pixels +=
      side === "column" ? host.backend.columnWidth(sheet, at) : host.backend.rowHeight(sheet, at);
  }
  return pixels * POINTS_PER_PIXEL;
}

interface ChartsSelf {
  readonly host: Host;
  readonly sheet: string;
}

const plainAxis: AxisFacts = { title: null, minimum: null, maximum: null, labelSpacing: null };

function add({ host, sheet }: ChartsSelf, args: Args): HostObject {
  assertWritable(host, sheet);
  const type: ChartType = oneOf(args.json(0), chartTypes);
  const area = rangeArgument(args.object(1));
  if (area === null) throw invalidArgument();
  const charts = host.backend.charts(sheet);
  const names = new Set(charts.map(({ name }) => name));
  let number = charts.length + 1;
  while (names.has(`Chart ${number}`)) number += 1;
  const id = `{${crypto.randomUUID().toUpperCase()}}`;
  const series = seriesOf(host, area, readBy(args.json(2), area));
  const [only] = series;
  host.backend.putChart({
    ...{ id, sheet, type, series, name: `Chart ${number}` },
    // Excel names a chart of one series by it.
    title: series.length === 1 && only !== undefined ? seriesName(host, only.name) : "Chart Title",
    ...{ legend: "Bottom", left: 120, top: 60, width: 360, height: 216 },
    ...{ category: plainAxis, value: plainAxis },
  });
  return HostObject.of(chartClass, { host, sheet, id });
}

function find({ host, sheet }: ChartsSelf, key: string): HostObject | null {
  const charts = host.backend.charts(sheet);
  const found =
    charts.find(({ id }) => id === key) ??
    charts.find(({ name }) => name.toLowerCase() === key.toLowerCase());
  return found === undefined ? null : HostObject.of(chartClass, { host, sheet, id: found.id });
}

function orNotFound(object: HostObject | null): HostObject {
  if (object === null) throw new HostError("ItemNotFound");
  return object;
}

export const chartsClass: HostClass<ChartsSelf> = {
  name: "ChartCollection",
  scalars: { Count: { get: ({ host, sheet }) => host.backend.charts(sheet).length } },
  items: ({ host, sheet }) =>
    host.backend.charts(sheet).map(({ id }) => HostObject.of(chartClass, { host, sheet, id })),
  item: (self, args) => orNotFound(find(self, args.text(0))),
  methods: {
    Add: add,
    GetCount: ({ host, sheet }) => host.backend.charts(sheet).length,
    GetItem: (self, args) => orNotFound(find(self, args.text(0))),
    GetItemAt: ({ host, sheet }, args) => {
      const found = host.backend.charts(sheet)[args.integer(0)];
      if (found === undefined) throw new HostError("ItemNotFound");
      return HostObject.of(chartClass, { host, sheet, id: found.id });
    },
    GetItemOrNullObject: (self, args) => find(self, args.text(0)),
  },
};
