/**
 * A native notification by the operating system's own means, without a package: one program, its
 * arguments, its environment. Titles come from product pages that anybody may have written, so they are
 * never part of a script or a command line that something interprets: AppleScript gets them as `argv`,
 * PowerShell reads them from its environment, notify-send after a "--".
 */

export interface Notification {
  readonly title: string;
  readonly body: string;
}

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const TITLE_MAX = 100;
const BODY_MAX = 300;

/** Null: this platform has no means that we know. */
export function notificationCommand(
  platform: NodeJS.Platform,
  { title, body }: Notification,
): Command | null {
  const texts = { title: plain(title, TITLE_MAX), body: plain(body, BODY_MAX) };
  switch (platform) {
    case "darwin":
      return {
        program: "osascript",
        args: [...appleScript.flatMap((line) => ["-e", line]), texts.title, texts.body],
        env: {},
      };
    case "win32":
      return {
        program: "powershell.exe",
        args: ["-NoProfile", "-NonInteractive", "-WindowStyle", "Hidden", "-EncodedCommand", toast],
        env: { STREAMSTOCK_TITLE: texts.title, STREAMSTOCK_BODY: texts.body },
      };
    case "linux":
    case "freebsd":
      return {
        program: "notify-send",
        // The body is read as markup by most desktops.
        args: [
          "--app-name=StreamStock",
          "--urgency=critical",
          "--",
          texts.title,
          escape(texts.body),
        ],
        env: {},
      };
    default:
      return null;
  }
}

const appleScript = [
  "on run argv",
  "display notification (item 2 of argv) with title (item 1 of argv)",
  "end run",
];

/** Fixed text; a toast needs the identity of some installed program, and PowerShell has one. */
const toastScript = `
[void][Windows.UI.Notifications.ToastNotificationManager,Windows.UI.Notifications,ContentType=WindowsRuntime]
$kind = [Windows.UI.Notifications.ToastTemplateType]::ToastText02
$xml = [Windows.UI.Notifications.ToastNotificationManager]::GetTemplateContent($kind)
$texts = $xml.GetElementsByTagName("text")
[void]$texts.Item(0).AppendChild($xml.CreateTextNode($env:STREAMSTOCK_TITLE))
[void]$texts.Item(1).AppendChild($xml.CreateTextNode($env:STREAMSTOCK_BODY))
$id = "{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\\WindowsPowerShell\\v1.0\\powershell.exe"
$toast = [Windows.UI.Notifications.ToastNotification]::new($xml)
[Windows.UI.Notifications.ToastNotificationManager]::CreateToastNotifier($id).Show($toast)
`;
const toast = Buffer.from(toastScript, "utf16le").toString("base64");

/** One line without control characters and without what turns the direction of writing. */
function plain(text: string, max: number): string {
  const line = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, " ")
    .replace(/\p{Cs}/gu, "\ufffd")
    .replace(/ {2,}/g, " ")
    .trim();
  // Half a character at the cut would be none.
  return line.length <= max ? line : `${line.slice(0, max - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
