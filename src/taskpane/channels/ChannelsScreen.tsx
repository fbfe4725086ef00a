/** Channels: which book is open, the four connections, and how well the numbers agree. */
import { Spinner } from "@fluentui/react-components";
import { useState } from "react";
import type { Session } from "../../runtime/session";
import type { EngineState, ShopReading, ShopRefusal } from "../../worker/api";
import { useCommand } from "../command";
import { Banner } from "../frame/Banner";
import { Panel } from "../frame/Panel";
import { useNow } from "../now";
import { useWords } from "../words";
import { BookPanel } from "./BookPanel";
import { ConnectionCard } from "./ConnectionCard";
import { DriftPanel } from "./DriftPanel";
import { HealthPanel } from "./HealthPanel";
import { LatencyPanel } from "./LatencyPanel";
import { ReadingPanel } from "./ReadingPanel";
import { ShopRefusalNote } from "./ShopRefusalNote";

export function ChannelsScreen(props: { readonly state: EngineState; readonly session: Session }) {
  const { state, session } = props;
  const { messages } = useWords();
  const { shops } = messages;
  const now = useNow();
  const [taken, setTaken] = useState(false);
  const reading = useCommand<ShopReading, ShopRefusal>(() => {
    setTaken(false);
    return session.shops.readShops();
  });
  const { connections } = state;
  const connected = (connections ?? []).some(
    (connection) => connection.state === "connected" || connection.state === "rights_missing",
  );
  return (
    <>
      {state.drifts.length > 0 && <DriftPanel drifts={state.drifts} session={session} />}
      <BookPanel state={state} session={session} connected={connected} reading={reading} />
      <ShopRefusalNote refusal={reading.refusal} />
      {taken && <Banner intent="success" title={shops.taken.title} text={shops.taken.next} />}
      {reading.done !== null && (
        <ReadingPanel
          reading={reading.done}
          session={session}
          onTaken={() => {
            reading.clear();
            setTaken(true);
          }}
        />
      )}
      <Panel title={shops.connectionsTitle}>
        {connections === null ? (
          <Spinner size="tiny" label={shops.connectionsUnknown} labelPosition="after" />
        ) : (
          connections.map((connection) => (
            <ConnectionCard
              key={connection.channel}
              connection={connection}
              session={session}
              now={now}
            />
          ))
        )}
      </Panel>
      <HealthPanel channels={state.channels} />
      {state.drifts.length === 0 && state.channels.length > 0 && (
        <DriftPanel drifts={state.drifts} session={session} />
      )}
      {state.channels.length > 0 && <LatencyPanel state={state} session={session} />}
    </>
  );
}
