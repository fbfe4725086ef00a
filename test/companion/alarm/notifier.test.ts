/** What is started to show a notification, with titles that try to be more than titles. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { notificationCommand } from "../../../src/companion/alarm/notification";
import { systemNotifier } from "../../../src/companion/alarm/notifier";
import { temporaryFolder } from "../../support/temporary-companion";

const hostile = [
  '"; touch pwned; "',
  "$(touch pwned)",
  "`touch pwned`",
  "'; touch pwned; '",
  "| touch pwned",
  "--help",
  "-e do shell script",
  '" & (do shell script "touch pwned") & "',
  "$env:PATH; New-Item pwned",
  "</text><script>1</script>",
  "%PATH% & echo pwned",
  "line\nbreak\r\n\u0000nul\u001b[31m",
  "\u202eevil\u2066",
  "\ud800 half",
];

describe("the command", () => {
  test.each(["linux", "darwin", "win32"] as const)(
    "on %s keeps a title out of everything that is interpreted",
    (platform) => {
      const plain = notificationCommand(platform, { title: "A", body: "B" });
      for (const text of hostile) {
        const command = notificationCommand(platform, { title: text, body: text });
        if (command === null || plain === null) throw new Error("no command");
        expect(command.program).toBe(plain.program);
        expect(command.args).toHaveLength(plain.args.length);
        const differing = command.args.filter((arg, at) => arg !== plain.args[at]);
        // On Windows the texts are not even arguments.
        expect(differing).toHaveLength(platform === "win32" ? 0 : 2);
        for (const told of [...differing, ...Object.values(command.env)]) {
          expect(told).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
          expect(Buffer.from(told, "utf8").toString("utf8")).toBe(told);
        }
      }
    },
  );

  test("on Linux ends the options before the texts, and takes markup from the body", () => {
    const command = notificationCommand("linux", { title: "--help", body: "<b>x</b> & y" });
    expect(command?.args.slice(-3)).toEqual(["--", "--help", "&lt;b&gt;x&lt;/b&gt; &amp; y"]);
  });

  test("bounds what it shows, and no platform it does not know gets any", () => {
    const long = "雨".repeat(1000);
    const command = notificationCommand("linux", { title: long, body: long });
    expect(command?.args.at(-2)?.length).toBe(100);
    expect(command?.args.at(-1)?.length).toBe(300);
    expect(notificationCommand("aix", { title: "a", body: "b" })).toBeNull();
  });
});

(process.platform === "win32" ? describe.skip : describe)("the program that is started", () => {
  const folder = temporaryFolder();
  const path = process.env["PATH"];
  const told = join(folder, "told.json");
  beforeAll(() => {
    mkdirSync(folder, { recursive: true });
    // Writes down its arguments, one JSON text a line.
    const script = `#!${process.execPath}\nrequire("fs").writeFileSync(${JSON.stringify(told)}, JSON.stringify(process.argv.slice(2)));process.exit(Number(process.env.FAKE_EXIT||0));\n`;
    for (const name of ["notify-send", "osascript"]) {
      writeFileSync(join(folder, name), script);
      chmodSync(join(folder, name), 0o755);
    }
    process.env["PATH"] = `${folder}${delimiter}${path ?? ""}`;
  });
  afterAll(() => {
    process.env["PATH"] = path;
    rmSync(folder, { recursive: true, force: true });
  });

  test("gets the texts as they are, through no shell", async () => {
    for (const text of hostile) {
      expect(await systemNotifier("linux").show({ title: text, body: "b" })).toBe(true);
      const args = JSON.parse(readFileSync(told, "utf8")) as string[];
      expect(args).toHaveLength(5);
    }
    expect(await systemNotifier("darwin").show({ title: '" & quit', body: "b" })).toBe(true);
    const args = JSON.parse(readFileSync(told, "utf8")) as string[];
    expect(args.slice(-2)).toEqual(['" & quit', "b"]);
    expect(existsSync("pwned")).toBe(false);
  });

  test("that fails or is not there shows nothing, and nothing else happens", async () => {
    process.env["FAKE_EXIT"] = "1";
    expect(await systemNotifier("linux").show({ title: "a", body: "b" })).toBe(false);
    delete process.env["FAKE_EXIT"];
    process.env["PATH"] = "";
    expect(await systemNotifier("linux").show({ title: "a", body: "b" })).toBe(false);
    process.env["PATH"] = `${folder}${delimiter}${path ?? ""}`;
  });
});
