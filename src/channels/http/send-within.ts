/** One HTTP call within a budget: asked before, told afterwards. */
import { err, type Result } from "../../base/result";
import type { ChannelHttp, Refusal, WriteReason } from "../channel";
import type { Budget } from "./budget";
import type { RelayRequest, RelayResponse } from "./relay-contract";
import { retryAfterMs } from "./reply-headers";

export interface Spending {
  /** What the call costs, in the budget's units; 1 where left out. */
  readonly units?: number;
  /** Why it is made; a pause or a resume may use what is kept back for them. */
  readonly reason?: WriteReason;
  /**
   * Whether an answer means "too many calls", in the channel's own form; HTTP 429 always does.
   * Answers the refusal that the budget made of it to the caller instead of the response.
   */
  readonly isThrottled?: (response: RelayResponse) => boolean;
}

/** `throttled` without a byte sent where the budget does not allow the call. */
export async function sendWithin(
  budget: Budget,
  http: ChannelHttp,
  request: RelayRequest,
  { units = 1, reason = "level", isThrottled }: Spending = {},
): Promise<Result<RelayResponse, Refusal>> {
  const early = budget.take(units, reason);
  if (early !== null) return err(early);
  const response = await http.send(request);
  if (!response.ok) return response;
  const { status, headers } = response.value;
  if (status === 429 || isThrottled?.(response.value) === true) {
    return err(budget.refused(retryAfterMs(headers, null)));
  }
  budget.succeeded();
  return response;
}
