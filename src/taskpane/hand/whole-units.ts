/** A whole number of units as a person types it; null = it is none. */
export function wholeUnits(text: string, least: number): number | null {
  const trimmed = text.trim();
  if (!/^\d{1,7}$/.test(trimmed)) return null;
  const units = Number(trimmed);
  return units >= least ? units : null;
}
