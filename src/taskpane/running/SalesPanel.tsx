/** Sold so far against the plan, as a line. */
import { makeStyles, tokens } from "@fluentui/react-components";
import { memo } from "react";
import type { StreamState } from "../../worker/api";
import { Panel } from "../frame/Panel";
import { useWords } from "../words";
import { SalesChart } from "./SalesChart";

const useStyles = makeStyles({
  legend: { display: "inline-flex", alignItems: "center", gap: "5px", marginLeft: "12px" },
  empty: { margin: "6px 0 0", color: tokens.colorNeutralForeground3 },
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
  readonly stream: Pick<StreamState, "curve" | "minutes" | "planned">;
  readonly sold: number;
}) {
  const { stream, sold } = props;
  const styles = useStyles();
  const { messages } = useWords();
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
        summary={messages.chartSummary(sold, stream.planned, stream.curve.length)}
      />
      {stream.curve.length === 0 && <p className={styles.empty}>{messages.chartEmpty}</p>}
    </Panel>
  );
});
