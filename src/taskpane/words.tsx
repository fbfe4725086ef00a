/** The language of the pane, handed down: messages, formats, and the way to change it. */
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { formatsOf, type Formats, type LocaleId } from "../locale/formats";
import { messagesOf, pickLocale } from "../locale/locale";
import type { Messages } from "../locale/messages";
import type { DeskMessages } from "../locale/desk-messages";
import type { HandMessages } from "../locale/hand-messages";
import { deskMessagesOf, handMessagesOf, paneMessagesOf } from "../locale/pane-locale";
import type { PaneMessages } from "../locale/pane-messages";
import type { Session } from "../runtime/session";
import type { PaneEnvironment } from "./environment";

export interface Words {
  readonly locale: LocaleId;
  readonly messages: Messages;
  readonly pane: PaneMessages;
  readonly desk: DeskMessages;
  readonly hand: HandMessages;
  readonly formats: Formats;
  readonly choose: (locale: LocaleId) => void;
}

const WordsContext = createContext<Words | null>(null);

export function WordsProvider(props: {
  readonly environment: PaneEnvironment;
  /** The workbook and the functions follow the pane's language. */
  readonly session: Session;
  readonly children: ReactNode;
}) {
  const { session } = props;
  const { languageStore, displayLanguage } = props.environment;
  const [locale, setLocale] = useState(() => languageStore.read() ?? pickLocale(displayLanguage));
  useEffect(() => {
    // Screen readers choose their voice by it, browsers the shape of Han characters.
    document.documentElement.lang = locale;
    session.setLocale(locale);
  }, [locale, session]);
  const words = useMemo<Words>(
    () => ({
      locale,
      messages: messagesOf(locale),
      pane: paneMessagesOf(locale),
      desk: deskMessagesOf(locale),
      hand: handMessagesOf(locale),
      formats: formatsOf(locale),
      choose(chosen) {
        languageStore.write(chosen);
        setLocale(chosen);
      },
    }),
    [locale, languageStore],
  );
  return <WordsContext value={words}>{props.children}</WordsContext>;
}

export function useWords(): Words {
  const words = useContext(WordsContext);
  if (words === null) throw new Error("useWords outside of WordsProvider");
  return words;
}
