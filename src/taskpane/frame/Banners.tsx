/** What stands between the seller and trust in the numbers below, most serious first. */
import { useState } from "react";
import type { EngineState } from "../../worker/api";
import { useNow } from "../now";
import { useWords } from "../words";
import { Banner } from "./Banner";
import { CompanionBanner } from "./CompanionBanner";

/** A backlog this old is worth a word; a younger one is the journal's ordinary pace. */
const BACKLOG_PATIENCE_MS = 10_000;

function FaultBanner({ fault }: { readonly fault: EngineState["fault"] }) {
  const { messages } = useWords();
  const known = Object.entries(messages.fault).find(([code]) => code === fault?.code)?.[1];
  const { title, next } = known ?? messages.faultOther;
  const detail = fault === null ? "" : fault.detail;
  const text = detail === "" ? next : `${next} ${messages.faultDetail(detail)}`;
  return <Banner intent="error" title={title} text={text} />;
}

function BacklogBanner({ entries }: { readonly entries: number }) {
  const { messages } = useWords();
  const now = useNow();
  const [since, setSince] = useState<number | null>(null);
  const waits = entries > 0;
  if (waits && since === null) setSince(now);
  if (!waits && since !== null) setSince(null);
  if (!waits || since === null || now - since < BACKLOG_PATIENCE_MS) return null;
  // The count changes with every order: only the lasting sentence is announced.
  return (
    <Banner intent="warning" text={messages.backlogBody} ticking={messages.backlogTitle(entries)} />
  );
}

export function Banners({ state }: { readonly state: EngineState }) {
  const { messages } = useWords();
  return (
    <>
      {state.role === "stopped" && <FaultBanner fault={state.fault} />}
      <CompanionBanner companion={state.companion} />
      {state.role === "follower" && (
        <Banner intent="info" title={messages.followerTitle} text={messages.followerBody} />
      )}
      <BacklogBanner entries={state.companion.ok ? state.journalBacklog : 0} />
    </>
  );
}
