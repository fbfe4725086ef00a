/** Nobody watched for a while, and not everything was read again: why no number counts as sellable. */
import type { EngineState } from "../../worker/api";
import { Banner } from "../frame/Banner";
import { useWords } from "../words";

export function GapBanner({ gap }: { readonly gap: EngineState["gap"] }) {
  const { messages, pane } = useWords();
  if (gap === null) return null;
  const names = gap.waitsFor.map((channel) => messages.channel[channel]);
  return (
    <Banner intent="warning" title={pane.gap[gap.cause](gap.ms)} text={pane.gapReading(names)} />
  );
}
