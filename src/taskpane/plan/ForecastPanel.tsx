/** The forecast of a stream with its reasons, and what this creator's last streams did. */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useMemo } from "react";
import { quantile, wholeUnits } from "../../forecast/forecast";
import { forecastLive } from "../../forecast/forecast-live";
import { meanOfDays } from "../../forecast/sales";
import { functionMessagesOf } from "../../locale/function-locale";
import type { EngineState, StreamState } from "../../worker/api";
import { forecastSettings } from "../../runtime/forecast-settings";
import { Panel } from "../frame/Panel";
import { useWords } from "../words";

/** Requirement 63: the last three streams of a creator. */
const PAST_SHOWN = 3;

const useStyles = makeStyles({
  units: {
    fontSize: "34px",
    lineHeight: "40px",
    fontWeight: tokens.fontWeightBold,
    fontVariantNumeric: "tabular-nums",
  },
  text: { margin: "0 0 6px", lineHeight: tokens.lineHeightBase300 },
  small: {
    margin: "0 0 6px",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    color: tokens.colorNeutralForeground2,
  },
  past: {
    margin: "10px 0 2px",
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
  },
  list: { margin: 0, paddingLeft: "18px", fontSize: tokens.fontSizeBase200 },
});

export function ForecastPanel(props: {
  readonly days: readonly number[] | null;
  readonly constants: EngineState["constants"];
  /** Null: not filled in. */
  readonly followers: number | null;
  readonly creator: string;
  readonly streams: readonly StreamState[];
  readonly onTake: ((units: number) => void) | null;
}) {
  const { days, constants, followers, creator, streams, onTake } = props;
  const styles = useStyles();
  const { desk, locale } = useWords();
  const words = functionMessagesOf(locale);
  const past = streams
    .filter(({ phase, creator: of }) => phase === "ended" && of === creator && creator !== "")
    .slice(0, PAST_SHOWN);
  const forecast = useMemo(() => {
    if (days === null) return null;
    const mean = meanOfDays(days);
    const base = mean.kind === "daily" ? mean.base : null;
    const made = forecastLive({ base, followers }, forecastSettings(constants));
    return made.ok ? made.value : null;
  }, [days, followers, constants]);
  return (
    <Panel title={desk.forecastTitle}>
      {forecast === null ? (
        <p className={styles.small}>{desk.forecastNone}</p>
      ) : (
        <>
          <div className={styles.units}>{forecast.units}</div>
          <p className={styles.text}>
            {words.planTold({ ...forecast, followers, streams: forecast.n })}
          </p>
          <p className={styles.small}>
            {desk.forecastSpread(
              wholeUnits(quantile(forecast, 0.5)),
              wholeUnits(quantile(forecast, 0.9)),
            )}{" "}
            {desk.forecastAsk(wholeUnits(forecast.creatorAsk))}
          </p>
          {onTake !== null && (
            <Button onClick={() => onTake(forecast.units)}>
              {desk.forecastTake(forecast.units)}
            </Button>
          )}
        </>
      )}
      {creator !== "" && (
        <>
          <h3 className={styles.past}>{desk.pastTitle(creator)}</h3>
          {past.length === 0 ? (
            <p className={styles.small}>{desk.pastNone}</p>
          ) : (
            <ul className={styles.list}>
              {past.map((stream) => (
                <li key={stream.id}>
                  {stream.startedAt === null ? "" : `${desk.moment(stream.startedAt)} · `}
                  {desk.streamSold(stream.sold[stream.channel] ?? 0, stream.planned)}
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Panel>
  );
}
