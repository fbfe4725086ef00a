/** After the stream: the review, what is left to give back, and the way to the next rehearsal. */
import { Spinner } from "@fluentui/react-components";
import { useEffect } from "react";
import { isRehearsal } from "../../base/ids";
import type { Session } from "../../runtime/session";
import type { EngineState, StreamState } from "../../worker/api";
import { Panel } from "../frame/Panel";
import { RehearseForm } from "../idle/RehearseForm";
import { SalesPanel } from "../running/SalesPanel";
import { ActivityPanel } from "../stock/ActivityPanel";
import { StockPanel } from "../stock/StockPanel";
import { useLocalStore } from "../local-store-context";
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
  const store = useLocalStore();
  const rehearsed = review !== null && isRehearsal(state.book);
  useEffect(() => {
    if (rehearsed) store.write("rehearsed", "yes");
  }, [rehearsed, store]);
  return (
    <>
      {review === null ? (
        <Panel title={messages.reviewTitle}>
          <Spinner size="small" label={messages.reviewPending} />
        </Panel>
      ) : (
        <>
          <ReviewPanel review={review} />
          <SuggestionsPanel
            review={review}
            followers={stream.followers}
            constants={state.constants}
            session={session}
          />
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
