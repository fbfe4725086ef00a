/** Both languages in sight, each in its own script, so that nobody is locked into the other. */
import { languageNames } from "../../locale/locale";
import { useWords } from "../words";
import { SegmentedChoice } from "./SegmentedChoice";

const choices = [
  { value: "en", label: languageNames.en },
  { value: "zh-CN", label: languageNames["zh-CN"] },
] as const;

export function LanguageSwitch() {
  const { locale, messages, choose } = useWords();
  return (
    <SegmentedChoice
      label={messages.languageLabel}
      compact
      choices={choices}
      value={locale}
      onChange={choose}
    />
  );
}
