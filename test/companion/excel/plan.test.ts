/** What `npm run excel` would do on each system, from facts alone. */
import { describe, expect, test } from "@jest/globals";
import { planExcel, planUndo, type ExcelFacts, type Step } from "../../../src/companion/excel/plan";
import { companionMessagesOf } from "../../../src/locale/companion-locale";

const words = companionMessagesOf("en");
const id = "6c1ae357-f38d-4cfa-a3d5-fdd709271c3e";
const windows: ExcelFacts = {
  platform: "win32",
  userHome: "C:\\Home\\Kim",
  home: "C:\\Home\\Kim\\AppData\\Local\\StreamStock",
  addinId: id,
  thumbprint: null,
  usable: false,
  done: false,
};
const mac: ExcelFacts = {
  ...windows,
  platform: "darwin",
  userHome: "/mac",
  home: "/mac/Library/Application Support/StreamStock",
};
const settled = { thumbprint: "AB12", usable: true, done: true };

function plan(facts: ExcelFacts): readonly Step[] {
  const steps = planExcel(facts, words);
  if (steps === null) throw new Error("no plan");
  return steps;
}
const ids = (steps: readonly Step[] | null) => steps?.map((step) => step.id);
const lines = (steps: readonly Step[] | null) =>
  steps?.flatMap(({ commands }) => commands.map(({ program, args }) => [program, ...args]));

describe("the first time", () => {
  test("on Windows: certificate, trust, manifest, registry, workbook, Excel", () => {
    const steps = plan(windows);
    expect(ids(steps)).toEqual([
      ...["make_certificate", "trust", "write_manifest", "register", "write_workbook", "open"],
    ]);
    expect(steps.every(({ asked }) => asked)).toBe(true);
    const folder = "C:\\Home\\Kim\\AppData\\Local\\StreamStock\\excel";
    expect(lines(steps)).toEqual([
      ["certutil.exe", "-user", "-addstore", "Root", `${folder}\\localhost.crt`],
      [
        ...["reg.exe", "add", "HKCU\\SOFTWARE\\Microsoft\\Office\\16.0\\Wef\\Developer"],
        ...["/v", id, "/t", "REG_SZ", "/d", `${folder}\\manifest.xml`, "/f"],
      ],
      ["rundll32.exe", "url.dll,FileProtocolHandler", `${folder}\\StreamStock.xlsx`],
    ]);
  });

  test("on a Mac: the login keychain, and the folder that Excel looks into", () => {
    const steps = plan(mac);
    const folder = "/mac/Library/Application Support/StreamStock/excel";
    expect(lines(steps)).toEqual([
      [
        ...["security", "add-trusted-cert", "-r", "trustRoot", "-p", "ssl"],
        ...["-k", "/mac/Library/Keychains/login.keychain-db", `${folder}/localhost.crt`],
      ],
      ["open", "-a", "Microsoft Excel", `${folder}/StreamStock.xlsx`],
    ]);
    const register = steps.find((step) => step.id === "register");
    expect(register?.files).toEqual([
      `/mac/Library/Containers/com.microsoft.Excel/Data/Documents/wef/${id}.manifest.xml`,
    ]);
  });

  test("touches the user's own stores only: nothing needs an administrator", () => {
    for (const facts of [windows, mac]) {
      const text = JSON.stringify([plan(facts), planUndo(facts, words)]);
      expect(text).not.toMatch(/HKLM|sudo|runas|System\.keychain|"-d"/);
    }
  });
});

describe("once it is done", () => {
  test("it is only started: nothing is asked, trusted or registered again", () => {
    for (const facts of [windows, mac]) {
      const steps = plan({ ...facts, ...settled });
      expect(steps.some(({ asked }) => asked)).toBe(false);
      expect(ids(steps)).not.toContain("trust");
      expect(ids(steps)?.at(-1)).toBe("open");
    }
  });

  test("a run that stopped half way is taken up again, with the certificate that is there", () => {
    const steps = plan({ ...windows, ...settled, done: false });
    expect(ids(steps)).toEqual([
      ...["keep_certificate", "trust", "write_manifest", "register", "write_workbook", "open"],
    ]);
  });

  test("a certificate that runs out is replaced, and the old one is no longer trusted", () => {
    const steps = plan({ ...windows, ...settled, usable: false });
    expect(ids(steps)?.slice(0, 3)).toEqual(["untrust", "make_certificate", "trust"]);
    expect(lines(steps)?.[0]).toEqual(["certutil.exe", "-user", "-delstore", "Root", "AB12"]);
  });
});

describe("undo", () => {
  test("takes back every step, whatever is there, and leaves the stock's data alone", () => {
    for (const facts of [windows, mac]) {
      const undo = planUndo({ ...facts, ...settled }, words);
      expect(ids(undo)).toEqual(["unregister", "untrust", "forget"]);
      const written = plan(facts).flatMap(({ files }) => files);
      const removed = undo?.flatMap(({ files }) => files) ?? [];
      expect(written.filter((file) => !removed.includes(file))).toEqual([]);
      expect(removed.join()).not.toMatch(/journal|vault|token$/);
    }
    expect(ids(planUndo(windows, words))).toEqual(["unregister", "forget"]);
  });
});

test("without an Excel there is no plan", () => {
  for (const platform of ["linux", "freebsd", "aix"] as const) {
    expect(planExcel({ ...windows, platform }, words)).toBeNull();
    expect(planUndo({ ...windows, platform }, words)).toBeNull();
  }
});
