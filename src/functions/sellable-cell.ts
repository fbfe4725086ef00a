/** STREAM.SELLABLE: what a cell shows, given the engine's newest state. Pure. */
import { isChannelId, parseSku, type ChannelId } from "../base/ids";
import { err, ok, type Result } from "../base/result";
import { SAFE_AGE_MS } from "../stock/sellable";
import type { EngineState } from "../worker/api";

export type SellableRefusal =
  | { readonly code: "sku_empty" | "sku_too_long" }
  | { readonly code: "channel_unknown"; readonly text: string }
  /** Nothing read yet: the add-in has just started. */
  | { readonly code: "starting" }
  | { readonly code: "stopped" }
  | { readonly code: "sku_unknown"; readonly sku: string }
  | { readonly code: "channel_unlisted"; readonly sku: string; readonly channel: ChannelId }
  | { readonly code: "channel_unread"; readonly channel: ChannelId | null }
  /** Too old to be called sellable; `at` = when it was read. */
  | { readonly code: "too_old"; readonly at: number };

/** Blank channel: what is free for every channel. Names are read as people write them. */
export function readChannel(text: string | null): Result<ChannelId | null, string> {
  const plain = (text ?? "")
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, "");
  if (plain === "") return ok(null);
  const name = plain === "tiktokshop" ? "tiktok" : plain;
  return isChannelId(name) ? ok(name) : err(String(text));
}

export function sellableCell(
  state: EngineState | null,
  skuText: string,
  channelText: string | null,
  now: number,
): Result<number, SellableRefusal> {
  const sku = parseSku(skuText);
  if (!sku.ok) return err({ code: sku.error });
  const channel = readChannel(channelText);
  if (!channel.ok) return err({ code: "channel_unknown", text: channel.error });
  if (state === null || state.role === "starting") return err({ code: "starting" });
  if (state.role === "stopped") return err({ code: "stopped" });
  const row = state.skus.find((candidate) => candidate.sku === sku.value);
  if (row === undefined) return err({ code: "sku_unknown", sku: sku.value });
  // A follower reads the leader's journal: its numbers are as fresh as the companion answers.
  if (state.role === "follower") {
    if (state.entries === 0 || !state.companion.ok) return err({ code: "starting" });
  } else if (row.asOf === null) {
    return err({ code: "channel_unread", channel: channel.value });
  } else if (now - row.asOf > SAFE_AGE_MS) {
    return err({ code: "too_old", at: row.asOf });
  }
  if (channel.value === null) return ok(Math.max(0, row.available));
  const units = row.sellable[channel.value];
  if (units === undefined) {
    return err({ code: "channel_unlisted", sku: sku.value, channel: channel.value });
  }
  return ok(units);
}
