/** A book as cells see it, for tests. */
import { bookView, SkuIndex, type BookView } from "../../src/runtime/book-view";
import type { LocaleId } from "../../src/locale/formats";
import type { EngineState } from "../../src/worker/api";
import { NOON_ISH } from "./engine-state";

export function viewOf(
  state: EngineState | null,
  over: {
    readonly now?: number;
    readonly openedAt?: number | null;
    readonly locale?: LocaleId;
    readonly remembered?: number | null;
  } = {},
): BookView {
  return bookView({
    state,
    locale: over.locale ?? "en",
    now: over.now ?? NOON_ISH,
    openedAt: over.openedAt === undefined ? NOON_ISH - 3_600_000 : over.openedAt,
    index: new SkuIndex(state?.skus ?? []),
    memory: { lastRead: () => over.remembered ?? null },
  });
}
