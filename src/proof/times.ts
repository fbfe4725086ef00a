/**
 * Moments as a proof writes them: "2026-11-23 14:03:12 UTC+08:00". A text and no date cell, since a
 * date cell has no zone and every program shows it in its own way. To the second.
 */
const MINUTE_MS = 60_000;

const two = (n: number) => String(n).padStart(2, "0");

/** `zoneMinutes`: how far the writer's clock is ahead of UTC. */
export function writeTime(at: number, zoneMinutes: number): string {
  const local = new Date(at + zoneMinutes * MINUTE_MS).toISOString();
  const away = Math.abs(zoneMinutes);
  const zone = `${zoneMinutes < 0 ? "-" : "+"}${two(Math.floor(away / 60))}:${two(away % 60)}`;
  return `${local.slice(0, 10)} ${local.slice(11, 19)} UTC${zone}`;
}

/** Milliseconds since 1970, or null for any other spelling. */
export function readTime(text: string): number | null {
  const found = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC([+-]\d\d:\d\d)$/.exec(text);
  if (found === null) return null;
  const at = Date.parse(`${found[1] ?? ""}T${found[2] ?? ""}${found[3] ?? ""}`);
  return Number.isNaN(at) ? null : at;
}
