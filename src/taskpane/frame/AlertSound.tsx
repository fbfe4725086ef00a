/** Sounds when something new needs the seller, unless she muted it; the button stays where it is. */
import { Button } from "@fluentui/react-components";
import { Speaker220Regular, SpeakerOff20Regular } from "@fluentui/react-icons";
import { useEffect, useRef, useState } from "react";
import type { Session } from "../../runtime/session";
import type { EngineState } from "../../worker/api";
import type { PaneEnvironment } from "../environment";
import { useWords } from "../words";

const NAME = "muted";
const ranks = { none: 0, yellow: 1, orange: 2, red: 3 } as const;

interface Trouble {
  readonly book: string;
  /** The sum over SKUs, so that a second SKU's alert sounds too. */
  readonly level: number;
  readonly worst: number;
  readonly asks: number;
  readonly oversold: number;
}

function troubleOf({ book, skus, asks }: EngineState): Trouble {
  let level = 0;
  let worst = 0;
  let oversold = 0;
  for (const row of skus) {
    const rank = ranks[row.alert];
    level += rank;
    worst = Math.max(worst, rank);
    oversold += row.oversold;
  }
  return { book, level, worst, asks: asks.length, oversold };
}

export function AlertSound(props: {
  readonly state: EngineState;
  readonly session: Session;
  readonly environment: Pick<PaneEnvironment, "store" | "chime">;
}) {
  const { state, session } = props;
  const { store, chime } = props.environment;
  const { hand } = useWords();
  const [muted, setMuted] = useState(() => store.read(NAME) === "yes");
  const before = useRef<Trouble | null>(null);
  useEffect(() => {
    // The companion's own notifications keep to it as well.
    void session.hand.mute(muted).catch(() => null);
  }, [muted, session]);
  useEffect(() => {
    const was = before.current;
    const now = troubleOf(state);
    before.current = now;
    if (was?.book !== now.book || muted) return;
    const worse = now.level > was.level || now.asks > was.asks || now.oversold > was.oversold;
    if (worse) chime(now.worst === ranks.red || now.oversold > was.oversold);
  }, [state, muted, chime]);
  return (
    <Button
      appearance="subtle"
      icon={muted ? <SpeakerOff20Regular /> : <Speaker220Regular />}
      aria-label={muted ? hand.unmute : hand.mute}
      title={muted ? hand.unmute : hand.mute}
      onClick={() => {
        store.write(NAME, muted ? null : "yes");
        setMuted(!muted);
      }}
    />
  );
}
