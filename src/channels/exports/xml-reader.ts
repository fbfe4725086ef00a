/**
 * Reads XML as it arrives, as far as a workbook needs it (ECMA-376 uses no document types): elements,
 * attributes, text, CDATA. A document type is refused, so there are no entities but the five of XML
 * and numbered characters, and nothing expands.
 */

export interface XmlHandler {
  /** `tag` is what stands between the angle brackets: `attributesOf` reads it. */
  open(name: string, tag: string): void;
  close(name: string): void;
  /** One text may come in several pieces. */
  text(text: string): void;
}

export type XmlFault = "unsafe_xml" | "broken_file";

const DEPTH_MAX = 64;
/** Characters of one tag; a workbook's are some hundred. */
const TAG_MAX = 1_000_000;

const entities = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["quot", '"'],
  ["apos", "'"],
]);

function character(name: string): string | null {
  if (!name.startsWith("#")) return entities.get(name) ?? null;
  const isHex = name[1] === "x";
  const digits = name.slice(isHex ? 2 : 1);
  if (!(isHex ? /^[0-9a-f]{1,6}$/i : /^\d{1,7}$/).test(digits)) return null;
  const code = Number.parseInt(digits, isHex ? 16 : 10);
  return code <= 0x10ffff ? String.fromCodePoint(code) : null;
}

/** Null: an entity that XML does not know. */
export function unescapeXml(text: string): string | null {
  if (!text.includes("&")) return text;
  const unknown: string[] = [];
  const plain = text.replace(/&([^;&]{0,12});?/g, (whole, name: string) => {
    const found = whole.endsWith(";") ? character(name) : null;
    if (found === null) unknown.push(name);
    return found ?? "";
  });
  return unknown.length === 0 ? plain : null;
}

/** Attributes of a tag by their names as written, with values unescaped; unreadable ones are left out. */
export function attributesOf(tag: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name = "", double, single] of tag.matchAll(
    /([^\s=/"'<>]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g,
  )) {
    const value = unescapeXml(double ?? single ?? "");
    if (value !== null) found.set(name, value);
  }
  return found;
}

/**
 * One attribute that is written without a prefix and needs no unescaping, such as a reference or a
 * number: the quick way, for the tags of which a workbook has a million. Null: it is not there.
 */
export function attributeOf(tag: string, name: string): string | null {
  for (let at = tag.indexOf(name, 1); at > 0; at = tag.indexOf(name, at + 1)) {
    const equals = at + name.length;
    const quote = tag.charCodeAt(equals + 1);
    if (tag.charCodeAt(at - 1) > 32 || tag.charCodeAt(equals) !== 61) continue;
    if (quote !== 34 && quote !== 39) continue;
    const end = tag.indexOf(quote === 34 ? '"' : "'", equals + 2);
    return end < 0 ? null : tag.slice(equals + 2, end);
  }
  return null;
}

/** The name with its prefix. */
function nameOf(tag: string): string {
  let end = 0;
  for (; end < tag.length; end += 1) {
    const code = tag.charCodeAt(end);
    if (code <= 32 || code === 47) break;
  }
  return tag.slice(0, end);
}

function withoutPrefix(name: string): string {
  const colon = name.indexOf(":");
  return colon < 0 ? name : name.slice(colon + 1);
}

export class XmlReader {
  readonly #handler: XmlHandler;
  readonly #open: string[] = [];
  #rest = "";
  #sawRoot = false;

  constructor(handler: XmlHandler) {
    this.#handler = handler;
  }

  /** Not null: the document is not read any further. */
  push(more: string): XmlFault | null {
    const text = this.#rest === "" ? more : this.#rest + more;
    let at = 0;
    while (at < text.length) {
      const next = text.charCodeAt(at) === 60 ? this.#markup(text, at) : this.#plain(text, at);
      if (typeof next === "string") return next;
      if (next === at) break;
      at = next;
    }
    this.#rest = text.slice(at);
    return this.#rest.length > TAG_MAX ? "broken_file" : null;
  }

  /** Not null: the document was cut short. */
  end(): XmlFault | null {
    const isWhole = this.#sawRoot && this.#open.length === 0 && this.#rest.trim() === "";
    return isWhole ? null : "broken_file";
  }

  /** Text up to the next tag; an entity that is cut in two waits for its other half. */
  #plain(text: string, at: number): number | XmlFault {
    let end = text.indexOf("<", at);
    if (end < 0) {
      const cut = text.lastIndexOf("&");
      end = cut >= at && !text.includes(";", cut) && text.length - cut < 16 ? cut : text.length;
    }
    if (this.#open.length === 0) {
      return /^[\s\ufeff]*$/.test(text.slice(at, end)) ? end : "broken_file";
    }
    const plain = unescapeXml(text.slice(at, end));
    if (plain === null) return "unsafe_xml";
    if (plain !== "") this.#handler.text(plain);
    return end;
  }

  /** Where the markup that begins at `at` is over; `at` itself: it is not all there yet. */
  #markup(text: string, at: number): number | XmlFault {
    const mark = text.charCodeAt(at + 1);
    if (mark === 33) return this.#declaration(text, at);
    if (mark === 63) {
      const end = text.indexOf("?>", at);
      return end < 0 ? at : end + 2;
    }
    const end = endOfTag(text, at);
    if (end < 0) return at;
    const isSound = mark === 47 ? this.#closed(text, at, end) : this.#opened(text, at, end);
    return isSound ? end + 1 : "broken_file";
  }

  #declaration(text: string, at: number): number | XmlFault {
    if (text.startsWith("<!--", at)) {
      const end = text.indexOf("-->", at + 4);
      return end < 0 ? at : end + 3;
    }
    if (text.startsWith("<![CDATA[", at)) {
      const end = text.indexOf("]]>", at);
      if (end < 0) return at;
      if (this.#open.length === 0) return "broken_file";
      this.#handler.text(text.slice(at + 9, end));
      return end + 3;
    }
    const start = text.slice(at, at + 9);
    return "<![CDATA[".startsWith(start) || "<!--".startsWith(start) ? at : "unsafe_xml";
  }

  #opened(text: string, at: number, end: number): boolean {
    const isEmpty = text.charCodeAt(end - 1) === 47;
    const tag = text.slice(at + 1, isEmpty ? end - 1 : end);
    const name = nameOf(tag);
    if (name === "" || this.#open.length >= DEPTH_MAX) return false;
    if (this.#open.length === 0 && this.#sawRoot) return false;
    this.#sawRoot = true;
    const local = withoutPrefix(name);
    this.#handler.open(local, tag);
    if (isEmpty) this.#handler.close(local);
    else this.#open.push(name);
    return true;
  }

  #closed(text: string, at: number, end: number): boolean {
    const name = this.#open.pop();
    if (name === undefined || !text.startsWith(name, at + 2)) return false;
    const after = at + 2 + name.length;
    if (after !== end && text.slice(after, end).trim() !== "") return false;
    this.#handler.close(withoutPrefix(name));
    return true;
  }
}

/** An attribute may hold a ">". */
function endOfTag(text: string, at: number): number {
  let end = text.indexOf(">", at);
  let quote = 0;
  for (let place = at; end >= 0; place += 1) {
    if (place === end) {
      if (quote === 0) return end;
      end = text.indexOf(">", end + 1);
      continue;
    }
    const code = text.charCodeAt(place);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === 34 || code === 39) {
      quote = code;
    }
  }
  return -1;
}
