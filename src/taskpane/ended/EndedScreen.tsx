/** After the stream: the review, what is left to give back, and the way to the next rehearsal. */
import { Spinner } from "@fluentui/react-components";
import { isRehearsal } from "../../base/ids";
import type { Session } from "../../runtime/session";
import type { EngineState, StreamState } from "../../worker/api";
import { Panel } from "../frame/Panel";
import { RehearseForm } from "../idle/RehearseForm";
import { SalesPanel } from "../running/SalesPanel";
import { ActivityPanel } from "../stock/ActivityPanel";
import { StockPanel } from "../stock/StockPanel";
import { useWords } from "../words";
import { ReleaseButton } from "./ReleaseButton";
import { ReviewPanel } from "./ReviewPanel";
import { SuggestionsPanel } from "./SuggestionsPanel";
import { TimelinePanel } from "./TimelinePanel";

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
          <SuggestionsPanel review={review} />
          <ReleaseButton session={session} units={review.leftReserved} />
        </>
      )}
      {isRehearsal(state.book) && (
        <RehearseForm state={state} session={session} label={messages.rehearseAgain} />
      )}
      <TimelinePanel stream={stream} session={session} />
      <SalesPanel stream={stream} sold={stream.sold[stream.channel] ?? 0} />
      <StockPanel skus={state.skus} channels={state.channels} />
      <ActivityPanel activity={state.activity} />
    </>
  );
}
