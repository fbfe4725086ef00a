/** Plan: the streams, a new one with its forecast, the check before it, and the proof for its creator. */
import { Button } from "@fluentui/react-components";
import { useState } from "react";
import { isRehearsal } from "../../base/ids";
import type { ScreenName } from "../../locale/shop-messages";
import type { Session } from "../../runtime/session";
import type { EngineState } from "../../worker/api";
import { Panel } from "../frame/Panel";
import { useNow } from "../now";
import { useDays } from "../running/use-days";
import { useWords } from "../words";
import { ForecastPanel } from "./ForecastPanel";
import { draftOf, emptyDraft, wholeNumber, type PlanDraft } from "./plan-draft";
import { PlanForm } from "./PlanForm";
import { PreflightPanel } from "./PreflightPanel";
import { ProofPanel } from "./ProofPanel";
import { SheetsPanel } from "./SheetsPanel";
import { StreamList } from "./StreamList";
import { useStreams } from "./use-streams";

export function PlanScreen(props: {
  readonly state: EngineState;
  readonly session: Session;
  readonly onGo: (screen: ScreenName) => void;
}) {
  const { state, session, onGo } = props;
  const { desk } = useWords();
  const now = useNow();
  const known = useStreams(session, state);
  const [typed, setTyped] = useState<PlanDraft | null>(null);
  const live = !isRehearsal(state.book);
  const first = state.skus[0]?.sku ?? "";
  const shown = live ? null : (state.stream ?? state.next);
  const draft = typed ?? emptyDraft(now, first);
  const sku = shown?.sku ?? draft.sku;
  const days = useDays(session, sku === "" ? null : sku);
  const take = (units: number) => setTyped({ ...draft, planned: String(units) });
  return (
    <>
      <StreamList known={known} onChange={live ? (stream) => setTyped(draftOf(stream)) : null} />
      {live ? (
        <PlanForm
          key={draft.id ?? ""}
          draft={draft}
          skus={state.skus}
          session={session}
          onDraft={setTyped}
          onNew={() => setTyped(null)}
          onPlanned={known.reload}
        />
      ) : (
        <Panel title={desk.formTitle}>
          <p>{desk.formNeedsLive}</p>
          <Button onClick={() => onGo("channels")}>{desk.formGoLive}</Button>
        </Panel>
      )}
      <ForecastPanel
        constants={state.constants}
        days={days}
        followers={shown?.followers ?? wholeNumber(draft.followers)}
        creator={shown?.creator ?? draft.creator.trim()}
        streams={known.streams ?? []}
        onTake={live ? take : null}
      />
      <PreflightPanel session={session} />
      <ProofPanel state={state} session={session} />
      <SheetsPanel session={session} />
    </>
  );
}
