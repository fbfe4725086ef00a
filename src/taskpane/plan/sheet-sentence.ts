/** Why a sheet did not take a wish, in plain words. */
import type { DeskMessages } from "../../locale/desk-messages";
import type { Messages } from "../../locale/messages";
import type { SheetRefusal } from "../../runtime/sheets";

export function sheetSentence(
  refusal: SheetRefusal,
  messages: Messages,
  desk: DeskMessages,
): string {
  const own = Object.entries(desk.sheetTrouble).find(([code]) => code === refusal.code)?.[1];
  if (own !== undefined) return own;
  const shared = Object.entries(messages.refusal).find(([code]) => code === refusal.code)?.[1];
  return shared?.("detail" in refusal ? refusal.detail : "") ?? desk.sheetTrouble.failed;
}
