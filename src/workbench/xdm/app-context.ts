/** What the host says of itself in the handshake (workbench.md 1, step 4). */
import type { Language } from "../words";

/** The newest sets that the library in use knows: 16.0.15407 ends at ExcelApi 1.15. */
const requirementSets = {
  excelapi: "1.15",
  customfunctions: "1.9",
  customfunctionsruntime: "1.3",
  sharedruntime: "1.1",
  ribbonapi: "1.1",
  keyboardshortcuts: "1.1",
  dialogapi: "1.2",
  dialogorigin: "1.1",
  addincommands: "1.1",
  settings: "1.1",
  imagecoercion: "1.1",
  openbrowserwindowapi: "1.1",
};

export interface AppContextFacts {
  readonly controlId: string;
  readonly language: Language;
  readonly origin: string;
  readonly settings: ReadonlyMap<string, string>;
}

export function appContext(facts: AppContextFacts): Record<string, unknown> {
  return {
    _id: facts.controlId,
    _appInstanceId: facts.controlId,
    _appName: 16,
    _appVersion: "16.01",
    _hostFullVersion: "16.0.15407.10000",
    _appUILocale: facts.language,
    _dataLocale: facts.language,
    _docUrl: `${facts.origin}/workbench/`,
    _clientMode: 1,
    _settings: [...facts.settings],
    _reason: 1,
    _osfControlType: 1,
    _eToken: "",
    _correlationId: facts.controlId,
    _requirementMatrix: JSON.stringify(requirementSets),
    _initialDisplayMode: 2,
    _appDomains: [facts.origin],
  };
}
