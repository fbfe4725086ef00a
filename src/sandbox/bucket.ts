/** A leaky bucket: holds up to `size`, fills by `perSecond`, refuses what is not in it. */
export interface Bucket {
  /** What is in it right now; whole points. */
  level(now: number): number;
  /** Takes, or takes nothing and says no. */
  take(points: number, now: number): boolean;
  /** Gives back what was taken too much. */
  giveBack(points: number): void;
}

export function bucket(size: number, perSecond: number): Bucket {
  let level = size;
  let asOf = -Infinity;
  const fill = (now: number) => {
    if (asOf !== -Infinity)
      level = Math.min(size, level + (Math.max(0, now - asOf) / 1000) * perSecond);
    asOf = now;
  };
  return {
    level(now) {
      fill(now);
      return Math.floor(level);
    },
    take(points, now) {
      fill(now);
      if (level < points) return false;
      level -= points;
      return true;
    },
    giveBack(points) {
      level = Math.min(size, level + points);
    },
  };
}
