/** Sold so far against the plan, as a line. */
import { makeStyles, tokens } from "@fluentui/react-components";
import { memo, useMemo } from "react";
import type { EngineState, StreamState } from "../../worker/api";
import { forecastSettings } from "../../runtime/forecast-settings";
import { Panel } from "../frame/Panel";
import { useWords } from "../words";
import { outlookOf } from "./outlook";
import { SalesChart } from "./SalesChart";

const methodsOwn: EngineState["constants"] = {};

const useStyles = makeStyles({
  legend: { display: "inline-flex", alignItems: "center", gap: "5px", marginLeft: "12px" },
  empty: { margin: "6px 0 0", color: tokens.colorNeutralForeground3 },
  likely: {
    margin: "6px 0 0",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    color: tokens.colorNeutralForeground2,
  },
});

function Legend(props: { readonly text: string; readonly dashed: boolean }) {
  const styles = useStyles();
  return (
    <span className={styles.legend}>
      <svg width="18" height="8" aria-hidden="true" focusable="false">
        <line
          x1="0"
          x2="18"
          y1="4"
          y2="4"
          stroke={props.dashed ? tokens.colorNeutralForeground3 : tokens.colorBrandStroke1}
          strokeWidth={props.dashed ? 1.5 : 3}
          {...(props.dashed && { strokeDasharray: "4 3" })}
        />
      </svg>
      {props.text}
    </span>
  );
}

export const SalesPanel = memo(function SalesPanel(props: {
  readonly stream: Pick<StreamState, "curve" | "minutes" | "planned" | "followers">;
  readonly sold: number;
  /** Units sold on each of the last complete days; null: not known, or there is nothing to foresee. */
  readonly days?: readonly number[] | null;
  readonly stockLeft?: number | null;
  /** Constants that the seller set; absent: none. */
  readonly constants?: EngineState["constants"];
}) {
  const { stream, sold, days = null, stockLeft = null, constants = methodsOwn } = props;
  const styles = useStyles();
  const { messages, pane } = useWords();
  const { followers, minutes } = stream;
  const minute = stream.curve.length;
  const settings = useMemo(() => forecastSettings(constants), [constants]);
  const outlook = useMemo(
    () =>
      days === null || stockLeft === null
        ? null
        : outlookOf({ days, followers, minute, minutes, sold, stockLeft, settings }),
    [days, followers, minute, minutes, sold, stockLeft, settings],
  );
  return (
    <Panel
      title={messages.chartTitle}
      aside={
        <>
          <Legend text={messages.chartSold} dashed={false} />
          <Legend text={messages.chartPlanned} dashed />
        </>
      }
    >
      <SalesChart
        curve={stream.curve}
        minutes={stream.minutes}
        planned={stream.planned}
        outlook={outlook}
        summary={messages.chartSummary(sold, stream.planned, stream.curve.length)}
      />
      {stream.curve.length === 0 && <p className={styles.empty}>{messages.chartEmpty}</p>}
      {outlook !== null && (
        <p className={styles.likely}>
          {pane.chartLikely(outlook.p50, outlook.p90)}{" "}
          {pane.chartShort(outlook.chance, outlook.need)}
        </p>
      )}
    </Panel>
  );
});
