/** What alerts have done and not yet taken back. */
import type { StreamState } from "../../worker/api";
import { Banner } from "../frame/Banner";
import { useWords } from "../words";

export function InForce({ stream }: { readonly stream: StreamState }) {
  const { messages, pane } = useWords();
  const stopped = pane.stoppedNow(messages.channel[stream.channel]);
  return (
    <>
      {stream.stopped && <Banner intent="warning" title={stopped.title} text={stopped.next} />}
      {stream.paused && (
        <Banner intent="info" title={pane.pausedNow.title} text={pane.pausedNow.next} />
      )}
    </>
  );
}
