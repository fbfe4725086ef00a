/**
 * The words of the companion: native notifications and `npm run excel`. Apart from the pane's words,
 * since the add-in does not ship them; `companion-locale.ts` picks the language.
 */

type AlarmLevel = "yellow" | "orange" | "red";

export interface CompanionMessages {
  // Notifications
  readonly levelTitle: Readonly<Record<AlarmLevel, (sku: string) => string>>;
  readonly levelBody: Readonly<Record<AlarmLevel, (left: number) => string>>;
  readonly oversoldTitle: (sku: string) => string;
  readonly oversoldBody: (units: number) => string;
  readonly channelTitle: (channel: string) => string;
  readonly channelBody: string;
  readonly silentTitle: string;
  readonly silentBody: string;

  // npm run excel
  readonly excelNone: string;
  readonly excelPlan: string;
  readonly excelUndoPlan: string;
  readonly excelMakeCertificate: (days: number) => string;
  readonly excelKeepCertificate: string;
  readonly excelTrust: string;
  readonly excelTrustMac: string;
  readonly excelWriteManifest: string;
  readonly excelRegister: string;
  readonly excelWriteWorkbook: string;
  readonly excelOpen: string;
  readonly excelUntrust: string;
  readonly excelUnregister: string;
  readonly excelForget: string;
  readonly excelAsk: string;
  readonly excelDeclined: string;
  readonly excelStepFailed: (step: string) => string;
  readonly excelPortNeeded: string;
  readonly excelDone: string;
  readonly excelUndone: string;
}
