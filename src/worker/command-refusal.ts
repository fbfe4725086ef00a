/** From what the companion or the journal refuse to what the page is told. */
import { err, type Result } from "../base/result";

export type CommandRefusal =
  | { readonly code: "busy" }
  | { readonly code: "not_leader" }
  | { readonly code: "companion_down" }
  | { readonly code: "already_running" }
  | { readonly code: "no_stream" }
  /** The live book is open: a rehearsal would take its place. */
  | { readonly code: "live_open" }
  /** The sheet's plan is no number of units; detail = what stands there. */
  | { readonly code: "plan"; readonly detail: string }
  | { readonly code: "storage"; readonly detail: string }
  | { readonly code: "refused"; readonly detail: string };

export function refusedBy(error: {
  readonly code: string;
  readonly detail?: string;
}): Result<never, CommandRefusal> {
  if (error.code === "companion_down") return err({ code: "companion_down" });
  if (error.code === "fenced_off") return err({ code: "not_leader" });
  return err({ code: "refused", detail: error.detail ?? error.code });
}
