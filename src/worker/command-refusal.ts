/** From what the companion or the journal refuse to what the page is told. */
import { err, type Result } from "../base/result";
import type { CommandRefusal } from "./api";

export function refusedBy(error: {
  readonly code: string;
  readonly detail?: string;
}): Result<never, CommandRefusal> {
  if (error.code === "companion_down") return err({ code: "companion_down" });
  if (error.code === "fenced_off") return err({ code: "not_leader" });
  return err({ code: "refused", detail: error.detail ?? error.code });
}
