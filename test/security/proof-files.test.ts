/**
 * Files that are made to fool or harm who checks a proof: bombs, XML that expands, archives that show
 * one sheet to us and another to Excel, seals with a second spelling.
 */
import { describe, expect, test } from "@jest/globals";
import { deflateRawSync } from "node:zlib";
import { fromBase64Url, toBase64Url } from "../../src/proof/bytes";
import { lowS, readSeal, writeSeal } from "../../src/proof/seal";
import { zip } from "../channels/exports/zip-writer";
import { judge, kindOf, proof, seller } from "../support/proof-world";
import {
  BOOK,
  partsOf,
  replaced,
  SHEET,
  STRINGS,
  together,
  withParts,
} from "../support/workbook-parts";

const RELS = "xl/_rels/workbook.xml.rels";

async function codeOf(bytes: Uint8Array): Promise<string> {
  const verdict = await judge(bytes);
  return verdict.kind === "refused" ? verdict.refusal.code : verdict.kind;
}

describe("a file that would harm is refused", () => {
  test("bombs, told by their size or by what comes out", async () => {
    const packed = deflateRawSync(Buffer.alloc(50 * 1024 * 1024), { level: 9 });
    const parts = await partsOf(await proof());
    const bomb = (says?: { unpacked: number }) =>
      zip([
        ...[...parts].filter(([name]) => name !== SHEET).map(([name, data]) => ({ name, data })),
        { name: SHEET, packed, unpacked: 50 * 1024 * 1024, crc: 0, ...(says ? { says } : {}) },
      ]);
    expect(await codeOf(bomb())).toBe("unpacks_too_large");
    expect(await codeOf(bomb({ unpacked: 5000 }))).toBe("unpacks_too_large");
  });

  test("more bytes, cells or sheets than any proof has", async () => {
    expect(await codeOf(new Uint8Array(5 * 1024 * 1024))).toBe("too_large");
    const rows = '<row r="900">' + '<c r="A900"><v>1</v></c>'.repeat(30_000) + "</row>";
    expect(
      await codeOf(await replaced(await proof(), SHEET, "</sheetData>", `${rows}</sheetData>`)),
    ).toBe("too_many_cells");
    const sheets = '<sheet name="x" sheetId="9" r:id="rId1"/>'.repeat(30);
    expect(
      await codeOf(await replaced(await proof(), BOOK, "</sheets>", `${sheets}</sheets>`)),
    ).toBe("no_workbook");
    const deep = "<a>".repeat(1000) + "</a>".repeat(1000);
    expect(
      await codeOf(await replaced(await proof(), SHEET, "<sheetData>", `${deep}<sheetData>`)),
    ).toBe("broken_file");
  });

  test("document types and entities", async () => {
    const bad = '<!DOCTYPE a [<!ENTITY x "y">]><worksheet/>';
    for (const part of [SHEET, STRINGS, BOOK, RELS, "_rels/.rels", "xl/styles.xml"]) {
      expect(await codeOf(await withParts(await proof(), () => ({ [part]: bad })))).toBe(
        "unsafe_xml",
      );
    }
    expect(await codeOf(await replaced(await proof(), STRINGS, "Mia Lives", "&x;"))).toBe(
      "unsafe_xml",
    );
  });

  test("an encoding that another program might read otherwise", async () => {
    for (const told of ["UTF-7", "GBK", "ISO-8859-1", "utf-16"]) {
      const file = await replaced(await proof(), STRINGS, 'encoding="UTF-8"', `encoding="${told}"`);
      expect(await codeOf(file)).toBe("unsafe_xml");
    }
  });

  test("nothing, noise, pictures, old workbooks, cut archives", async () => {
    expect(await codeOf(new Uint8Array())).toBe("empty_file");
    expect(await codeOf(Buffer.from("%PDF-1.7 and so on"))).toBe("not_a_table");
    expect(await codeOf(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]))).toBe("old_excel");
    const file = await proof();
    for (const length of [4, 100, 1000, file.length - 30]) {
      expect(await kindOf(file.slice(0, length))).toBe("refused");
    }
  });

  test("any byte changed anywhere is never taken for true unless no cell is touched", async () => {
    const file = await proof();
    const before = await judge(file);
    for (let at = 7; at < file.length; at += 97) {
      const bytes = Uint8Array.from(file);
      bytes[at] = (bytes[at] ?? 0) ^ 0x11;
      const verdict = await judge(bytes);
      if (verdict.kind === "true") expect(verdict).toEqual(before);
    }
  });

  test("names that pollute are names", async () => {
    const file = await proof({ statement: { seller: "__proto__", creator: "constructor" } });
    expect(await judge(file)).toMatchObject({ kind: "true", statement: { seller: "__proto__" } });
    expect(({} as Record<string, unknown>)["fingerprint"]).toBeUndefined();
  });
});

describe("a file that shows Excel another sheet than it shows us is not true", () => {
  const evil = (parts: ReadonlyMap<string, string>) =>
    (parts.get(SHEET) ?? "").replace("<v>405</v>", "<v>9405</v>");

  test("the workbook is found where the package says, not by its name", async () => {
    const file = await withParts(await proof(), (parts) => ({
      "_rels/.rels": (parts.get("_rels/.rels") ?? "").replace("xl/workbook.xml", "xl/other.xml"),
      "xl/other.xml": parts.get(BOOK) ?? "",
      "xl/_rels/other.xml.rels": (parts.get(RELS) ?? "").replace("sheet1.xml", "evil.xml"),
      "xl/worksheets/evil.xml": evil(parts),
    }));
    expect(await kindOf(file)).toBe("changed");
  });

  test("two workbooks, two tables of texts, two parts of one id are refused", async () => {
    const doubled = async (part: string, kind: string, id: string) =>
      replaced(
        await proof(),
        part,
        "</Relationships>",
        `<Relationship Id="${id}" Type="x/${kind}" Target="y.xml"/></Relationships>`,
      );
    expect(await codeOf(await doubled("_rels/.rels", "officeDocument", "rId7"))).toBe(
      "unsafe_archive",
    );
    expect(await codeOf(await doubled(RELS, "sharedStrings", "rId7"))).toBe("unsafe_archive");
    expect(await codeOf(await doubled(RELS, "worksheet", "rId1"))).toBe("unsafe_archive");
  });

  test("two entries of one name, or a part beyond the folder, are refused", async () => {
    const parts = [...(await partsOf(await proof()))].map(([name, data]) => ({ name, data }));
    expect(await codeOf(zip([...parts, { name: SHEET, data: "<worksheet/>" }]))).toBe(
      "unsafe_archive",
    );
    expect(await codeOf(zip([...parts, { name: "../../x", data: "" }]))).toBe("unsafe_archive");
  });

  test("one address in another's attribute, and a cell that comes twice", async () => {
    const hidden = await replaced(await proof(), SHEET, /<c r="C13"/, `<c x=' r="C13"' r="C14"`);
    expect(await kindOf(hidden)).not.toBe("true");
    const twice = await replaced(
      await proof(),
      SHEET,
      /(<c r="C13"[^>]*>)<v>405<\/v><\/c>/,
      "$1<v>405</v></c>$1<v>905</v></c>",
    );
    expect(await kindOf(twice)).toBe("changed");
    const split = await replaced(await proof(), SHEET, "<v>405</v>", "<v>40</v><v>5</v>");
    expect(await codeOf(split)).toBe("broken_file");
  });

  test("a sheet of ours beside one of theirs, whichever comes first", async () => {
    const file = await withParts(await proof(), (parts) => ({
      "xl/worksheets/evil.xml": evil(parts).replace(/<row r="3\d".*?<\/row>/g, ""),
      [BOOK]: (parts.get(BOOK) ?? "").replace(
        "<sheets>",
        '<sheets><sheet name="Proof" sheetId="7" r:id="rId9"/>',
      ),
      [RELS]: (parts.get(RELS) ?? "").replace(
        "</Relationships>",
        '<Relationship Id="rId9" Type="x/worksheet" Target="worksheets/evil.xml"/></Relationships>',
      ),
    }));
    expect(await kindOf(file)).toBe("changed");
  });
});

describe("the seal has one spelling", () => {
  const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const sealText = async (file: Uint8Array) =>
    /SSP1\.[\w.-]+/.exec((await partsOf(file)).get(STRINGS) ?? "")?.[0] ?? "";

  test("the other signature that fits is not taken, and a signer's high one is turned low", async () => {
    const file = await proof();
    const text = await sealText(file);
    const seal = readSeal(text)!;
    const s = BigInt(`0x${Buffer.from(seal.signature.subarray(32)).toString("hex")}`);
    const high = Buffer.from((ORDER - s).toString(16).padStart(64, "0"), "hex");
    const other = new Uint8Array([...seal.signature.subarray(0, 32), ...high]);
    expect(lowS(other)).toEqual(seal.signature);
    const forged = writeSeal({ publicKey: seal.publicKey, signature: other });
    expect(readSeal(forged)).toBeNull();
    expect(await kindOf(await replaced(file, STRINGS, text, forged))).toBe("changed");
  });

  test("bits that base64 leaves over are 0, and nothing may follow", async () => {
    const text = await sealText(await proof());
    expect(readSeal(text)).not.toBeNull();
    const [, , signature = ""] = text.split(".");
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const spellings = [...alphabet].filter((last) => {
      const bytes = fromBase64Url(`${signature.slice(0, -1)}${last}`);
      return bytes !== null && toBase64Url(bytes) === signature;
    });
    expect(spellings).toEqual([signature.at(-1)]);
    for (const more of [
      `${text}.`,
      `${text}=`,
      `${text} `,
      ` ${text}`,
      text.replace("SSP1", "SSP2"),
      `${text}.AA`,
    ]) {
      expect(readSeal(more)).toBeNull();
    }
  });

  test("a point that is not on the curve is no key", async () => {
    const text = await sealText(await proof());
    const seal = readSeal(text)!;
    for (const publicKey of [
      new Uint8Array(65).fill(4),
      Uint8Array.from(seller.publicKey).fill(7, 40),
    ]) {
      const forged = writeSeal({ ...seal, publicKey });
      expect(await kindOf(await replaced(await proof(), STRINGS, /SSP1\.[\w.-]+/, forged))).toBe(
        "changed",
      );
    }
  });

  test("the signature of nought is not taken", async () => {
    const seal = readSeal(await sealText(await proof()))!;
    const forged = writeSeal({ ...seal, signature: new Uint8Array(64) });
    expect(await kindOf(await replaced(await proof(), STRINGS, /SSP1\.[\w.-]+/, forged))).toBe(
      "changed",
    );
  });
});

test("whole parts in another order are still the same proof", async () => {
  const parts = [...(await partsOf(await proof()))].reverse();
  expect(await kindOf(together(new Map(parts)))).toBe("true");
});
