/** What stands in the plan's form, as typed, and the order it makes. Pure. */
import type { ChannelId } from "../../base/ids";
import type { PlanFieldName } from "../../locale/pane-messages";
import type { StreamState } from "../../worker/api";
import type { StreamOrder } from "../../worker/engine-api";

export interface PlanDraft {
  readonly id: string | null;
  readonly creator: string;
  readonly followers: string;
  readonly sku: string;
  /** As a browser's date field has it, in this computer's time. */
  readonly starts: string;
  readonly minutes: string;
  readonly channel: ChannelId;
  readonly policy: StreamOrder["policy"];
  readonly planned: string;
}

const DAY_MS = 24 * 60 * 60_000;
/** The seed plans five days ahead (requirement 27); one more leaves time to fill the form in. */
const AHEAD_DAYS = 6;
const EVENING_HOUR = 20;

/** For a date field: this computer's time, to the minute. */
export function localText(at: number): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

export function emptyDraft(now: number, sku: string): PlanDraft {
  const start = new Date(now + AHEAD_DAYS * DAY_MS);
  start.setHours(EVENING_HOUR, 0, 0, 0);
  return {
    id: null,
    creator: "",
    followers: "",
    sku,
    starts: localText(start.getTime()),
    minutes: "180",
    channel: "tiktok",
    policy: "escrow",
    planned: "",
  };
}

export function draftOf(stream: StreamState): PlanDraft {
  return {
    id: stream.id,
    creator: stream.creator,
    followers: String(stream.followers),
    sku: stream.sku,
    starts: localText(stream.startsAt ?? 0),
    minutes: String(stream.minutes),
    channel: stream.channel,
    policy: stream.policy,
    planned: String(stream.planned),
  };
}

/** Null: no number of units or people. */
export function wholeNumber(text: string): number | null {
  const plain = text.replaceAll(/[\s,，]/g, "");
  return /^\d{1,9}$/.test(plain) ? Number(plain) : null;
}

/** The order, or the first field that is missing or cannot be. */
export function orderOf(draft: PlanDraft): StreamOrder | PlanFieldName {
  const { id, creator, sku, channel, policy } = draft;
  const followers = draft.followers.trim() === "" ? 0 : wholeNumber(draft.followers);
  const planned = wholeNumber(draft.planned);
  const minutes = wholeNumber(draft.minutes);
  const startsAt = new Date(draft.starts).getTime();
  if (creator.trim() === "") return "creator";
  if (followers === null) return "followers";
  if (!Number.isFinite(startsAt)) return "startsAt";
  if (minutes === null || minutes < 1) return "minutes";
  if (planned === null || planned < 1) return "planned";
  return {
    id,
    sku,
    planned,
    channel,
    creator: creator.trim(),
    followers,
    startsAt,
    minutes,
    policy,
  };
}
