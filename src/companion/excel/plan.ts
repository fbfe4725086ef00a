/**
 * What `npm run excel` would do on this computer, and what its undo would: a list of steps, each one
 * file or one command, worked out from facts alone. Nothing happens here; `run-plan.ts` carries it out.
 *
 * Where Excel looks for an add-in, and how a certificate becomes trusted: platform.md 4 and 5. Only the
 * user's own stores are touched, so nobody needs to be an administrator.
 */
import { posix, win32 } from "node:path";
import type { CompanionMessages } from "../../locale/companion-messages";
import { CERTIFICATE_DAYS } from "./certificate";

export type StepId =
  | "make_certificate"
  | "keep_certificate"
  | "trust"
  | "write_manifest"
  | "register"
  | "write_workbook"
  | "open"
  | "untrust"
  | "unregister"
  | "forget";

export interface PlannedCommand {
  readonly program: string;
  readonly args: readonly string[];
}

export interface Step {
  readonly id: StepId;
  /** For the person who is asked. */
  readonly says: string;
  /** Whole paths that are written, or with `forget` and `unregister` removed. */
  readonly files: readonly string[];
  readonly commands: readonly PlannedCommand[];
  /** True: a change of this computer, which is asked for first. */
  readonly asked: boolean;
  /** True: a failure is no reason to stop (something to be removed is not there). */
  readonly lenient: boolean;
}

export interface ExcelFacts {
  readonly platform: NodeJS.Platform;
  /** The user's home folder. */
  readonly userHome: string;
  /** StreamStock's data folder. */
  readonly home: string;
  /** The add-in's id, as the manifest has it. */
  readonly addinId: string;
  /** SHA-1 of the certificate that is kept, null for none. */
  readonly thumbprint: string | null;
  /** The kept certificate holds for a while yet. */
  readonly usable: boolean;
  /** The kept certificate was trusted, and the add-in registered, by an earlier run. */
  readonly done: boolean;
}

export interface ExcelFiles {
  readonly cert: string;
  readonly key: string;
  readonly manifest: string;
  readonly workbook: string;
  /** Says that an earlier run went through, and for which certificate. */
  readonly done: string;
}

const pathsOf = (platform: NodeJS.Platform) => (platform === "win32" ? win32 : posix);

export function excelFiles(facts: Pick<ExcelFacts, "platform" | "home">): ExcelFiles {
  const path = pathsOf(facts.platform);
  const inFolder = (name: string) => path.join(facts.home, "excel", name);
  return {
    cert: inFolder("localhost.crt"),
    key: inFolder("localhost.key"),
    manifest: inFolder("manifest.xml"),
    workbook: inFolder("StreamStock.xlsx"),
    done: inFolder("done.json"),
  };
}

/** Null: there is no Excel on this platform. */
export function planExcel(facts: ExcelFacts, words: CompanionMessages): readonly Step[] | null {
  if (!hasExcel(facts.platform)) return null;
  const files = excelFiles(facts);
  const fresh = !facts.usable;
  // An earlier run has done these, for this very certificate.
  const needed = fresh || !facts.done;
  const certificate = fresh
    ? step("make_certificate", words.excelMakeCertificate(CERTIFICATE_DAYS), {
        files: [files.cert, files.key],
      })
    : step("keep_certificate", words.excelKeepCertificate, { asked: false });
  return [
    // What was trusted before must not stay trusted when it is no longer used.
    ...(fresh && facts.thumbprint !== null ? [untrust(facts, files, words)] : []),
    certificate,
    ...(needed ? [trust(facts, files, words)] : []),
    step("write_manifest", words.excelWriteManifest, { files: [files.manifest], asked: needed }),
    ...(needed || facts.platform === "darwin" ? [register(facts, files, words, needed)] : []),
    step("write_workbook", words.excelWriteWorkbook, { files: [files.workbook], asked: needed }),
    step("open", words.excelOpen, { commands: [openCommand(facts, files)], asked: needed }),
  ];
}

/** Null: there is no Excel on this platform. */
export function planUndo(facts: ExcelFacts, words: CompanionMessages): readonly Step[] | null {
  if (!hasExcel(facts.platform)) return null;
  const files = excelFiles(facts);
  return [
    unregister(facts, words),
    ...(facts.thumbprint === null ? [] : [untrust(facts, files, words)]),
    step("forget", words.excelForget, {
      files: [files.cert, files.key, files.manifest, files.workbook, files.done],
    }),
  ];
}

function hasExcel(platform: NodeJS.Platform): boolean {
  return platform === "win32" || platform === "darwin";
}

function step(
  id: StepId,
  says: string,
  more: Partial<Pick<Step, "files" | "commands" | "asked" | "lenient">> = {},
): Step {
  return { id, says, files: [], commands: [], asked: true, lenient: false, ...more };
}

function trust(facts: ExcelFacts, files: ExcelFiles, words: CompanionMessages): Step {
  if (facts.platform === "win32") {
    const args = ["-user", "-addstore", "Root", files.cert];
    return step("trust", words.excelTrust, { commands: [{ program: "certutil.exe", args }] });
  }
  const args = ["add-trusted-cert", "-r", "trustRoot", "-p", "ssl", "-k", loginKeychain(facts)];
  return step("trust", words.excelTrustMac, {
    commands: [{ program: "security", args: [...args, files.cert] }],
  });
}

function untrust(facts: ExcelFacts, files: ExcelFiles, words: CompanionMessages): Step {
  const thumbprint = facts.thumbprint ?? "";
  const commands: readonly PlannedCommand[] =
    facts.platform === "win32"
      ? [{ program: "certutil.exe", args: ["-user", "-delstore", "Root", thumbprint] }]
      : [
          { program: "security", args: ["remove-trusted-cert", files.cert] },
          {
            program: "security",
            args: ["delete-certificate", "-Z", thumbprint, loginKeychain(facts)],
          },
        ];
  return step("untrust", words.excelUntrust, { commands, lenient: true });
}

function loginKeychain(facts: ExcelFacts): string {
  return posix.join(facts.userHome, "Library", "Keychains", "login.keychain-db");
}

/** Where Excel on Windows looks for add-ins that no store brought. */
const DEVELOPER_KEY = "HKCU\\SOFTWARE\\Microsoft\\Office\\16.0\\Wef\\Developer";

/** Where Excel on a Mac does: a folder of its own container. */
function wefFile(facts: ExcelFacts): string {
  const container = posix.join(facts.userHome, "Library/Containers/com.microsoft.Excel");
  return posix.join(container, "Data/Documents/wef", `${facts.addinId}.manifest.xml`);
}

function register(
  facts: ExcelFacts,
  files: ExcelFiles,
  words: CompanionMessages,
  asked: boolean,
): Step {
  if (facts.platform === "darwin") {
    return step("register", words.excelRegister, { files: [wefFile(facts)], asked });
  }
  const value = ["/v", facts.addinId, "/t", "REG_SZ", "/d", files.manifest, "/f"];
  return step("register", words.excelRegister, {
    commands: [{ program: "reg.exe", args: ["add", DEVELOPER_KEY, ...value] }],
    asked,
  });
}

function unregister(facts: ExcelFacts, words: CompanionMessages): Step {
  if (facts.platform === "darwin") {
    return step("unregister", words.excelUnregister, { files: [wefFile(facts)], lenient: true });
  }
  const args = ["delete", DEVELOPER_KEY, "/v", facts.addinId, "/f"];
  return step("unregister", words.excelUnregister, {
    commands: [{ program: "reg.exe", args }],
    lenient: true,
  });
}

/** The workbook by its file type, which is Excel's; on a Mac by name, since Numbers takes it too. */
function openCommand(facts: ExcelFacts, files: ExcelFiles): PlannedCommand {
  return facts.platform === "darwin"
    ? { program: "open", args: ["-a", "Microsoft Excel", files.workbook] }
    : { program: "rundll32.exe", args: ["url.dll,FileProtocolHandler", files.workbook] };
}
