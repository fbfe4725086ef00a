/** A stream minute by minute as a table that Excel opens: sold, left, and what happened. Pure. */
import type { Timeline } from "../../stock/timeline";

/** Text that would be taken for a formula is kept a text. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

export function timelineCsv(
  timeline: Timeline,
  sold: readonly number[],
  columns: readonly string[],
  sentenceOf: (event: Timeline["events"][number]) => string,
): string {
  const rows = timeline.stock.map((left, minute) => {
    const said = timeline.events.filter((event) => event.minute === minute).map(sentenceOf);
    const total = minute === 0 ? 0 : (sold[Math.min(minute, sold.length) - 1] ?? 0);
    return [String(minute), String(total), String(left), cell(said.join("; "))].join(",");
  });
  // The mark in front tells Excel that it is UTF-8.
  return `\u{FEFF}${[columns.map(cell).join(","), ...rows].join("\r\n")}\r\n`;
}
