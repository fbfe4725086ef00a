/** After the stream: the review, what is left to give back, and the way to the next rehearsal. */
import { Spinner } from "@fluentui/react-components";
import type { Session } from "../../runtime/session";
import type { EngineState, StreamState } from "../../worker/api";
import { Panel } from "../frame/Panel";
import { RehearseForm } from "../idle/RehearseForm";
import { SalesPanel } from "../running/SalesPanel";
import { ActivityPanel } from "../stock/ActivityPanel";
import { StockPanel } from "../stock/StockPanel";
import { LIVE_CHANNEL } from "../running/live-channel";
import { useWords } from "../words";
import { ReleaseButton } from "./ReleaseButton";
import { ReviewPanel } from "./ReviewPanel";

export function EndedScreen(props: {
  readonly state: EngineState;
  readonly stream: StreamState;
  readonly session: Session;
}) {
  const { state, stream, session } = props;
  const { messages } = useWords();
  const { review } = state;
  return (
    <>
      {review === null ? (
        <Panel title={messages.reviewTitle}>
          <Spinner size="small" label={messages.reviewPending} />
        </Panel>
      ) : (
        <>
          <ReviewPanel review={review} />
          <ReleaseButton session={session} units={review.leftReserved} />
        </>
      )}
      <RehearseForm state={state} session={session} label={messages.rehearseAgain} />
      <SalesPanel stream={stream} sold={stream.sold[LIVE_CHANNEL] ?? 0} />
      <StockPanel skus={state.skus} channels={state.channels} />
      <ActivityPanel activity={state.activity} />
    </>
  );
}
