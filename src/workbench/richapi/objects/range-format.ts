/** Excel's RangeFormat and its parts. A property on which cells differ reads as null. */
import { type Area, intersection } from "../../backend/area";
import type { Border, BorderLine, BorderSide, Cell, StylePatch } from "../../backend/backend";
import { asColor, asFlag, asNumber, asText, type Json, oneOf } from "../json";
import { assertWritable, type RangeSelf } from "../host";
import { type HostClass, HostObject, type Scalar } from "../host-object";
import { cellsOf } from "./range-content";

/** Excel measures columns and rows in points, the grid in pixels at 96 dpi. */
const POINTS_PER_PIXEL = 0.75;
/** A look at more cells than this tells nothing more about a whole column's format. */
const SAMPLE_ROWS = 2000;
const SAMPLE_COLUMNS = 200;

function sample(area: Area): Area {
  return {
    ...area,
    rows: Math.min(area.rows, SAMPLE_ROWS),
    columns: Math.min(area.columns, SAMPLE_COLUMNS),
  };
}

function common(self: RangeSelf, read: (cell: Cell) => Json): Json {
  let found: Json | undefined;
  for (const row of cellsOf(self.host, sample(self.area))) {
    for (const cell of row) {
      const value = read(cell);
      if (found === undefined) found = value;
      else if (found !== value) return null;
    }
  }
  return found ?? null;
}

function apply({ host, area }: RangeSelf, patch: StylePatch): void {
  assertWritable(host, area.sheet);
  host.backend.asAddin(() => host.backend.applyStyle(area, patch));
}

/** The same for columns and rows: one size when all agree. */
function commonSize(first: number, count: number, size: (index: number) => number): Json {
  const sizes = Array.from({ length: Math.min(count, SAMPLE_COLUMNS) }, (_, i) => size(first + i));
  return sizes.every((one) => one === sizes[0]) ? (sizes[0] ?? 0) * POINTS_PER_PIXEL : null;
}

function styleScalar(
  read: (cell: Cell) => Json,
  patch: (value: Json) => StylePatch,
): Scalar<RangeSelf> {
  return { get: (self) => common(self, read), set: (self, value) => apply(self, patch(value)) };
}

const fillClass: HostClass<RangeSelf> = {
  name: "RangeFill",
  scalars: {
    Color: styleScalar(
      (cell) => cell.style.fill ?? "#FFFFFF",
      (value) => ({ fill: asColor(value) }),
    ),
  },
  methods: { Clear: (self) => apply(self, { fill: null }) },
};

const fontClass: HostClass<RangeSelf> = {
  name: "RangeFont",
  scalars: {
    Bold: styleScalar(
      (cell) => cell.style.bold,
      (value) => ({ bold: asFlag(value) }),
    ),
    Italic: styleScalar(
      (cell) => cell.style.italic,
      (value) => ({ italic: asFlag(value) }),
    ),
    Color: styleScalar(
      (cell) => cell.style.fontColor ?? "#000000",
      (value) => ({ fontColor: asColor(value) }),
    ),
    Size: styleScalar(
      (cell) => cell.style.fontSize ?? 11,
      (value) => ({ fontSize: asNumber(value) }),
    ),
    Name: styleScalar(
      (cell) => cell.style.fontName ?? "Aptos Narrow",
      (value) => ({ fontName: asText(value) }),
    ),
  },
};

const lineNames: Readonly<Record<string, BorderLine | null>> = {
  None: null,
  Continuous: "thin",
  Dash: "dashed",
  DashDot: "dashed",
  DashDotDot: "dashed",
  SlantDashDot: "dashed",
  Dot: "dotted",
  Double: "double",
};

const edges = [
  "EdgeTop",
  "EdgeBottom",
  "EdgeLeft",
  "EdgeRight",
  "InsideHorizontal",
  "InsideVertical",
] as const;
type Edge = (typeof edges)[number];

interface BorderSelf {
  readonly range: RangeSelf;
  readonly edge: Edge;
}

/** Which cells carry the edge, and on which of their sides. */
function edgeCells({
  range,
  edge,
}: BorderSelf): { readonly area: Area; readonly side: BorderSide } | null {
  const { area } = range;
  switch (edge) {
    case "EdgeTop":
      return { area: { ...area, rows: 1 }, side: "top" };
    case "EdgeBottom":
      return { area: { ...area, row: area.row + area.rows - 1, rows: 1 }, side: "bottom" };
    case "EdgeLeft":
      return { area: { ...area, columns: 1 }, side: "left" };
    case "EdgeRight":
      return {
        area: { ...area, column: area.column + area.columns - 1, columns: 1 },
        side: "right",
      };
    case "InsideHorizontal":
      return area.rows < 2 ? null : { area: { ...area, rows: area.rows - 1 }, side: "bottom" };
    case "InsideVertical":
      return area.columns < 2
        ? null
        : { area: { ...area, columns: area.columns - 1 }, side: "right" };
  }
}

function readBorder(self: BorderSelf): Border | null {
  const cells = edgeCells(self);
  if (cells === null) return null;
  const first = cellsOf(self.range.host, { ...cells.area, rows: 1, columns: 1 })[0]?.[0];
  return first?.style.borders[cells.side] ?? null;
}

function setBorder(self: BorderSelf, change: (border: Border) => Border | null): void {
  const cells = edgeCells(self);
  if (cells === null) return;
  const border = change(readBorder(self) ?? { line: "thin", color: "#000000" });
  apply({ host: self.range.host, area: cells.area }, { borders: { [cells.side]: border } });
}

const borderClass: HostClass<BorderSelf> = {
  name: "RangeBorder",
  scalars: {
    SideIndex: { get: ({ edge }) => edge },
    Style: {
      get: (self) => {
        const line = readBorder(self)?.line;
        if (line === undefined) return "None";
        const named = Object.entries(lineNames).find(([, value]) => value === line);
        return named?.[0] ?? "Continuous";
      },
      set: (self, value) => {
        const line = lineNames[oneOf(value, Object.keys(lineNames))] ?? null;
        setBorder(self, (border) => (line === null ? null : { ...border, line }));
      },
    },
    Color: {
      get: (self) => readBorder(self)?.color ?? "#000000",
      set: (self, value) => setBorder(self, (border) => ({ ...border, color: asColor(value) })),
    },
    Weight: {
      get: (self) =>
        readBorder(self)?.line === "medium"
          ? "Medium"
          : readBorder(self)?.line === "thick"
            ? "Thick"
            : "Thin",
      set: (self, value) => {
        const weight = oneOf(value, ["Hairline", "Thin", "Medium", "Thick"] as const);
        const line = weight === "Medium" ? "medium" : weight === "Thick" ? "thick" : "thin";
        setBorder(self, (border) => ({ ...border, line }));
      },
    },
  },
};

const bordersClass: HostClass<RangeSelf> = {
  name: "RangeBorderCollection",
  scalars: { Count: { get: () => edges.length } },
  item: (range, args) => HostObject.of(borderClass, { range, edge: oneOf(args.json(0), edges) }),
  items: (range) => edges.map((edge) => HostObject.of(borderClass, { range, edge })),
};

const horizontal = { General: null, Left: "left", Center: "center", Right: "right" } as const;
const vertical = { Top: "top", Center: "middle", Bottom: "bottom" } as const;

function nameOf<K extends string>(
  table: Readonly<Record<K, unknown>>,
  value: unknown,
  otherwise: K,
): K {
  for (const key in table) if (table[key] === value) return key;
  return otherwise;
}

function fit(self: RangeSelf, action: (area: Area) => void): void {
  const { host, area } = self;
  assertWritable(host, area.sheet);
  const box = host.backend.usedBox(area.sheet, true);
  const part = box === null ? null : intersection(box, area);
  if (part !== null) host.backend.asAddin(() => action({ sheet: area.sheet, ...part }));
}

export const rangeFormatClass: HostClass<RangeSelf> = {
  name: "RangeFormat",
  scalars: {
    WrapText: styleScalar(
      (cell) => cell.style.wrap,
      (value) => ({ wrap: asFlag(value) }),
    ),
    HorizontalAlignment: styleScalar(
      (cell) => nameOf(horizontal, cell.style.align, "General"),
      (value) => ({
        align: horizontal[oneOf(value, ["General", "Left", "Center", "Right"] as const)],
      }),
    ),
    VerticalAlignment: styleScalar(
      (cell) => nameOf(vertical, cell.style.verticalAlign, "Bottom"),
      (value) => ({ verticalAlign: vertical[oneOf(value, ["Top", "Center", "Bottom"] as const)] }),
    ),
    ColumnWidth: {
      get: ({ host, area }) =>
        commonSize(area.column, area.columns, (index) =>
          host.backend.columnWidth(area.sheet, index),
        ),
      set: ({ host, area }, value) => {
        assertWritable(host, area.sheet);
        const width = asNumber(value) / POINTS_PER_PIXEL;
        host.backend.asAddin(() => host.backend.setColumnWidth(area, width));
      },
    },
    RowHeight: {
      get: ({ host, area }) =>
        commonSize(area.row, area.rows, (index) => host.backend.rowHeight(area.sheet, index)),
      set: ({ host, area }, value) => {
        assertWritable(host, area.sheet);
        const height = asNumber(value) / POINTS_PER_PIXEL;
        host.backend.asAddin(() => host.backend.setRowHeight(area, height));
      },
    },
  },
  objects: {
    Fill: (self) => HostObject.of(fillClass, self),
    Font: (self) => HostObject.of(fontClass, self),
    Borders: (self) => HostObject.of(bordersClass, self),
  },
  methods: {
    AutofitColumns: (self) => fit(self, (area) => self.host.backend.fitColumns(area)),
    AutofitRows: (self) => fit(self, (area) => self.host.backend.fitRows(area)),
  },
};
