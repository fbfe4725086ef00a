/** A channel as people write it. */
import { isChannelId, type ChannelId } from "../base/ids";
import { err, ok, type Result } from "../base/result";
import type { SkuState } from "../worker/api";
import { invalidValue, notAvailable, type CellError } from "./cell-value";
import type { Words } from "./words";

/** Blank: none in particular. */
export function readChannel(text: string): Result<ChannelId | null, string> {
  const plain = text
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, "");
  if (plain === "") return ok(null);
  const name = plain === "tiktokshop" ? "tiktok" : plain;
  return isChannelId(name) ? ok(name) : err(text);
}

/** The channel of a row; null = none was named. Refused where the SKU is not listed there. */
export function channelOf(
  row: SkuState,
  text: string,
  { shared }: Words,
): Result<ChannelId | null, CellError> {
  const channel = readChannel(text);
  if (!channel.ok) return err(invalidValue(shared.cellChannelUnknown(channel.error)));
  if (channel.value === null || row.sellable[channel.value] !== undefined) return channel;
  return err(notAvailable(shared.cellChannelUnlisted(row.sku, shared.channel[channel.value])));
}
