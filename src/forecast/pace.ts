/**
 * When a stream sells: G(u), the share of a stream's sales made by the share u of its time. Without
 * past streams it is taken as even; each past stream counts as much as that assumption does
 * (forecast.md 2.4).
 */

/** Cumulative units at equal steps of time, from the first step's end to the stream's end. */
export type CumulativeCurve = readonly number[];

export interface Pace {
  /** Share of the sales made by the share `time` of the stream; both in 0..1. */
  shareAt(time: number): number;
  /** The inverse: when the share `share` of the sales is usually made. */
  timeAt(share: number): number;
}

function along(curve: CumulativeCurve, time: number): number {
  const total = curve.at(-1) ?? 0;
  const position = time * curve.length;
  const before = Math.min(Math.floor(position), curve.length - 1);
  const from = before === 0 ? 0 : (curve[before - 1] ?? 0);
  const to = curve[before] ?? total;
  return (from + (to - from) * (position - before)) / total;
}

function isCurve(curve: CumulativeCurve): boolean {
  return (
    (curve.at(-1) ?? 0) > 0 &&
    curve.every(
      (units, i) => Number.isFinite(units) && units >= (i === 0 ? 0 : (curve[i - 1] ?? 0)),
    )
  );
}

/** Curves that sold nothing, fall or hold no number are left out. */
export function learnPace(past: readonly CumulativeCurve[]): Pace {
  const curves = past.filter(isCurve);
  const shareAt = (time: number): number => {
    const u = Math.min(1, Math.max(0, time));
    return curves.reduce((sum, curve) => sum + along(curve, u), u) / (curves.length + 1);
  };
  return {
    shareAt,
    timeAt(share) {
      if (share <= 0) return 0;
      if (share >= 1) return 1;
      let low = 0;
      let high = 1;
      for (;;) {
        const middle = (low + high) / 2;
        if (middle <= low || middle >= high) return middle;
        if (shareAt(middle) < share) low = middle;
        else high = middle;
      }
    },
  };
}

export const evenPace: Pace = learnPace([]);
