/** The companion is gone, and for how long; then, briefly, that it is back. */
import { useState } from "react";
import type { EngineState } from "../../worker/api";
import { useNow } from "../now";
import { useWords } from "../words";
import { Banner } from "./Banner";

const BACK_SHOWN_MS = 8000;

export function CompanionBanner(props: { readonly companion: EngineState["companion"] }) {
  const { ok, lostAt } = props.companion;
  const { messages } = useWords();
  const now = useNow();
  const [seen, setSeen] = useState<{ ok: boolean; backAt: number | null }>({ ok, backAt: null });
  if (seen.ok !== ok) setSeen({ ok, backAt: ok ? now : null });

  if (!ok) {
    return (
      <Banner
        intent="error"
        title={messages.companionLostTitle}
        text={messages.companionLostBody}
        {...(lostAt !== null && { ticking: messages.companionLostSince(lostAt, now - lostAt) })}
      />
    );
  }
  if (seen.backAt === null || now - seen.backAt >= BACK_SHOWN_MS) return null;
  return (
    <Banner
      intent="success"
      title={messages.companionBackTitle}
      text={messages.companionBackBody}
    />
  );
}
