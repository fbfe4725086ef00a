/** Both catalogues in one hand: what the pane says too, and what only cells say. */
import { functionMessagesOf } from "../locale/function-locale";
import type { FunctionMessages } from "../locale/function-messages";
import type { LocaleId } from "../locale/formats";
import { messagesOf } from "../locale/locale";
import type { Messages } from "../locale/messages";

export interface Words {
  readonly locale: LocaleId;
  readonly shared: Messages;
  readonly cell: FunctionMessages;
}

const made = new Map<LocaleId, Words>();

export function wordsOf(locale: LocaleId): Words {
  let words = made.get(locale);
  if (words === undefined) {
    words = { locale, shared: messagesOf(locale), cell: functionMessagesOf(locale) };
    made.set(locale, words);
  }
  return words;
}
