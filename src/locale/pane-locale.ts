/** The words of the pane's own screens, by language; in no bundle but the pane's. */
import type { DeskMessages } from "./desk-messages";
import { enDesk } from "./en-desk";
import { enHand } from "./en-hand";
import { enPane } from "./en-pane";
import type { LocaleId } from "./formats";
import type { HandMessages } from "./hand-messages";
import type { PaneMessages } from "./pane-messages";
import { zhCnDesk } from "./zh-cn-desk";
import { zhCnHand } from "./zh-cn-hand";
import { zhCnPane } from "./zh-cn-pane";

const catalogues: Readonly<Record<LocaleId, PaneMessages>> = { en: enPane, "zh-CN": zhCnPane };

export function paneMessagesOf(locale: LocaleId): PaneMessages {
  return catalogues[locale];
}

const desks: Readonly<Record<LocaleId, DeskMessages>> = { en: enDesk, "zh-CN": zhCnDesk };

export function deskMessagesOf(locale: LocaleId): DeskMessages {
  return desks[locale];
}

const hands: Readonly<Record<LocaleId, HandMessages>> = { en: enHand, "zh-CN": zhCnHand };

export function handMessagesOf(locale: LocaleId): HandMessages {
  return hands[locale];
}
