/** The open book as cells look at it: a row by its SKU, and how old it is. */
import type { ChannelId, Sku } from "../base/ids";
import type { LocaleId } from "../locale/formats";
import { SAFE_AGE_MS } from "../stock/sellable";
import type { EngineState, SkuState } from "../worker/api";
import type { ReadMemory } from "./read-memory";

/** One name however it is written: width, case, blanks and dashes aside. */
function loosely(sku: string): string {
  return sku
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s_\-‐-―]+/gu, "");
}

/** The rows of one state. Made anew only when they are others. */
export class SkuIndex {
  readonly rows: ReadonlyMap<string, SkuState>;
  #loose: Map<string, Sku> | null = null;

  constructor(skus: readonly SkuState[]) {
    this.rows = new Map(skus.map((row) => [row.sku, row]));
  }

  /** A SKU that a person may have meant; null = none comes near. */
  near(sku: string): Sku | null {
    this.#loose ??= new Map([...this.rows.values()].map((row) => [loosely(row.sku), row.sku]));
    return this.#loose.get(loosely(sku)) ?? null;
  }
}

export interface BookView {
  readonly state: EngineState | null;
  readonly locale: LocaleId;
  readonly now: number;
  /** Opened so lately that its channels may not have been read yet. */
  readonly isOpening: boolean;
  readonly index: SkuIndex;
  /**
   * When the oldest channel that lists the row was read, a reading before the page's last reload
   * included; null = one was not, that anybody knew. What is listed nowhere cannot be sold: it is as
   * fresh as now.
   */
  readAt(row: SkuState): number | null;
}

export interface ViewParts {
  readonly state: EngineState | null;
  readonly locale: LocaleId;
  readonly now: number;
  /** When this book was first seen open; null = it is not. */
  readonly openedAt: number | null;
  readonly index: SkuIndex;
  readonly memory: Pick<ReadMemory, "lastRead">;
}

export function bookView(parts: ViewParts): BookView {
  const { state, now, openedAt, memory } = parts;
  const times = new Map<string, number | null>();
  for (const { channel, lastOkAt } of state?.channels ?? []) {
    times.set(channel, lastOkAt ?? memory.lastRead(state?.book ?? "", channel));
  }
  return {
    state,
    locale: parts.locale,
    now,
    isOpening: openedAt !== null && now - openedAt <= SAFE_AGE_MS,
    index: parts.index,
    readAt(row) {
      const channels = Object.keys(row.listed) as ChannelId[];
      if (row.asOf !== null || channels.length === 0) return row.asOf ?? now;
      let oldest = now;
      for (const channel of channels) {
        const at = times.get(channel) ?? null;
        if (at === null) return null;
        oldest = Math.min(oldest, at);
      }
      return oldest;
    },
  };
}
