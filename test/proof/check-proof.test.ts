import { describe, expect, test } from "@jest/globals";
import type { Verdict } from "../../src/proof/check-proof";
import { fingerprintOf } from "../../src/proof/seal";
import {
  asOf,
  crypto,
  judge,
  kindOf,
  newSigner,
  proof,
  seller,
  validUntil,
} from "../support/proof-world";
import { BOOK, replaced, SHEET, STRINGS, STYLES, withParts } from "../support/workbook-parts";

const differencesOf = (verdict: Verdict) =>
  verdict.kind === "changed"
    ? verdict.differences.map(({ kind, where }) => `${kind} ${where}`)
    : [];

describe("a proof as it was sealed", () => {
  test.each(["en", "zh-CN"] as const)(
    "is true, and says what was stated, in %s",
    async (locale) => {
      const verdict = await judge(await proof({ locale }));
      expect(verdict).toMatchObject({
        kind: "true",
        fingerprint: await fingerprintOf(crypto, seller.publicKey),
        statement: {
          seller: "Moonlight Home",
          creator: "Mia Lives",
          asOf,
          validUntil,
          seq: 1234,
          book: "live",
          head: "3f9a".repeat(16),
          lines: [
            { sku: "LAMP-01", onHand: 700, reserved: 405, available: 560, requirement: 600 },
            { sku: "杯子-红 🍵", expected: null, available: 700 },
          ],
        },
      });
    },
  );

  test("is true to the last second and expired after it", async () => {
    const file = await proof();
    expect(await kindOf(file, { now: validUntil })).toBe("true");
    expect(await kindOf(file, { now: validUntil + 1 })).toBe("expired");
  });

  test("of tomorrow is not yet valid, but clocks may differ by some minutes", async () => {
    const file = await proof();
    expect(await kindOf(file, { now: asOf - 9 * 60_000 })).toBe("true");
    expect(await kindOf(file, { now: asOf - 11 * 60_000 })).toBe("early");
  });

  test("under another key than the seller is known by says so, even when it has expired", async () => {
    const file = await proof({ signer: newSigner() });
    const known = [await fingerprintOf(crypto, seller.publicKey)];
    expect(await kindOf(file, { known })).toBe("other_key");
    expect(await kindOf(file, { known, now: validUntil + 1 })).toBe("other_key");
    expect(await kindOf(await proof(), { known })).toBe("true");
  });

  test("of a rehearsal never reads as true", async () => {
    expect(await kindOf(await proof({ statement: { book: "rehearsal-r1" } }))).toBe("rehearsal");
  });

  test("takes 200 SKUs, and SKUs that look like formulas, markup or escapes", async () => {
    const odd = ["=1+1", "<b>&amp;", "_x0041_", "__proto__", "A\tB", '"', "a,b", "٣", "'x"];
    const line = { onHand: 9, reserved: 1, available: 2, expected: 3, requirement: 4 };
    const lines = Array.from({ length: 200 }, (_, n) => ({ ...line, sku: odd[n] ?? `S-${n}` }));
    const file = await proof({
      statement: { lines: lines.map((one) => ({ ...one, sku: one.sku.replace("\t", " ") })) },
    });
    const verdict = await judge(file);
    expect(verdict.kind).toBe("true");
    expect("statement" in verdict && verdict.statement.lines.length).toBe(200);
    expect("statement" in verdict && verdict.statement.lines[2]?.sku).toBe("_x0041_");
  });
});

describe("what was changed is told, with its place", () => {
  test("a digit", async () => {
    const verdict = await judge(await replaced(await proof(), SHEET, "<v>405</v>", "<v>905</v>"));
    expect(differencesOf(verdict)).toEqual(["changed C13"]);
    expect(verdict).toMatchObject({ differences: [{ now: "905" }] });
  });

  test("a number that became a text of the same digits", async () => {
    const file = await replaced(
      await proof(),
      SHEET,
      /<c r="B13" s="(\d+)"><v>700<\/v>/,
      '<c r="B13" s="$1" t="str"><v>700</v>',
    );
    expect(differencesOf(await judge(file))).toEqual(["changed B13"]);
  });

  test("a word, a time, the fingerprint, the hash of the book", async () => {
    for (const [from, to, where] of [
      ["Mia Lives", "Mia Lived", "B5"],
      ["2026-11-24 14:03:12", "2027-11-24 14:03:12", "B8"],
      ["live #1234", "live #1235", "B10"],
      ["3f9a3f9a", "3f9b3f9a", "B10"],
    ] as const) {
      const file = await replaced(await proof(), STRINGS, from, to);
      expect(differencesOf(await judge(file))).toEqual([`changed ${where}`]);
    }
  });

  test("an added cell and an emptied one", async () => {
    const added = await replaced(
      await proof(),
      SHEET,
      "</sheetData>",
      '<row r="99"><c r="J99"><v>5</v></c></row></sheetData>',
    );
    expect(differencesOf(await judge(added))).toEqual(["added J99"]);
    const emptied = await replaced(await proof(), SHEET, /<c r="D13"[^>]*><v>560<\/v><\/c>/, "");
    expect(differencesOf(await judge(emptied))).toEqual(["missing D13"]);
  });

  test("a formula, even one with the same result", async () => {
    const file = await replaced(await proof(), SHEET, "<v>405</v>", "<f>400+5</f><v>405</v>");
    expect(differencesOf(await judge(file))).toEqual(["formula C13"]);
  });

  test("another sheet, shown or hidden, and another name of its own", async () => {
    for (const state of ["", ' state="hidden"', ' state="veryHidden"']) {
      const file = await withParts(await proof(), (parts) => ({
        "xl/worksheets/sheet2.xml": "<worksheet><sheetData/></worksheet>",
        [BOOK]: (parts.get(BOOK) ?? "").replace(
          "</sheets>",
          `<sheet name="More" sheetId="2"${state} r:id="rId9"/></sheets>`,
        ),
        "xl/_rels/workbook.xml.rels": (parts.get("xl/_rels/workbook.xml.rels") ?? "").replace(
          "</Relationships>",
          '<Relationship Id="rId9" Type="x/worksheet" Target="worksheets/sheet2.xml"/></Relationships>',
        ),
      }));
      expect(differencesOf(await judge(file))).toContain("sheet More");
    }
    expect(await kindOf(await replaced(await proof(), BOOK, "Stock proof", "Stock"))).toBe(
      "changed",
    );
  });

  test("the proof's own sheet hidden, a row, a column, a cell under a merged one, noughts", async () => {
    const edits: [string, string, string | RegExp, string, string][] = [
      ["sheet", BOOK, 'sheetId="1"', 'sheetId="1" state="hidden"', "hidden Stock proof"],
      ["row", SHEET, '<row r="13"', '<row r="13" hidden="1"', "hidden 13"],
      ["flat row", SHEET, /<row r="13" ht="[\d.]+"/, '<row r="13" ht="0"', "hidden 13"],
      ["column", SHEET, '<col min="7" max="7"', '<col hidden="1" min="7" max="7"', "hidden G"],
      ["merge", SHEET, "</mergeCells>", '<mergeCell ref="A13:C13"/></mergeCells>', "hidden B13"],
      ["noughts", SHEET, "<sheetView ", '<sheetView showZeros="0" ', "hidden 0"],
    ];
    for (const [, part, from, to, where] of edits) {
      expect(differencesOf(await judge(await replaced(await proof(), part, from, to)))).toContain(
        where,
      );
    }
  });

  test("a format that shows another number than the cell holds", async () => {
    const file = await replaced(
      await replaced(
        await proof(),
        STYLES,
        "<fonts",
        '<numFmts count="1"><numFmt numFmtId="170" formatCode="&quot;9&quot;0"/></numFmts><fonts',
      ),
      STYLES,
      /numFmtId="3"/,
      'numFmtId="170"',
    );
    expect(differencesOf(await judge(file))).toContain("disguised B13");
  });

  test.each(["conditionalFormatting", "hyperlinks", "picture", "oleObjects", "dataValidations"])(
    "%s, which could show or hide something",
    async (name) => {
      const file = await replaced(await proof(), SHEET, "<pageMargins", `<${name}/><pageMargins`);
      expect(differencesOf(await judge(file))).toContain(`extra ${name}`);
    },
  );

  test("a picture over the cells, or a macro", async () => {
    const picture = "<wsDr><twoCellAnchor/></wsDr>";
    for (const [name, text] of [
      ["xl/drawings/drawing1.xml", picture],
      ["xl/vbaProject.bin", "x"],
      ["xl/media/a.png", "x"],
    ] as const) {
      const file = await withParts(await proof(), () => ({ [name]: text }));
      expect(differencesOf(await judge(file))).toContain(`extra ${name}`);
    }
    const empty = await withParts(await proof(), () => ({ "xl/drawings/drawing1.xml": "<wsDr/>" }));
    expect(await kindOf(empty)).toBe("true");
  });

  test("the seal cut off, doubled or taken from another proof", async () => {
    const one = await proof();
    const other = await proof({ statement: { seq: 1235 } });
    const sealOf = async (file: Uint8Array) =>
      /SSP1\.[\w.-]+/.exec((await withStrings(file)) ?? "")?.[0] ?? "";
    expect(await kindOf(await replaced(one, STRINGS, /SSP1\.[\w.-]+/, await sealOf(other)))).toBe(
      "changed",
    );
    expect(
      differencesOf(await judge(await replaced(one, STRINGS, /(SSP1\.[\w-]{20})[\w.-]+/, "$1"))),
    ).toEqual(["seal A34"]);
    const gone = await replaced(one, STRINGS, /SSP1\.[\w.-]+/, "x");
    expect(await kindOf(gone)).toBe("changed");
  });
});

async function withStrings(file: Uint8Array): Promise<string | undefined> {
  let text: string | undefined;
  await withParts(file, (parts) => {
    text = parts.get(STRINGS);
    return {};
  });
  return text;
}

test("a workbook without a seal is no proof", async () => {
  const file = await replaced(
    await replaced(await proof(), STRINGS, /SSP1\.[\w.-]+/, "x"),
    STRINGS,
    /SSM1\.[^<]+/,
    "y",
  );
  expect(await kindOf(file)).toBe("not_a_proof");
});
