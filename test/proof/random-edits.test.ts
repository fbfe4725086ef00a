/** "Any changed digit is caught": 1,000 edits of one cell each, by the file's own XML and by ExcelJS. */
import { expect, test } from "@jest/globals";
import ExcelJS from "exceljs";
import { mulberry32, type Prng } from "../../src/base/prng";
import { addressOf, parseAddress, type SheetCell } from "../../src/proof/cells";
import { readXlsx } from "../../src/proof/xlsx/read-xlsx";
import { judge, kindOf, proof } from "../support/proof-world";
import { partsOf, SHEET, together } from "../support/workbook-parts";

const CAUGHT = new Set(["changed", "refused", "not_a_proof"]);
const SEED = 20261123;

const pick = <T>(dice: Prng, list: readonly T[]): T => list[Math.floor(dice.next() * list.length)]!;
const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

async function cellsOf(bytes: Uint8Array): Promise<readonly SheetCell[]> {
  const read = await readXlsx(bytes);
  if (!read.ok) throw new Error(read.error.code);
  return read.value.sheets[0]!.cells;
}

function otherNumber(dice: Prng, value: string): string {
  const digits = [...value];
  const at = Math.floor(dice.next() * digits.length);
  digits[at] = String((Number(digits[at]) + 1 + Math.floor(dice.next() * 9)) % 10);
  const n = Number(value);
  return pick(dice, [
    digits.join(""),
    String(n + 1),
    String(n - 1),
    `${n}.5`,
    String(n * 10 + 1),
    `-${n + 1}`,
  ]);
}

function otherText(dice: Prng, value: string): string {
  const characters = [...value];
  const at = Math.floor(dice.next() * characters.length);
  const edit = pick(dice, ["replace", "drop", "insert", "case", "append"]);
  const one = pick(dice, [..."0123456789AZaz-_ .:件\u0430"]);
  if (edit === "replace") characters[at] = one;
  else if (edit === "drop") characters.splice(at, 1);
  else if (edit === "insert") characters.splice(at, 0, one);
  else if (edit === "case") characters[at] = characters[at]!.toUpperCase();
  else characters.push(one);
  return characters.join("");
}

/** The cell as XML after one edit of it; null = it was dropped. */
function edited(dice: Prng, cell: SheetCell): string | null {
  const r = addressOf(cell);
  const text = (value: string) =>
    `<c r="${r}" t="inlineStr"><is><t xml:space="preserve">${escape(value)}</t></is></c>`;
  const number = (value: string) => `<c r="${r}"><v>${value}</v></c>`;
  const how = dice.next();
  if (how < 0.05) return null;
  if (how < 0.1) return text("");
  if (how < 0.15) return `<c r="${r}" t="str"><f>"a"&amp;"b"</f><v>${escape(cell.value)}</v></c>`;
  if (how < 0.2) return cell.type === "n" ? text(cell.value) : number(String(cell.value.length));
  if (how < 0.23) return `<c r="${r}" t="b"><v>1</v></c>`;
  if (how < 0.26) return `<c r="${r}" t="e"><v>#N/A</v></c>`;
  return cell.type === "n"
    ? number(otherNumber(dice, cell.value))
    : text(otherText(dice, cell.value));
}

/** Puts one cell's XML in its row, in the place of what stood there. */
function withCell(sheet: string, address: string, xml: string | null): string {
  const { row } = parseAddress(address)!;
  const rest = sheet.replace(new RegExp(`<c r="${address}"[^>]*?(/>|>.*?</c>)`), "");
  if (xml === null) return rest;
  const found = new RegExp(`<row r="${row}"[^>]*?(/)?>`).exec(rest);
  if (found === null)
    return rest.replace("</sheetData>", `<row r="${row}">${xml}</row></sheetData>`);
  const open = found[1] === undefined ? found[0] : found[0].replace("/>", ">");
  const close = found[1] === undefined ? "" : "</row>";
  return rest.replace(found[0], `${open}${xml}${close}`);
}

test("900 random edits of one cell in the file itself are all caught", async () => {
  const dice = mulberry32(SEED);
  const file = await proof({ locale: "en" });
  const cells = await cellsOf(file);
  const parts = await partsOf(file);
  const sheet = parts.get(SHEET)!;
  const missed: string[] = [];
  let made = 0;
  while (made < 900) {
    const isNew = dice.next() < 0.08;
    const cell = pick(dice, cells);
    const address = isNew
      ? `${pick(dice, [..."BCDHIZ"])}${1 + Math.floor(dice.next() * 60)}`
      : addressOf(cell);
    if (isNew && cells.some((one) => addressOf(one) === address)) continue;
    const xml = isNew
      ? `<c r="${address}"><v>${Math.floor(dice.next() * 1000)}</v></c>`
      : edited(dice, cell);
    const changed = together(new Map(parts).set(SHEET, withCell(sheet, address, xml)));
    const after = await readXlsx(changed);
    const same = (list: readonly SheetCell[]) =>
      JSON.stringify([...list].map((c) => [addressOf(c), c.type, c.value]).sort());
    // Dice may choose what stood there already: that is no edit.
    if (
      after.ok &&
      after.value.oddities.length === 0 &&
      same(after.value.sheets[0]!.cells) === same(cells)
    )
      continue;
    made += 1;
    const kind = await kindOf(changed);
    if (!CAUGHT.has(kind)) missed.push(`${address} ${xml ?? "dropped"}: ${kind}`);
  }
  expect(missed).toEqual([]);
}, 120_000);

test("100 random edits made and saved by another program are all caught, and saving alone is not an edit", async () => {
  const dice = mulberry32(SEED + 1);
  const file = await proof({ locale: "zh-CN" });
  const cells = await cellsOf(file);
  const missed: string[] = [];
  for (let n = 0; n < 100; n += 1) {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(Buffer.from(file) as never);
    const sheet = book.worksheets[0]!;
    const cell = pick(dice, cells);
    const target = sheet.getCell(addressOf(cell));
    const before = target.value;
    target.value =
      cell.type === "n" ? Number(otherNumber(dice, cell.value)) : otherText(dice, cell.value);
    if (target.value === before) continue;
    const saved = new Uint8Array(await book.xlsx.writeBuffer());
    const kind = await kindOf(saved);
    if (!CAUGHT.has(kind))
      missed.push(`${addressOf(cell)} ${JSON.stringify(target.value)}: ${kind}`);
  }
  expect(missed).toEqual([]);
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Buffer.from(file) as never);
  const saved = new Uint8Array(await book.xlsx.writeBuffer());
  expect(await judge(saved)).toMatchObject({ kind: "true" });
}, 120_000);
