/**
 * Screens whose code comes after the first paint: when they are asked for, or before that once the
 * pane has nothing else to do, so that nobody waits for them and they are there without a companion.
 */
import { lazy, type ComponentType } from "react";

const loads: (() => Promise<unknown>)[] = [];

function later<P extends object>(load: () => Promise<ComponentType<P>>) {
  let known: { readonly default: ComponentType<P> } | null = null;
  const fetched = async () => (known ??= { default: await load() });
  loads.push(fetched);
  return lazy(() => {
    const screen = known;
    if (screen === null) return fetched();
    // There already: shown in the same breath, without a spinner in between.
    return {
      then: (show: (screen: { default: ComponentType<P> }) => void) => show(screen),
    } as Promise<typeof screen>;
  });
}

export const PlanScreen = later(async () => (await import("./plan/PlanScreen")).PlanScreen);
export const StockScreen = later(async () => (await import("./stock/StockScreen")).StockScreen);
export const MoreScreen = later(async () => (await import("./more/MoreScreen")).MoreScreen);
export const ChannelsScreen = later(
  async () => (await import("./channels/ChannelsScreen")).ChannelsScreen,
);
export const ImportScreen = later(async () => (await import("./import/ImportScreen")).ImportScreen);
export const RunningScreen = later(
  async () => (await import("./running/RunningScreen")).RunningScreen,
);
export const EndedScreen = later(async () => (await import("./ended/EndedScreen")).EndedScreen);

/** One after the other; one that does not come is asked for again when it is needed. */
export async function fetchScreens(): Promise<void> {
  for (const load of loads) await load().catch(() => null);
}
