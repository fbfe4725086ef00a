/**
 * A line of cumulative sales over the stream's minutes, and the plan as an even pace from zero to
 * all of it. Plain SVG in a fixed drawing of 320 by 140 units that scales with its column.
 */
import { makeStyles, tokens } from "@fluentui/react-components";
import { useWords } from "../words";
import type { Outlook } from "./outlook";

const WIDTH = 320;
const HEIGHT = 140;
const LEFT = 30;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 20;

const useStyles = makeStyles({
  chart: { display: "block", width: "100%", height: "auto", overflow: "visible" },
  text: { fill: tokens.colorNeutralForeground3, fontSize: "10px", fontFamily: "inherit" },
  grid: { stroke: tokens.colorNeutralStroke2, strokeWidth: "1px" },
  area: { fill: tokens.colorBrandBackground2, opacity: 0.7, stroke: "none" },
  sold: {
    fill: "none",
    stroke: tokens.colorBrandStroke1,
    strokeWidth: "2.5px",
    strokeLinejoin: "round",
    strokeLinecap: "round",
    "@media (forced-colors: active)": { stroke: "CanvasText" },
  },
  head: {
    fill: tokens.colorBrandStroke1,
    stroke: tokens.colorNeutralBackground1,
    strokeWidth: "2px",
  },
  band: {
    fill: tokens.colorBrandBackground2,
    stroke: "none",
    "@media (forced-colors: active)": { fill: "none", stroke: "GrayText" },
  },
  likely: {
    fill: "none",
    stroke: tokens.colorBrandStroke1,
    strokeWidth: "1.5px",
    strokeDasharray: "2 3",
    "@media (forced-colors: active)": { stroke: "CanvasText" },
  },
  planned: {
    fill: "none",
    stroke: tokens.colorNeutralForeground3,
    strokeWidth: "1.25px",
    strokeDasharray: "4 3",
  },
});

/** A round number at or above `units`: 1, 2 or 5 times a power of ten, in steps that read well. */
function niceTop(units: number): number {
  const floor = Math.max(10, units);
  const power = 10 ** Math.floor(Math.log10(floor));
  const step = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((s) => s * power >= floor) ?? 10;
  return step * power;
}

interface Scale {
  readonly x: (minute: number) => number;
  readonly y: (units: number) => number;
}

function makeScale(minutes: number, top: number): Scale {
  const width = WIDTH - LEFT - RIGHT;
  const height = HEIGHT - TOP - BOTTOM;
  return {
    x: (minute) => LEFT + (Math.min(minute, minutes) / Math.max(1, minutes)) * width,
    y: (units) => TOP + height - (units / top) * height,
  };
}

/** From now to the end: the likely total, and the one that nine of ten streams do not exceed. */
function Band(props: {
  readonly outlook: Outlook;
  readonly minute: number;
  readonly minutes: number;
  readonly sold: number;
  readonly top: number;
  readonly scale: Scale;
}) {
  const { outlook, minute, minutes, sold, top, scale } = props;
  const styles = useStyles();
  const { x, y } = scale;
  const point = (at: number, units: number) =>
    `${x(at).toFixed(1)} ${y(Math.min(top, units)).toFixed(1)}`;
  const from = point(minute, sold);
  return (
    <>
      <path
        className={styles.band}
        d={`M${from}L${point(minutes, outlook.p90)}L${point(minutes, outlook.p50)}Z`}
      />
      <path className={styles.likely} d={`M${from}L${point(minutes, outlook.p50)}`} />
    </>
  );
}

/** A long tail may not press the rest of the picture flat. */
const TAIL_MAX = 2;

/** The curve from (0, 0) on: its point i is the sum up to the end of minute i. */
function path(curve: readonly number[], { x, y }: Scale): string {
  const points = curve.map((units, i) => `L${x(i + 1).toFixed(1)} ${y(units).toFixed(1)}`);
  return `M${x(0).toFixed(1)} ${y(0).toFixed(1)}${points.join("")}`;
}

export function SalesChart(props: {
  readonly curve: readonly number[];
  readonly minutes: number;
  readonly planned: number;
  /** Null: nothing is foreseen. */
  readonly outlook: Outlook | null;
  /** What the picture shows, in words. */
  readonly summary: string;
}) {
  const { curve, minutes, planned, outlook, summary } = props;
  const styles = useStyles();
  const { messages, formats } = useWords();
  const last = curve.at(-1) ?? 0;
  const known = Math.max(planned, last);
  const top = niceTop(Math.max(known, Math.min(outlook?.p90 ?? 0, known * TAIL_MAX)));
  const scale = makeScale(minutes, top);
  const { x, y } = scale;
  const line = path(curve, scale);
  const hours = [0, minutes / 3, (minutes * 2) / 3, minutes];
  return (
    <svg
      className={styles.chart}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={summary}
      focusable="false"
    >
      {[0, top / 2, top].map((units) => (
        <g key={units}>
          <line className={styles.grid} x1={LEFT} x2={WIDTH - RIGHT} y1={y(units)} y2={y(units)} />
          <text className={styles.text} x={LEFT - 5} y={y(units) + 3.5} textAnchor="end">
            {formats.number(units)}
          </text>
        </g>
      ))}
      {hours.map((minute, i) => (
        <text
          key={minute}
          className={styles.text}
          x={x(minute)}
          y={HEIGHT - 5}
          textAnchor={i === 0 ? "start" : i === hours.length - 1 ? "end" : "middle"}
        >
          {i === 0 ? formats.number(0) : messages.chartMinute(Math.round(minute))}
        </text>
      ))}
      {outlook !== null && (
        <Band
          outlook={outlook}
          minute={curve.length}
          minutes={minutes}
          sold={last}
          top={top}
          scale={scale}
        />
      )}
      <line className={styles.planned} x1={x(0)} y1={y(0)} x2={x(minutes)} y2={y(planned)} />
      {curve.length > 0 && (
        <>
          <path
            className={styles.area}
            d={`${line}L${x(curve.length).toFixed(1)} ${y(0).toFixed(1)}Z`}
          />
          <path className={styles.sold} d={line} />
          <circle className={styles.head} cx={x(curve.length)} cy={y(last)} r="4.5" />
        </>
      )}
    </svg>
  );
}
