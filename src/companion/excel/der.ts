/** The handful of ASN.1 forms (X.690, DER) that a certificate is made of. Each function returns bytes. */

function node(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest >>>= 8) bytes.unshift(rest & 0xff);
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}

export const sequence = (...parts: readonly Buffer[]): Buffer => node(0x30, ...parts);
export const set = (...parts: readonly Buffer[]): Buffer => node(0x31, ...parts);
export const octets = (bytes: Buffer): Buffer => node(0x04, bytes);
export const utf8 = (text: string): Buffer => node(0x0c, Buffer.from(text, "utf8"));
export const yes = (): Buffer => node(0x01, Buffer.from([0xff]));

/** A positive whole number, most significant byte first. */
export function integer(bytes: Buffer): Buffer {
  const negative = ((bytes[0] ?? 0) & 0x80) !== 0;
  return node(0x02, negative ? Buffer.from([0]) : Buffer.alloc(0), bytes);
}

/** `unused`: bits at the end that do not count. */
export function bits(bytes: Buffer, unused = 0): Buffer {
  return node(0x03, Buffer.from([unused]), bytes);
}

/** "1.2.840.10045.4.3.2" */
export function objectId(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split(".").map(Number);
  const bytes = [first * 40 + second];
  for (const part of rest) {
    const sevens = [part & 0x7f];
    for (let left = part >>> 7; left > 0; left >>>= 7) sevens.unshift((left & 0x7f) | 0x80);
    bytes.push(...sevens);
  }
  return node(0x06, Buffer.from(bytes));
}

/** Two digits of the year up to 2049, four from 2050 on (RFC 5280, 4.1.2.5). */
export function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]/g, "").slice(0, 14);
  const late = date.getUTCFullYear() >= 2050;
  return node(late ? 0x18 : 0x17, Buffer.from(`${late ? digits : digits.slice(2)}Z`, "ascii"));
}

/** `[number]` around whole parts; `implicit` where it takes the place of a primitive form's tag. */
export const tagged = (number: number, ...parts: readonly Buffer[]): Buffer =>
  node(0xa0 | number, ...parts);
export const implicit = (number: number, bytes: Buffer): Buffer => node(0x80 | number, bytes);
