/** The shop's own time: from what a clock on its wall shows to milliseconds since the epoch. */
import type { LocalTime } from "./dates";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

export class ShopZone {
  readonly #format: Intl.DateTimeFormat;
  /** Minutes ahead of UTC by hour: asking takes long, and an export has few hours. */
  readonly #offsets = new Map<number, number>();

  private constructor(format: Intl.DateTimeFormat) {
    this.#format = format;
  }

  /** Null: there is no zone of that name. Names as in the IANA database: "America/New_York". */
  static named(zone: string): ShopZone | null {
    try {
      return new ShopZone(
        new Intl.DateTimeFormat("en-US", {
          ...{ timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric" },
          ...{ day: "numeric", hour: "numeric", minute: "numeric" },
        }),
      );
    } catch {
      return null;
    }
  }

  #offsetAt(utc: number): number {
    const hour = Math.floor(utc / HOUR_MS);
    const known = this.#offsets.get(hour);
    if (known !== undefined) return known;
    const parts = new Map(
      this.#format.formatToParts(hour * HOUR_MS).map(({ type, value }) => [type, Number(value)]),
    );
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    const wall = Date.UTC(
      ...([part("year"), part("month") - 1, part("day"), part("hour"), part("minute")] as const),
    );
    const offset = (wall - hour * HOUR_MS) / MINUTE_MS;
    this.#offsets.set(hour, offset);
    return offset;
  }

  /** An hour that comes twice, or not at all, when the clocks change may be taken for its neighbour. */
  toEpoch({ wall, offset }: LocalTime): number {
    if (offset !== null) return wall - offset * MINUTE_MS;
    const guess = wall - this.#offsetAt(wall) * MINUTE_MS;
    return wall - this.#offsetAt(guess) * MINUTE_MS;
  }
}
