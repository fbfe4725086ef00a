/**
 * Text that a spreadsheet would take for a formula (limits.md 10, Security 8): =, +, -, @, a tab or
 * a line break at its beginning, in their full-width forms too, behind blanks too. Written to a file
 * it gets an apostrophe in front, and read again loses it. Numbers are not text: -5 stays -5.
 *
 * Text that begins with apostrophes of its own before such a character gets one more, so that
 * nothing is lost on the way there and back.
 */

// The full-width =, +, - and @, and the minus sign, which Excel takes for a hyphen.
const risky = /^'*(?:[\s\u00a0\u200b-\u200d\ufeff]*[=+\-@\u2212\uff1d\uff0b\uff0d\uff20]|[\t\r\n])/;

export function guardText(text: string): string {
  return risky.test(text) ? `'${text}` : text;
}

export function stripGuard(text: string): string {
  return text.startsWith("'") && risky.test(text) ? text.slice(1) : text;
}
