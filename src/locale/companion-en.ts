/** The companion in English. */
import type { CompanionMessages } from "./companion-messages";
import { plural } from "./formats";

const units = (n: number) => `${n} ${plural(n, "unit", "units")}`;

export const companionEn: CompanionMessages = {
  levelTitle: {
    yellow: (sku) => `Running low: ${sku}`,
    orange: (sku) => `Nearly gone: ${sku}`,
    red: (sku) => `Stopped selling: ${sku}`,
  },
  levelBody: {
    yellow: (left) => `${units(left)} left to sell in this stream.`,
    orange: (left) => `Only ${units(left)} left. Other channels are held back.`,
    red: (left) => `${units(left)} left. The channels now show 0.`,
  },
  oversoldTitle: (sku) => `Oversold: ${sku}`,
  oversoldBody: (n) =>
    `${units(n)} more were sold than there are. Open StreamStock to see which orders.`,
  channelTitle: (channel) => `${channel} does not answer`,
  channelBody: "Its sales are not counted until it is back. Open StreamStock for what to do.",
  silentTitle: "StreamStock has gone silent",
  silentBody:
    "A stream is on and nothing syncs its stock. Open the StreamStock pane in Excel again.",

  excelNone:
    "There is no Excel on this system. Use the workbench instead: npm start opens it in the browser.",
  excelPlan: "To run in Excel on this computer, StreamStock will:",
  excelUndoPlan: "To leave Excel as it was, StreamStock will:",
  excelMakeCertificate: (days) =>
    `make a certificate for "localhost", for this computer only, valid for ${days} days`,
  excelKeepCertificate: "use the certificate of this computer that is there already",
  excelTrust: "trust that certificate for your user account (Windows asks you to confirm)",
  excelTrustMac: "trust that certificate for your user account (macOS asks for your password)",
  excelWriteManifest: "write the add-in's manifest into the data folder",
  excelRegister: "tell Excel about the add-in, for your user account",
  excelWriteWorkbook: "write the starter workbook, which opens the pane by itself",
  excelOpen: "start StreamStock and open the starter workbook in Excel",
  excelUntrust: "stop trusting the certificate",
  excelUnregister: "take the add-in out of Excel",
  excelForget: "delete the certificate, its key, the manifest and the starter workbook",
  excelAsk: "Go on? [y/N] ",
  excelDeclined: "Nothing was changed.",
  excelStepFailed: (step) =>
    `This step did not work, and the ones after it were not tried: ${step}`,
  excelPortNeeded: "Excel needs a fixed address: PORT cannot be 0 here.",
  excelDone: "StreamStock is in Excel. Undo it with: npm run excel -- --undo",
  excelUndone: "Excel and this computer are as before. Your stock data was not touched.",
};
